using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Storage;
using CopBot.Platforms;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Intake;
using Microsoft.AspNetCore.WebUtilities;

namespace CopBot.Host.Slack;

/// <summary>
/// Slack over HTTP (https://docs.slack.dev/apis/events-api/using-http-request-urls): three addresses, each of which looks at the signature before
/// anything else, and answers once what came is stored.
/// </summary>
public static partial class SlackEndpoints
{
    // As large as the payloads of Slack get with modals of 250 KB.
    private const int LargestBody = 1024 * 1024;

    // A name that stands twice would be read by one and overlooked by another.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Slack gives up after three seconds, and then sends events again.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2.8);

    /// <summary>Opens the addresses; only where there is a secret to prove requests by.</summary>
    public static void MapSlackEvents(this WebApplication app)
    {
        app.MapPost(SlackAddresses.Events, (HttpContext http) => ReceiveAsync(http, SlackPayload.Event));
        app.MapPost(SlackAddresses.Commands, (HttpContext http) => ReceiveAsync(http, SlackPayload.Command));
        app.MapPost(SlackAddresses.Interactions, (HttpContext http) => ReceiveAsync(http, SlackPayload.Interaction));
    }

    private static async Task ReceiveAsync(HttpContext http, SlackPayload kind)
    {
        var services = http.RequestServices;
        var log = services.GetRequiredService<ILogger<SlackIntake>>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(AnswerWithin);
        if (await RequestBody.ReadAsync(http, LargestBody, limit.Token) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var headers = http.Request.Headers;
        if (!services.GetRequiredService<SlackSignature>().Proves([.. headers["X-Slack-Request-Timestamp"]], [.. headers["X-Slack-Signature"]], body.Span))
        {
            Log.NotProven(log, http.Request.Path);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (PayloadOf(kind, body) is not { } payload)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (payload.Text("type") == "url_verification")
        {
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync(payload.Text("challenge"), limit.Token);
            return;
        }

        try
        {
            var answer = await services.GetRequiredService<SlackIntake>().AcceptAsync(kind, payload, limit.Token);
            if (answer is not null)
                await http.Response.WriteAsJsonAsync(answer, CancellationToken.None);
        }
        catch (Exception problem) when (problem is NotYetReady or StoreBusy or DatabaseProblem or OutcomeUnknown or OperationCanceledException)
        {
            // Slack sends it again: at once, after a minute and after five.
            Log.NotStored(log, problem);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static JsonObject? PayloadOf(SlackPayload kind, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (kind == SlackPayload.Event)
                return JsonNode.Parse(body.Span, null, Strict) as JsonObject;

            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
            if (kind == SlackPayload.Interaction)
                return form.TryGetValue("payload", out var payload) ? JsonNode.Parse(payload.ToString(), null, Strict) as JsonObject : null;

            // Slack asks now and then whether the address still answers.
            return form.ContainsKey("ssl_check") ? [] : new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)JsonValue.Create(field.Value.ToString()))));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name is no JSON problem to .NET, and no text either.
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request to {Path} was not proven to be Slack's and was refused. Is CopBot__Slack__SigningSecret the app's, and does this machine's clock go right?")]
        public static partial void NotProven(ILogger log, string path);

        [LoggerMessage(LogLevel.Error, "What Slack sent could not be stored; it was told so, and sends it again")]
        public static partial void NotStored(ILogger log, Exception problem);
    }
}
