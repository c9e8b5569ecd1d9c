using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>A request while it is answered: what the path named, what the body said.</summary>
internal sealed class DiscordCall(DiscordServer server, DiscordRequest request, IReadOnlyDictionary<string, string> path, IQueryCollection query)
{
    public DiscordServer Server => server;
    public DiscordRequest Request => request;
    public DiscordUser Bot => server.BotUser;
    public DateTimeOffset Now => server.Clock.GetUtcNow();
    public JsonObject Body => request.Body as JsonObject ?? [];

    /// <summary>Set where the answer's status is neither 200 nor, without a body, 204.</summary>
    public int? Status { get; set; }

    public string this[string name] => path[name];

    public string? Query(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Flag(string name) => Query(name) is "true" or "True" or "1";

    public int Number(string name, int usual, int least, int most) => Query(name) is not { } text ? usual
        : int.TryParse(text, out var number) && number >= least && number <= most ? number
        : throw DiscordRefusal.Form(name, $"int value should be between {least} and {most}.");

    /// <summary>The guild of the path; the bot has to be in it.</summary>
    public DiscordGuild Guild()
    {
        var guild = server.FindGuild(this["guild_id"]) ?? throw DiscordRefusal.Of(10004);
        return guild.FindMember(Bot.Id) is not null ? guild : throw DiscordRefusal.Of(50001);
    }

    /// <summary>The channel of the path; the bot has to see it.</summary>
    public DiscordChannel Channel()
    {
        var channel = server.FindChannel(this["channel_id"]) ?? throw DiscordRefusal.Of(10003);
        if (!channel.IsDirect && !May(channel, DiscordPermissions.ViewChannel))
            throw DiscordRefusal.Of(50001);
        return channel;
    }

    public DiscordMessage Message(DiscordChannel channel) =>
        server.MessagesById.TryGetValue(this["message_id"], out var message) && message.Channel == channel && !message.Deleted && message.OnlyUser is null ? message : throw DiscordRefusal.Of(10008);

    public bool May(DiscordChannel channel, ulong permission) => channel.IsDirect || (DiscordPermissions.Of(Bot, channel.Guild!, channel) & permission) == permission;

    public void Need(DiscordChannel channel, ulong permission)
    {
        if (!May(channel, permission))
            throw DiscordRefusal.Of(50013);
    }

    public void Need(DiscordGuild guild, ulong permission)
    {
        if ((DiscordPermissions.Of(Bot, guild) & permission) != permission)
            throw DiscordRefusal.Of(50013);
    }
}

/// <summary>One route: its path is written as in Discord's OpenAPI.</summary>
internal sealed record DiscordRoute(string Method, string Path, Func<DiscordCall, JsonNode?> Answer, bool NeedsToken = true)
{
    private readonly string[] segments = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public string Name => $"{Method} {Path}";

    /// <summary>What the path names; null where it is another path.</summary>
    public Dictionary<string, string>? Match(string[] asked)
    {
        if (asked.Length != segments.Length)
            return null;
        var named = new Dictionary<string, string>();
        foreach (var (segment, value) in segments.Zip(asked))
            if (segment[0] == '{')
                named[segment[1..^1]] = value;
            else if (segment != value)
                return null;
        return named;
    }
}
