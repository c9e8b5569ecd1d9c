using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Identity;
using CopBot.Platforms.Teams.Identity;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Teams.Api;

/// <summary>Asks a service of Teams, at its pace, with the bot's token. Never throws for what a service answers.</summary>
public sealed partial class TeamsApi(TeamsHttp http, TeamsToken token, TeamsPace pace, TimeProvider time, ILogger<TeamsApi> log)
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Asks; a token that is not taken is fetched anew once.</summary>
    /// <param name="service">The service's address, which the conversation came with.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="body">What goes with it.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<TeamsAnswer> CallAsync(Uri service, TeamsCall call, JsonNode? body, CancellationToken ct)
    {
        var wait = pace.Take(call);
        if (wait > Duration.Zero)
            return TeamsAnswer.Without(TeamsOutcome.RateLimited, "our own pace", wait);

        TeamsAnswer answer;
        try
        {
            answer = await OnceAsync(service, call, body, ct);
            if (answer.Status == 401)
            {
                token.Forget();
                answer = await OnceAsync(service, call, body, ct);
            }
        }
        finally
        {
            pace.Landed(call);
        }

        if (!answer.IsDone)
            Log.NotDone(log, call.Method, call.Path.Split('/')[1], answer.Outcome, answer.Problem);
        return answer;
    }

    private async Task<TeamsAnswer> OnceAsync(Uri service, TeamsCall call, JsonNode? body, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(call.Method, new Uri(service, call.Path));
        try
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.OfAsync(TeamsToken.Connector, limit.Token));
            if (body is not null)
                request.Content = JsonContent.Create(body);
        }
        catch (Exception problem) when (problem is AuthenticationFailedException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return TeamsAnswer.Without(TeamsOutcome.Transient, $"Entra gives no token: {TeamsToken.Why(problem)}", Duration.FromSeconds(30));
        }

        try
        {
            using var response = await http.Connector.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return TeamsAnswer.Of(response.StatusCode, await TextAsync(response, limit.Token), After(response), call.Again);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // What could not even be connected was not done.
            var never = problem is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } or HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } };
            return TeamsAnswer.Without(never || call.Again ? TeamsOutcome.Transient : TeamsOutcome.Unknown, problem.Message);
        }
    }

    private Duration? After(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta < TimeSpan.FromDays(1) => Duration.FromTimeSpan(delta),
        { Date: { } date } when date - time.GetUtcNow() is var left && left < TimeSpan.FromDays(1) => Duration.FromTimeSpan(left < TimeSpan.Zero ? TimeSpan.Zero : left),
        _ => null,
    };

    // What is too long is not read to its end; the status alone tells what became of it.
    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            text.Write(buffer, 0, read);
            if (text.Length > LargestAnswer)
                return "";
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Teams' {Method} {What} was not done ({Outcome}): {Problem}")]
        public static partial void NotDone(ILogger log, HttpMethod method, string what, TeamsOutcome outcome, string? problem);
    }
}
