using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace CopBot.Platforms.Teams.Api;

/// <summary>The classes of answer that call for different behaviour.</summary>
public enum TeamsOutcome
{
    Done,

    /// <summary>Too fast, by the service's word or by our own count: wait as told.</summary>
    RateLimited,

    /// <summary>Certainly not done, or nothing that harms when done twice; again later.</summary>
    Transient,

    /// <summary>Refused for good.</summary>
    Permanent,

    /// <summary>No answer, or one that leaves it open: it may have been done. Teams has no key to tell a second attempt, so it is not made.</summary>
    Unknown,
}

/// <summary>What a service of Teams answered (bots/build-conversational-capability, “Status codes from bot conversational APIs”).</summary>
/// <param name="Code">Its own word for what was wrong; empty where it gave none.</param>
/// <param name="Problem">What it said, for operators; never what was sent.</param>
public sealed record TeamsAnswer(TeamsOutcome Outcome, JsonNode? Json = null, string Code = "", string? Problem = null, Duration? RetryAfter = null)
{
    public bool IsDone => Outcome == TeamsOutcome.Done;

    /// <summary>The HTTP status; 0 where there was none.</summary>
    public int Status { get; init; }

    /// <summary>What it answered, where that is an object.</summary>
    public JsonObject Body => Json as JsonObject ?? [];

    /// <summary>Whether the bot may not speak there any more: it was taken out, blocked or switched off.</summary>
    public bool IsShutOut => Status == 403 || Code is "ConversationNotFound" or "BotNotInConversationRoster";

    public static TeamsAnswer Without(TeamsOutcome outcome, string problem, Duration? retryAfter = null) => new(outcome, Problem: problem, RetryAfter: retryAfter);

    /// <summary>Reads an answer. Whatever stands in it, it is one of the classes.</summary>
    /// <param name="again">Whether doing it twice is doing it once.</param>
    public static TeamsAnswer Of(HttpStatusCode status, string body, Duration? retryAfter, bool again)
    {
        var json = Parse(body);
        if ((int)status is >= 200 and < 300 && (json is not null || body.Length == 0))
            return new(TeamsOutcome.Done, json) { Status = (int)status };

        var error = (json as JsonObject)?["error"] as JsonObject ?? json as JsonObject ?? [];
        var code = error.TextOrNull("code") ?? "";
        var problem = string.Create(CultureInfo.InvariantCulture, $"{(int)status} {Short(code)} {Short(error.TextOrNull("message") ?? "")}").TrimEnd();
        var outcome = status switch
        {
            HttpStatusCode.TooManyRequests => TeamsOutcome.RateLimited,

            // Others speak in the conversation at this moment; and one that is not there took nothing.
            HttpStatusCode.PreconditionFailed or HttpStatusCode.ServiceUnavailable => TeamsOutcome.Transient,
            HttpStatusCode.Unauthorized => TeamsOutcome.Transient,

            // A page where Teams answers in JSON is somebody else's, whatever it says.
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError or (>= HttpStatusCode.OK and < HttpStatusCode.Ambiguous) => again ? TeamsOutcome.Transient : TeamsOutcome.Unknown,
            _ => TeamsOutcome.Permanent,
        };
        return new(outcome, json, code, problem, retryAfter ?? (outcome == TeamsOutcome.RateLimited ? Duration.FromSeconds(5) : null)) { Status = (int)status };
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    private static JsonNode? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // Proxies answer in HTML.
            return null;
        }
    }
}
