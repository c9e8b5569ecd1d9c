using System.Net;
using CopBot.Core.Storage;
using CopBot.Host.Dashboard.Pages;

namespace CopBot.Host.Dashboard;

/// <summary>Around every request: the headers that keep a page safe, and a human sentence for whatever goes wrong.</summary>
public static partial class Guard
{
    public static async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        PageHeaders.Set(http.Response.Headers);
        try
        {
            if (IsFromHere(http))
                await next(http);
            else
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception problem) when (!http.Response.HasStarted)
        {
            var (status, sentence) = AnswerTo(problem);
            if (status == StatusCodes.Status500InternalServerError)
                Log.Failed(http.RequestServices.GetRequiredService<ILogger<PageRenderer>>(), (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, problem);
            await (await ProblemAsync(http, http.RequestServices.GetRequiredService<PageRenderer>(), status, sentence)).ExecuteAsync(http);
        }
    }

    /// <summary>Whether our script asks, which wants a sentence rather than a page.</summary>
    public static bool IsLive(HttpContext http) => !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>What to say when the database cannot take something now; null for any other trouble.</summary>
    public static string? SentenceFor(Exception problem) => problem switch
    {
        StoreBusy => "Too much is happening at once. Nothing was stored, and your line is still here: send it again in a moment.",
        OutcomeUnknown => "I cannot say whether that was stored. Send it again: it will count once.",
        DatabaseProblem => "The database cannot be reached. Nothing was stored, and your line is still here: send it again in a moment.",
        _ => null,
    };

    /// <summary>An answer that says what was wrong.</summary>
    public static async Task<IResult> ProblemAsync(HttpContext http, PageRenderer pages, int status, string sentence)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "2";
        return IsLive(http)
            ? Results.Text(sentence, "text/plain; charset=utf-8", statusCode: status)
            : await pages.PageAsync<ProblemPage>(status, ("Sentence", sentence));
    }

    // Whatever addresses the server was made to listen on: a chosen name is good on this machine alone.
    private static bool IsFromHere(HttpContext http) => http.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);

    private static (int Status, string Sentence) AnswerTo(Exception problem) => problem switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            (StatusCodes.Status413PayloadTooLarge, "That is more than 64 KB. Nothing was stored: put the long part behind a link and send a shorter line."),
        BadHttpRequestException bad => (bad.StatusCode, "I could not read that. Nothing was stored."),
        InvalidDataException => (StatusCodes.Status400BadRequest, "I could not read that. Nothing was stored."),
        _ when SentenceFor(problem) is { } known => (StatusCodes.Status503ServiceUnavailable, known),
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong on this side; it is in the log. What you had sent before is safe. Please try again."),
    };

    private static partial class Log
    {
        // Which page, and not the address that was asked for: it may be a secret.
        [LoggerMessage(LogLevel.Error, "Answering {Page} failed")]
        public static partial void Failed(ILogger log, string? page, Exception problem);
    }
}
