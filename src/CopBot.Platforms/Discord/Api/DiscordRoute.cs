namespace CopBot.Platforms.Discord.Api;

/// <summary>Something that Discord is asked for.</summary>
/// <param name="Method">The method.</param>
/// <param name="Template">The path without ids, which is what a limit is for.</param>
/// <param name="Major">The channel, server or webhook whose limit it is (docs.discord.com/developers/topics/rate-limits); empty where there is none.</param>
/// <param name="Path">The path below the API's address.</param>
public sealed record DiscordRoute(HttpMethod Method, string Template, string Major, string Path)
{
    /// <summary>Whether it proves itself by a token in its path: then the bot's own is not sent and its allowance not used.</summary>
    public bool ByInteraction { get; private init; }

    /// <summary>What the server's audit log says as the reason; at most 512 characters.</summary>
    public string? Reason { get; init; }

    public static DiscordRoute Gateway { get; } = new(HttpMethod.Get, "gateway/bot", "", "gateway/bot");

    public static DiscordRoute Application { get; } = new(HttpMethod.Get, "applications/@me", "", "applications/@me");

    public static DiscordRoute Self { get; } = new(HttpMethod.Get, "users/@me", "", "users/@me");

    public static DiscordRoute OpenDirect { get; } = new(HttpMethod.Post, "users/@me/channels", "", "users/@me/channels");

    public static DiscordRoute Commands(HttpMethod method, string application, string? guild) => guild is null
        ? new(method, "applications/commands", "", $"applications/{application}/commands{(method == HttpMethod.Get ? "?with_localizations=true" : "")}")
        : new(method, "applications/guilds/commands", guild, $"applications/{application}/guilds/{guild}/commands{(method == HttpMethod.Get ? "?with_localizations=true" : "")}");

    public static DiscordRoute Post(string channel) => new(HttpMethod.Post, "channels/messages", channel, $"channels/{channel}/messages");

    public static DiscordRoute Edit(string channel, string message) => new(HttpMethod.Patch, "channels/messages/id", channel, $"channels/{channel}/messages/{message}");

    public static DiscordRoute History(string channel) => new(HttpMethod.Get, "channels/messages", channel, $"channels/{channel}/messages?limit=100");

    public static DiscordRoute StartThread(string channel) => new(HttpMethod.Post, "channels/threads", channel, $"channels/{channel}/threads");

    /// <summary>The servers that the bot is in, at most two hundred of them behind an id.</summary>
    public static DiscordRoute Servers(string after) => new(HttpMethod.Get, "users/@me/guilds", "", $"users/@me/guilds?limit=200&after={after}");

    public static DiscordRoute Server(string guild) => new(HttpMethod.Get, "guilds", guild, $"guilds/{guild}");

    public static DiscordRoute Channels(string guild) => new(HttpMethod.Get, "guilds/channels", guild, $"guilds/{guild}/channels");

    public static DiscordRoute Threads(string guild) => new(HttpMethod.Get, "guilds/threads", guild, $"guilds/{guild}/threads/active");

    public static DiscordRoute Member(string guild, string user) => new(HttpMethod.Get, "guilds/members/id", guild, $"guilds/{guild}/members/{user}");

    public static DiscordRoute Roles(HttpMethod method, string guild) => new(method, "guilds/roles", guild, $"guilds/{guild}/roles");

    public static DiscordRoute MemberRole(HttpMethod method, string guild, string user, string role) => new(method, "guilds/members/roles", guild, $"guilds/{guild}/members/{user}/roles/{role}");

    public static DiscordRoute Events(HttpMethod method, string guild, string? id = null) =>
        new(method, id is null ? "guilds/scheduled-events" : "guilds/scheduled-events/id", guild, id is null ? $"guilds/{guild}/scheduled-events" : $"guilds/{guild}/scheduled-events/{id}");

    /// <summary>The first answer to an interaction.</summary>
    public static DiscordRoute Callback(string interaction, string token) => new(HttpMethod.Post, "interactions/callback", interaction, $"interactions/{interaction}/{token}/callback") { ByInteraction = true };

    /// <summary>A further answer to an interaction.</summary>
    public static DiscordRoute FollowUp(string application, string token) => new(HttpMethod.Post, "webhooks", token, $"webhooks/{application}/{token}") { ByInteraction = true };

    /// <summary>The first answer to an interaction, to be changed or taken away.</summary>
    public static DiscordRoute Original(HttpMethod method, string application, string token) => new(method, "webhooks/original", token, $"webhooks/{application}/{token}/messages/@original") { ByInteraction = true };
}
