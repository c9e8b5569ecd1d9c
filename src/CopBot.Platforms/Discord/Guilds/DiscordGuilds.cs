using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>The servers that the bot is in, kept up to date by what the gateway brings (docs.discord.com/developers/events/gateway-events).</summary>
public sealed class DiscordGuilds
{
    private readonly ConcurrentDictionary<string, DiscordGuild> guilds = new();

    /// <summary>The bot's own account.</summary>
    public string BotUser { get; private set; } = "";

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<DiscordGuild> All => [.. guilds.Values.OrderBy(guild => guild.Id.Length).ThenBy(guild => guild.Id, StringComparer.Ordinal)];

    /// <summary>A server that the bot is in; null for all others.</summary>
    public DiscordGuild? Find(string guild) => guilds.GetValueOrDefault(guild);

    /// <summary>A server that a shard has; null where it has none.</summary>
    public string? AnyOf(int shard, int shards) =>
        guilds.Keys.FirstOrDefault(id => ShardOf(id, shards) == shard);

    /// <summary>Which of so many shards has a server (docs.discord.com/developers/events/gateway, “Sharding”); null where that is no id.</summary>
    public static int? ShardOf(string guild, int shards) => ulong.TryParse(guild, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (int)((number >> 22) % (ulong)shards) : null;

    /// <summary>The id of a channel that takes posts, by its name with or without #, or by its id.</summary>
    public string? FindChannel(string guild, string name)
    {
        var plain = name.TrimStart('#');
        return Find(guild)?.Channels.Values.Where(channel => channel.TakesPosts && (channel.Name.Equals(plain, StringComparison.OrdinalIgnoreCase) || channel.Id == plain))
            .Select(channel => channel.Id).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>What people call a channel, with its #; the id where that is not known.</summary>
    public string NameOf(string guild, string channel) => Find(guild)?.Channels.GetValueOrDefault(channel) is { } one ? "#" + one.Name : channel;

    /// <summary>Whether the bot may post in a channel.</summary>
    public bool MayPost(string guild, string channel) => Find(guild) is { } one && one.Channels.ContainsKey(channel) && (one.In(channel, BotUser) & DiscordPermissions.Post) == DiscordPermissions.Post;

    /// <summary>Takes over what an event says of servers, channels and roles.</summary>
    public void Apply(string kind, JsonObject data)
    {
        var guild = Find(data.Text("guild_id"));
        switch (kind)
        {
            case "READY":
                BotUser = data.Object("user").Text("id");
                break;
            case "GUILD_CREATE" when !data.Flag("unavailable") && data.TextOrNull("id") is { } id:
                guilds.GetOrAdd(id, static key => new(key)).Take(data, BotUser);
                break;
            case "GUILD_UPDATE":
                Find(data.Text("id"))?.Rename(data);
                break;

            // One that is only out of reach for now comes back by itself.
            case "GUILD_DELETE" when !data.Flag("unavailable"):
                guilds.TryRemove(data.Text("id"), out _);
                break;
            case "CHANNEL_CREATE" or "CHANNEL_UPDATE" or "THREAD_CREATE" or "THREAD_UPDATE":
                guild?.Set(GuildChannel.Of(data));
                break;
            case "CHANNEL_DELETE" or "THREAD_DELETE":
                guild?.RemoveChannel(data.Text("id"));
                break;
            case "GUILD_ROLE_CREATE" or "GUILD_ROLE_UPDATE":
                guild?.SetRole(data.Object("role"));
                break;
            case "GUILD_ROLE_DELETE":
                guild?.RemoveRole(data.Text("role_id"));
                break;
            case "GUILD_MEMBER_UPDATE" when data.Object("user").Text("id") == BotUser:
                guild?.SetBotRoles(data.Texts("roles"));
                break;
        }
    }
}
