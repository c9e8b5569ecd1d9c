namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Discord's permission bits, and who has them where.</summary>
public static class DiscordPermissions
{
    public const ulong
        Administrator = 1UL << 3, AddReactions = 1UL << 6, ViewChannel = 1UL << 10, SendMessages = 1UL << 11, ManageMessages = 1UL << 13, EmbedLinks = 1UL << 14, ReadMessageHistory = 1UL << 16,
        MentionEveryone = 1UL << 17, ChangeNickname = 1UL << 26, ManageRoles = 1UL << 28, UseApplicationCommands = 1UL << 31, ManageEvents = 1UL << 33, ManageThreads = 1UL << 34,
        CreatePublicThreads = 1UL << 35, SendMessagesInThreads = 1UL << 38, CreateEvents = 1UL << 44, UseExternalApps = 1UL << 50;

    /// <summary>What everybody may do in a new guild.</summary>
    public const ulong Everyone = AddReactions | ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | ChangeNickname | UseApplicationCommands | CreatePublicThreads | SendMessagesInThreads | UseExternalApps;

    /// <summary>What the bot's own role begins with. Pinging everybody is among it: so a message that would ping does.</summary>
    public const ulong Bot = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | AddReactions | MentionEveryone | ManageRoles | CreateEvents | CreatePublicThreads | SendMessagesInThreads | UseApplicationCommands;

    public const ulong All = (1UL << 53) - 1;

    /// <summary>What somebody may do in a guild, or in one of its channels.</summary>
    public static ulong Of(DiscordUser user, DiscordGuild guild, DiscordChannel? channel = null)
    {
        if (guild.OwnerId == user.Id)
            return All;
        if (guild.FindMember(user.Id) is not { } member)
            return 0;
        var roles = guild.RoleList.Where(role => role.Id == guild.Id || member.Roles.Contains(role.Id)).ToList();
        var held = roles.Aggregate(0UL, (sum, role) => sum | role.Permissions);
        if ((held & Administrator) != 0)
            return All;
        var overwrites = (channel?.Parent ?? channel)?.Overwrites ?? [];
        foreach (var some in (IEnumerable<DiscordOverwrite>[])
        [
            overwrites.Where(overwrite => overwrite.Id == guild.Id),
            overwrites.Where(overwrite => overwrite.Type == 0 && member.Roles.Contains(overwrite.Id)),
            overwrites.Where(overwrite => overwrite.Type == 1 && overwrite.Id == user.Id),
        ])
        {
            var (allow, deny) = some.Aggregate((0UL, 0UL), (sum, overwrite) => (sum.Item1 | overwrite.Allow, sum.Item2 | overwrite.Deny));
            held = (held & ~deny) | allow;
        }
        // Whoever does not see a channel can do nothing in it.
        return channel is not null && (held & ViewChannel) == 0 ? 0 : held;
    }

    /// <summary>The position of somebody's highest role; the owner stands above all.</summary>
    public static int Height(DiscordUser user, DiscordGuild guild) => guild.OwnerId == user.Id
        ? int.MaxValue
        : guild.FindMember(user.Id) is { } member ? guild.RoleList.Where(role => member.Roles.Contains(role.Id)).Select(role => role.Position).DefaultIfEmpty(0).Max() : 0;
}
