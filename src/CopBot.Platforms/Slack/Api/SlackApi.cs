using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Slack.Api;

/// <summary>
/// Slack's Web API, as far as the bot needs it. It never throws for what Slack answers or fails to answer: the answer's class says it. Tokens go
/// into the header alone, and neither they nor what is sent is ever logged.
/// </summary>
public sealed partial class SlackApi(HttpClient http, SlackSettings settings, Pacer pacer, ILogger<SlackApi> log)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <summary>Calls a method.</summary>
    /// <param name="token">The token of the workspace or the app; its own allowance is what the method's rate counts against. Null for methods that prove themselves in their arguments.</param>
    /// <param name="args">Arguments by their documented names.</param>
    public async Task<SlackAnswer> CallAsync(SlackMethod method, string? token, JsonObject args, CancellationToken ct)
    {
        var key = $"{method.Name} {token?.GetHashCode()}";
        var wait = pacer.Take(key, method.PerMinute / 60.0, Math.Max(2, method.PerMinute / 2));
        if (wait > Duration.Zero)
            return SlackAnswer.Without(SlackOutcome.RateLimited, "paced", wait);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiBase, method.Name)) { Content = ContentOf(method, args) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await SendAsync(request, ct);
        if (!method.PerChannel && answer is { Outcome: SlackOutcome.RateLimited, RetryAfter: { } rest })
            pacer.Rest(key, rest);
        if (!answer.IsDone)
            Log.NotDone(log, method.Name, answer.Outcome, answer.Error);
        return answer;
    }

    /// <summary>Answers by the address that a payload brought along; it says nothing but <c>ok</c>.</summary>
    public async Task<SlackAnswer> RespondAsync(Uri address, JsonObject message, CancellationToken ct)
    {
        if (!settings.Trusts(address))
            return SlackAnswer.Without(SlackOutcome.Permanent, "address_not_slacks");

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") };
        var answer = await SendAsync(request, ct);

        // Where all is well Slack answers with the bare word “ok”, or with nothing.
        return answer is { Outcome: SlackOutcome.Unknown, Error: SlackAnswer.Bare } ? answer with { Outcome = SlackOutcome.Done, Error = null } : answer;
    }

    private async Task<SlackAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            var answer = SlackAnswer.Of(response.StatusCode, body, response.Headers.RetryAfter?.Delta) with { At = response.Headers.Date };
            if (answer.IsDone && response.Headers.TryGetValues("x-oauth-scopes", out var scopes))
                answer.Body["granted_scopes"] = string.Join(',', scopes);
            return answer;
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            // It did not get as far as being asked.
            return SlackAnswer.Without(SlackOutcome.Transient, problem.HttpRequestError.ToString());
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return SlackAnswer.Without(SlackOutcome.Unknown, problem is OperationCanceledException ? "timeout" : "cut");
        }
    }

    private static HttpContent ContentOf(SlackMethod method, JsonObject args) =>
        method.Json
            ? new StringContent(args.ToJsonString(), Encoding.UTF8, "application/json")
            : new FormUrlEncodedContent(args.Where(arg => arg.Value is not null).Select(arg => KeyValuePair.Create(arg.Key, TextOf(arg.Value!))));

    private static string TextOf(JsonNode value) => value switch
    {
        JsonValue plain when plain.GetValueKind() == JsonValueKind.String => plain.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack's {Method} was not done ({Outcome}): {Error}")]
        public static partial void NotDone(ILogger log, string method, SlackOutcome outcome, string? error);
    }
}
