using System.Text.Json.Nodes;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>A channel or thread of a server.</summary>
/// <param name="Type">0 text, 5 announcements, 10 to 12 threads, 15 forum, 16 media (docs.discord.com/developers/resources/channel, “Channel Types”).</param>
/// <param name="Parent">The channel that a thread belongs to.</param>
public sealed record GuildChannel(string Id, string Name, int Type, string? Parent, IReadOnlyList<Overwrite> Overwrites)
{
    /// <summary>Whether every post in it begins a thread with a title.</summary>
    public bool IsForum => Type is 15 or 16;

    public bool IsThread => Type is >= 10 and <= 12;

    /// <summary>Whether the bot may be told to post there.</summary>
    public bool TakesPosts => Type is 0 or 5 || IsForum;

    public static GuildChannel Of(JsonObject from) => new(
        from.Text("id"), from.Text("name"), from["type"]?.GetValue<int>() ?? 0, from.TextOrNull("parent_id"), [.. from.Objects("permission_overwrites").Select(Overwrite.Of)]);
}

/// <summary>A server that the bot is in, as Discord last told it. One thread writes; many read.</summary>
public sealed class DiscordGuild(string id)
{
    private volatile IReadOnlyDictionary<string, GuildChannel> channels = new Dictionary<string, GuildChannel>();
    private volatile IReadOnlyDictionary<string, GuildRole> roles = new Dictionary<string, GuildRole>();
    private volatile IReadOnlySet<string> botRoles = new HashSet<string>();

    public string Id => id;

    public string Name { get; private set; } = "the server";

    public IReadOnlyDictionary<string, GuildChannel> Channels => channels;

    public IReadOnlyDictionary<string, GuildRole> Roles => roles;

    /// <summary>
    /// Whether the bot may give a role: one of its own stands above it. Of two on one level the older one does
    /// (docs.discord.com/developers/topics/permissions, “Permission Hierarchy” and “Role Object”).
    /// </summary>
    public bool MayGive(GuildRole role) => botRoles.Select(id => roles.GetValueOrDefault(id)).OfType<GuildRole>()
        .Any(own => own.Position > role.Position || (own.Position == role.Position && Age(own) < Age(role)));

    /// <summary>What the bot may do in the whole server.</summary>
    public DiscordPermissions Everywhere
    {
        get
        {
            var all = botRoles.Append(id).Aggregate(DiscordPermissions.None, (sum, role) => sum | (roles.TryGetValue(role, out var one) ? one.Permissions : 0));
            return all.HasFlag(DiscordPermissions.Administrator) ? (DiscordPermissions)ulong.MaxValue : all;
        }
    }

    public void Take(JsonObject told, string botUser)
    {
        Name = told.TextOrNull("name") ?? Name;
        roles = told.Objects("roles").Select(RoleOf).ToDictionary(role => role.Id);
        channels = told.Objects("channels").Concat(told.Objects("threads")).Select(GuildChannel.Of).DistinctBy(channel => channel.Id).ToDictionary(channel => channel.Id);
        if (told.Objects("members").FirstOrDefault(member => member.Object("user").Text("id") == botUser) is { } bot)
            botRoles = bot.Texts("roles").ToHashSet();
    }

    public void Rename(JsonObject told) => Name = told.TextOrNull("name") ?? Name;

    public void Set(GuildChannel channel) => channels = new Dictionary<string, GuildChannel>(channels) { [channel.Id] = channel };

    public void RemoveChannel(string channel) => channels = channels.Where(one => one.Key != channel).ToDictionary();

    public void SetRole(JsonObject role) => roles = new Dictionary<string, GuildRole>(roles) { [role.Text("id")] = RoleOf(role) };

    public void RemoveRole(string role) => roles = roles.Where(one => one.Key != role).ToDictionary();

    public void SetBotRoles(IEnumerable<string> now) => botRoles = now.ToHashSet();

    /// <summary>What the bot may do in a channel (docs.discord.com/developers/topics/permissions, “Permission Overwrites”); a thread has its channel's rules.</summary>
    public DiscordPermissions In(string channel, string botUser)
    {
        var all = Everywhere;
        if (all.HasFlag(DiscordPermissions.Administrator) || !channels.TryGetValue(channel, out var one))
            return all;
        if (one.IsThread && one.Parent is { } parent)
            return In(parent, botUser);

        all = With(all, one.Overwrites.Where(overwrite => overwrite.Id == id));
        all = With(all, one.Overwrites.Where(overwrite => overwrite.Id != id && botRoles.Contains(overwrite.Id)));
        return With(all, one.Overwrites.Where(overwrite => overwrite.Id == botUser));
    }

    private static DiscordPermissions With(DiscordPermissions all, IEnumerable<Overwrite> overwrites)
    {
        var (allow, deny) = overwrites.Aggregate((Allow: DiscordPermissions.None, Deny: DiscordPermissions.None), (sum, one) => (sum.Allow | one.Allow, sum.Deny | one.Deny));
        return (all & ~deny) | allow;
    }

    private static ulong Age(GuildRole role) => ulong.TryParse(role.Id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : ulong.MaxValue;

    private static GuildRole RoleOf(JsonObject role) => new(role.Text("id"), role.Text("name"), role["position"]?.GetValue<int>() ?? 0, Overwrite.Bits(role, "permissions"));
}
