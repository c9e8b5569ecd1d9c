using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>
/// One request: <c>Path</c> begins after the version's folder (<c>/v3/conversations</c>, and <c>/users/…</c> of Graph), <c>Route</c> is the same as Microsoft's description
/// writes it (<c>POST /v3/conversations/{conversationId}/activities</c>).
/// </summary>
public sealed record TeamsRequest(string Method, string Path, string Query, JsonNode? Body, string Route, DateTimeOffset At)
{
    /// <summary>Where it was sent to, as the Host header says.</summary>
    public string Host { get; init; } = "";

    /// <summary>The bearer token it carried.</summary>
    public string? Bearer { get; init; }

    /// <summary>0 where the connection was cut.</summary>
    public int Status { get; internal set; }
    public JsonNode? Answer { get; internal set; }
    public TeamsFault? Fault { get; internal set; }

    public override string ToString() => $"{Method} {Path}{Query} -> {Status} {Answer?.ToJsonString() ?? ""}";
}

/// <summary>A request on its way through a route.</summary>
internal sealed class TeamsCall(TeamsServer server, TeamsRequest request, IReadOnlyDictionary<string, string> named, IQueryCollection query, JsonObject claims)
{
    public TeamsServer Server => server;
    public TeamsRequest Request => request;

    /// <summary>Claims of the token that came along.</summary>
    public JsonObject Claims => claims;
    public JsonObject Body => request.Body as JsonObject ?? [];

    /// <summary>Another status than 200.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What happens once it is answered.</summary>
    public Func<Task>? Afterwards { get; set; }
    public string this[string name] => named[name];

    public string? Query(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

    public int? Number(string name) => int.TryParse(Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A method and a path with names in braces.</summary>
internal sealed record TeamsRoute(string Method, string Path, Func<TeamsCall, JsonNode?> Answer)
{
    private readonly string[] parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public string Name => $"{Method} {Path}";

    /// <summary>What stands for the names; null where the path is another one. Paths of Graph are the same in capitals.</summary>
    public Dictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != parts.Length)
            return null;
        Dictionary<string, string> found = [];
        foreach (var (part, segment) in parts.Zip(segments))
            if (part.StartsWith('{'))
                found[part[1..^1]] = segment;
            else if (!part.Equals(segment, StringComparison.OrdinalIgnoreCase))
                return null;
        return found;
    }
}

/// <summary>A refusal as the Connector and Graph write it: <c>{"error":{"code","message"}}</c>.</summary>
internal sealed class TeamsRefusal(int status, string code, string text) : Exception(text)
{
    public int Status => status;
    public string Code => code;

    /// <summary>Not only refused: a bot that keeps to the rules would not have asked.</summary>
    public bool IsBreach { get; init; }

    /// <summary>Another body than the usual one.</summary>
    public JsonObject? Whole { get; init; }

    public static TeamsRefusal BadSyntax(string text) => new(400, "BadSyntax", text) { IsBreach = true };

    public static TeamsRefusal NoConversation { get; } = new(404, "ConversationNotFound", "Conversation not found.");

    public static TeamsRefusal NoActivity { get; } = new(404, "ActivityNotFoundInConversation", "Could not find activity in conversation.");

    public static TeamsRefusal NotInRoster { get; } = new(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
}
