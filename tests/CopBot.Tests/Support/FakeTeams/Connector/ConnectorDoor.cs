using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>The Bot Connector.</summary>
internal sealed class ConnectorDoor(TeamsServer server) : TeamsDoor(server, server.Faults)
{
    protected override IReadOnlyList<TeamsRoute> Routes { get; } = [.. ConversationRoutes.All, .. ActivityRoutes.All, .. MemberRoutes.All];

    protected override JsonObject Authorize(HttpContext context, TeamsRequest request, TeamsRoute? route)
    {
        if (request.Bearer is null)
            throw new TeamsRefusal(401, "Unauthorized", "Authorization has been denied for this request.") { IsBreach = true };
        return Server.Identity.Check(request.Bearer, TeamsIdentity.ConnectorAudience) ?? throw new TeamsRefusal(401, "Unauthorized", "Authorization has been denied for this request.");
    }

    protected override void Admit(HttpContext context, TeamsRequest request, IReadOnlyDictionary<string, string> named)
    {
        if (request.Method != "POST" || Server.Pace.Count(named.TryGetValue("conversationId", out var id) ? id : (string?)request.Body?["channelData"]?["channel"]?["id"] ?? (string?)request.Body?["members"]?[0]?["id"] ?? "") is not { } wait)
            return;
        if (Server.Pace.RetryAfterOf(wait) is { } after)
            context.Response.Headers.RetryAfter = after;
        throw new TeamsRefusal(429, "TooManyRequests", "Too many requests.");
    }

    protected override IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route, HttpContext context, long length)
    {
        if (length > 0 && context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return [$"Content-Type is {context.Request.ContentType}"];
        if (request.Method is "GET" or "DELETE")
            return request.Body is null ? [] : ["a body where none is read"];
        if (request.Body is not JsonObject body)
            return ["no body"];
        if (length > ActivityRules.MostBytes)
            throw new TeamsRefusal(413, "MessageSizeTooBig", $"Message size too large: {length} bytes.") { IsBreach = true };
        return route.Path == "/v3/conversations"
            ? [.. TeamsSpecs.ConnectorProblems("ConversationParameters", body), .. body["activity"] is JsonObject first ? new ActivityRules(Server, ConversationRoutes.Meant(Server, body)).Problems(first) : []]
            : new ActivityRules(Server, TeamsPlaces.Of(Server, request.Path.Split('/')[3])?.Where).Problems(body);
    }
}

/// <summary>What an id of a conversation means.</summary>
internal static class TeamsPlaces
{
    private const string Thread = ";messageid=";

    /// <summary>The conversation, and the thread in it; null where there is none of the kind.</summary>
    public static (TeamsConversation Where, string? Root)? Of(TeamsServer server, string id)
    {
        var at = id.IndexOf(Thread, StringComparison.Ordinal);
        var where = server.FindConversation(at < 0 ? id : id[..at]);
        return where is null || (at >= 0 && where.Kind != TeamsConversation.Channel) ? null : (where, at < 0 ? null : id[(at + Thread.Length)..]);
    }

    /// <summary>Where the bot may be asked about, as a member.</summary>
    public static (TeamsConversation Where, string? Root) Known(TeamsCall call)
    {
        var found = Of(call.Server, call["conversationId"]) ?? throw TeamsRefusal.NoConversation;
        if (!call.Server.BotIn(found.Where))
            throw TeamsRefusal.NotInRoster;
        if (found.Root is { } root && !call.Server.MessageList.Exists(message => message.Where == found.Where && message.Root == root))
            throw TeamsRefusal.NoConversation;
        return found;
    }

    /// <summary>Where the bot may write, too.</summary>
    public static (TeamsConversation Where, string? Root) Writable(TeamsCall call)
    {
        var found = Known(call);
        MustWrite(found.Where);
        return found;
    }

    public static void MustWrite(TeamsConversation where)
    {
        if (where.Team is { DisabledByAdmin: true })
            throw new TeamsRefusal(403, "BotDisabledByAdmin", "The tenant admin disabled this bot.");
        if (where.Person is { Blocked: true })
            throw new TeamsRefusal(403, "ConversationBlockedByUser", "User blocked the conversation with the bot.");
        if (where.Person is { WritesBlocked: true })
            throw new TeamsRefusal(403, "MessageWritesBlocked", "Thread with id is blocked for writes. SubCode: 209");
        if (where.Person is { Gone: true })
            throw TeamsRefusal.NoConversation;
    }
}
