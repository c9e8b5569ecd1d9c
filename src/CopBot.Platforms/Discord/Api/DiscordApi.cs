using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Discord.Api;

/// <summary>
/// Discord's REST API, as far as the bot needs it (docs.discord.com/developers/reference). It never throws for what Discord answers or fails to answer:
/// the answer's class says it. The token goes into the header alone, and neither it nor what is sent is ever logged.
/// </summary>
public sealed partial class DiscordApi(HttpClient http, DiscordSettings settings, RateLimits limits, ILogger<DiscordApi> log)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int LargestAnswer = 8 * 1024 * 1024;
    private const int LongestReason = 512;

    // Discord asks for this form, and turns away whoever has none (reference, “User Agent”).
    private static readonly ProductInfoHeaderValue[] Agent = [new("DiscordBot", null), new("(https://github.com/copbot/copbot, 1.0)")];

    /// <summary>How the bot introduces itself, over REST and at the gateway.</summary>
    public static string UserAgent => string.Join(' ', Agent.Select(part => part.ToString()));

    /// <summary>Asks for something.</summary>
    public async Task<DiscordAnswer> CallAsync(DiscordRoute route, JsonNode? body, CancellationToken ct)
    {
        if (limits.Take(route) is var wait && wait > Duration.Zero)
            return DiscordAnswer.Without(DiscordOutcome.RateLimited, "paced", wait);

        using var request = new HttpRequestMessage(route.Method, new Uri(settings.ApiBase, route.Path));
        foreach (var part in Agent)
            request.Headers.UserAgent.Add(part);
        if (!route.ByInteraction)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", settings.Token);
        if (route.Reason is { } reason)
            request.Headers.Add("X-Audit-Log-Reason", Uri.EscapeDataString(reason.Length <= LongestReason ? reason : reason[..LongestReason]));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await SendAsync(route, request, ct);
        if (!answer.IsDone)
            Log.NotDone(log, route.Method, route.Template, answer.Outcome, answer.Problem);
        return answer;
    }

    private async Task<DiscordAnswer> SendAsync(DiscordRoute route, HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            var answer = DiscordAnswer.Of(response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token), RetryAfter(response));
            limits.Learn(route, (int)response.StatusCode, response.Headers, answer);
            return answer;
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            // It did not get as far as being asked.
            return DiscordAnswer.Without(DiscordOutcome.Transient, problem.HttpRequestError.ToString());
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return DiscordAnswer.Without(DiscordOutcome.Unknown, problem is OperationCanceledException ? "timeout" : "cut");
        }
    }

    // Seconds, and not always whole ones, which .NET's own reader would not take.
    private static Duration? RetryAfter(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values) && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
            ? Duration.FromSeconds(seconds) : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Discord's {Method} {Route} was not done ({Outcome}): {Problem}")]
        public static partial void NotDone(ILogger log, HttpMethod method, string route, DiscordOutcome outcome, string? problem);
    }
}
