using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Identity;
using CopBot.Platforms.Teams.Intake;

namespace CopBot.Host.Teams;

/// <summary>
/// Teams over HTTP: one address, which lets in what is proven to be Microsoft's and answers once what came is stored (azure/bot-service/rest-api,
/// “Authenticate requests from the Bot Connector service to your bot”).
/// </summary>
public static partial class TeamsEndpoints
{
    /// <summary>The messaging endpoint, as the bot's registration names it.</summary>
    public const string Messages = "/api/messages";

    // Teams' own messages are at most about 100 KB.
    private const int LargestBody = 512 * 1024;

    // A name that stands twice would be read by one and overlooked by another.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Message extensions are given five seconds, and then asked again.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4.5);

    public static void MapTeams(this WebApplication app)
    {
        app.MapPost(Messages, ReceiveAsync);

        // Microsoft looks now and then whether the address still answers.
        app.MapMethods(Messages, [HttpMethods.Head], () => Results.Ok());
    }

    private static async Task ReceiveAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var log = services.GetRequiredService<ILogger<TeamsIntake>>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(AnswerWithin);
        try
        {
            if (await RequestBody.ReadAsync(http, LargestBody, limit.Token) is not { } body)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            if (Parse(body) is not { } activity)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            if (!await services.GetRequiredService<TeamsProof>().ProvesAsync([.. http.Request.Headers.Authorization], activity, limit.Token))
            {
                Log.NotProven(log);
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            var reply = await services.GetRequiredService<TeamsIntake>().AcceptAsync(activity, limit.Token);
            http.Response.StatusCode = reply.Status;
            if (reply.Body is { } answer)
                await http.Response.WriteAsJsonAsync(answer, CancellationToken.None);
        }
        catch (Exception problem) when (problem is NoKeys or StoreBusy or DatabaseProblem or OutcomeUnknown or OperationCanceledException)
        {
            Log.NotStored(log, problem);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        // What is no UTF-8 would be found out only where it is read.
        if (!Utf8.IsValid(body.Span))
            return null;
        try
        {
            var activity = JsonNode.Parse(body.Span, null, Strict) as JsonObject;
            ReadNames(activity);
            return activity;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name is no JSON problem to .NET, and no text either.
            return null;
        }
    }

    // Names are read only when somebody asks for one, and then may turn out to be none.
    private static void ReadNames(JsonNode? node)
    {
        foreach (var inner in node switch { JsonObject one => one.Select(member => member.Value), JsonArray list => list, _ => (IEnumerable<JsonNode?>)[] })
            ReadNames(inner);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request to /api/messages was not proven to be Microsoft's and was refused. Are CopBot__Teams__AppId and __TenantId the app's, and does this machine's clock go right?")]
        public static partial void NotProven(ILogger log);

        [LoggerMessage(LogLevel.Error, "What Teams sent could not be stored; it was told so")]
        public static partial void NotStored(ILogger log, Exception problem);
    }
}
