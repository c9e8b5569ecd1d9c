using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace CopBot.Platforms.Slack.Api;

/// <summary>What became of a call.</summary>
public enum SlackOutcome
{
    /// <summary>Slack did it and said so.</summary>
    Done,

    /// <summary>Not done: too fast.</summary>
    RateLimited,

    /// <summary>Certainly not done; it may go another time.</summary>
    Transient,

    /// <summary>Refused for good; <see cref="SlackAnswer.Error"/> says why.</summary>
    Permanent,

    /// <summary>No answer that says anything: it may have been done.</summary>
    Unknown,
}

/// <summary>The typed answer of a call.</summary>
/// <param name="Body">The answer's JSON; empty where there is none.</param>
/// <param name="Error">Slack's own word, such as <c>channel_not_found</c>, or ours, such as <c>http_503</c>.</param>
/// <param name="RetryAfter">How long Slack asked to wait.</param>
public sealed record SlackAnswer(SlackOutcome Outcome, JsonObject Body, string? Error = null, Duration? RetryAfter = null)
{
    /// <summary>The error of an answer that is the bare word “ok”, or nothing at all: enough for some addresses, and no answer of a method.</summary>
    public const string Bare = "bare_answer";

    // Where Slack names no time; and the longest that is believed.
    private static readonly Duration UsualWait = Duration.FromSeconds(30);
    private static readonly Duration LongestWait = Duration.FromHours(1);

    /// <summary>What Slack's clock showed; null where there was no answer.</summary>
    public DateTimeOffset? At { get; init; }

    public bool IsDone => Outcome == SlackOutcome.Done;

    public static SlackAnswer Without(SlackOutcome outcome, string error, Duration? retryAfter = null) => new(outcome, [], error, retryAfter);

    /// <summary>Sorts an HTTP answer into its class. Slack says 200 with <c>ok:false</c> where it refuses.</summary>
    public static SlackAnswer Of(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var code = (int)status;
        var error = $"http_{code}";
        if (code == 429)
            return Without(SlackOutcome.RateLimited, "ratelimited", WaitOf(retryAfter));
        if (code == 503)
            return Without(SlackOutcome.Transient, error, retryAfter is null ? null : WaitOf(retryAfter));
        if (code is 408 or >= 500)
            return Without(SlackOutcome.Unknown, error);
        if (code != 200)
            return Without(SlackOutcome.Permanent, error);

        JsonObject? answer;
        try
        {
            answer = JsonNode.Parse(body, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            answer = null;
        }

        if (answer?["ok"] is not JsonValue ok || !ok.TryGetValue<bool>(out var done))
            return Without(SlackOutcome.Unknown, body.Trim() is "" or "ok" ? Bare : "no_answer");
        if (done)
            return new(SlackOutcome.Done, answer);

        var said = answer["error"]?.ToString() ?? "unknown_error";
        return said switch
        {
            "ratelimited" or "rate_limited" or "message_limit_exceeded" => new(SlackOutcome.RateLimited, answer, said, WaitOf(retryAfter)),
            "service_unavailable" or "team_added_to_org" or "accesslimited" => new(SlackOutcome.Transient, answer, said),
            "fatal_error" or "internal_error" or "request_timeout" => new(SlackOutcome.Unknown, answer, said),
            _ => new(SlackOutcome.Permanent, answer, said),
        };
    }

    private static Duration WaitOf(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero ? Duration.Min(Duration.FromTimeSpan(wait), LongestWait) : UsualWait;
}
