using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace CopBot.Platforms.Discord.Api;

/// <summary>The classes of answer that call for different behaviour.</summary>
public enum DiscordOutcome
{
    Done,

    /// <summary>Too fast, by Discord's word or by our own count: wait as told.</summary>
    RateLimited,

    /// <summary>Certainly not done; again later.</summary>
    Transient,

    /// <summary>Refused for good.</summary>
    Permanent,

    /// <summary>No answer: it may have been done.</summary>
    Unknown,
}

/// <summary>What Discord answered.</summary>
/// <param name="Code">Discord's own error code (docs.discord.com/developers/topics/opcodes-and-status-codes, “JSON”); 0 where it gave none.</param>
/// <param name="Problem">What it said, for operators; never what was sent.</param>
public sealed record DiscordAnswer(DiscordOutcome Outcome, JsonNode? Json = null, int Code = 0, string? Problem = null, Duration? RetryAfter = null)
{
    public bool IsDone => Outcome == DiscordOutcome.Done;

    /// <summary>Whether Discord does not take the bot's token.</summary>
    public bool IsTokenRefused { get; private init; }

    /// <summary>Whether Discord does not let the bot do it, or see it.</summary>
    public bool IsForbidden => Code is DiscordError.NoAccess or DiscordError.NoPermission;

    /// <summary>What it answered, where that is an object.</summary>
    public JsonObject Body => Json as JsonObject ?? [];

    /// <summary>What it answered, where that is a list.</summary>
    public IEnumerable<JsonObject> List => (Json as JsonArray)?.OfType<JsonObject>() ?? [];

    public static DiscordAnswer Without(DiscordOutcome outcome, string problem, Duration? retryAfter = null) => new(outcome, Problem: problem, RetryAfter: retryAfter);

    /// <summary>Reads an answer. Whatever stands in it, it is one of the classes.</summary>
    public static DiscordAnswer Of(HttpStatusCode status, string body, Duration? header)
    {
        var json = Parse(body);
        if ((int)status is >= 200 and < 300)
            return new(DiscordOutcome.Done, json);

        var error = json as JsonObject ?? [];
        var code = error["code"] is JsonValue number && number.TryGetValue<int>(out var given) ? given : 0;
        var problem = string.Create(CultureInfo.InvariantCulture, $"{(int)status}{(code == 0 ? "" : $" {code}")} {Short(error.Text("message"))}").TrimEnd();
        return status switch
        {
            HttpStatusCode.TooManyRequests => new(DiscordOutcome.RateLimited, json, code, problem, Longest(header, After(error)) ?? Duration.FromSeconds(5)),
            // It is the interaction's token that is refused, not the bot's.
            HttpStatusCode.Unauthorized when code == DiscordError.TokenExpired => new(DiscordOutcome.Permanent, json, code, problem),
            HttpStatusCode.Unauthorized => new(DiscordOutcome.Transient, json, code, problem, Duration.FromMinutes(1)) { IsTokenRefused = true },
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new(status == HttpStatusCode.ServiceUnavailable ? DiscordOutcome.Transient : DiscordOutcome.Unknown, json, code, problem, header),
            _ => new(DiscordOutcome.Permanent, json, code, problem),
        };
    }

    private static Duration? After(JsonObject error) =>
        error["retry_after"] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is >= 0 and < 86_400 ? Duration.FromSeconds(seconds) : null;

    private static Duration? Longest(Duration? one, Duration? other) => one is null ? other : other is null ? one : Duration.Max(one.Value, other.Value);

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    private static JsonNode? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // Before Discord stands Cloudflare, which answers in HTML.
            return null;
        }
    }
}

/// <summary>Error codes that mean something to the bot (docs.discord.com/developers/topics/opcodes-and-status-codes, “JSON”).</summary>
public static class DiscordError
{
    public const int UnknownChannel = 10003;
    public const int UnknownMember = 10007;
    public const int UnknownMessage = 10008;
    public const int UnknownRole = 10011;
    public const int UnknownUser = 10013;
    public const int UnknownWebhook = 10015;
    public const int UnknownInteraction = 10062;
    public const int UnknownEvent = 10070;
    public const int AlreadyAnswered = 40060;
    public const int NoAccess = 50001;
    public const int DirectClosed = 50007;
    public const int NoPermission = 50013;
    public const int TokenExpired = 50027;
    public const int Malformed = 50035;
    public const int TagNeeded = 40067;
    public const int ThreadArchived = 50083;
    public const int NoCommonServer = 50278;
}
