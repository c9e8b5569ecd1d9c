using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>What may be done (docs.discord.com/developers/topics/permissions): what the bot needs, each with the reason that docs/discord.md gives.</summary>
[Flags]
public enum DiscordPermissions : ulong
{
    None = 0,
    Administrator = 1UL << 3,
    ViewChannel = 1UL << 10,
    SendMessages = 1UL << 11,
    EmbedLinks = 1UL << 14,
    ReadHistory = 1UL << 16,
    ManageRoles = 1UL << 28,
    SendInThreads = 1UL << 38,
    CreateEvents = 1UL << 44,

    /// <summary>To say something in a channel.</summary>
    Post = ViewChannel | SendMessages | EmbedLinks,

    /// <summary>All that the invite asks for.</summary>
    Invited = Post | ReadHistory | ManageRoles | SendInThreads | CreateEvents,
}

/// <summary>A role of a server.</summary>
public sealed record GuildRole(string Id, string Name, int Position, DiscordPermissions Permissions);

/// <summary>What a role or a member is allowed or denied in one channel.</summary>
public sealed record Overwrite(string Id, DiscordPermissions Allow, DiscordPermissions Deny)
{
    public static Overwrite Of(JsonObject from) => new(from.Text("id"), Bits(from, "allow"), Bits(from, "deny"));

    /// <summary>Permissions come as numbers in texts: they are longer than numbers in JSON may be.</summary>
    public static DiscordPermissions Bits(JsonObject from, string name) =>
        ulong.TryParse(from.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? (DiscordPermissions)bits : DiscordPermissions.None;
}
