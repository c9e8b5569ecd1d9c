using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Brings events, commands and interactions to the bot, over a socket or signed over HTTP, and repeats events as Slack does.</summary>
internal sealed class SlackDispatcher(SlackServer server) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private sealed record Attempt(SlackDeliveryStatus Status, string Reason, JsonNode? Ack = null, string EnvelopeId = "", TimeSpan After = default, int HttpStatus = 0, bool NoRetry = false);

    public void Dispose() => http.Dispose();

    public async Task<SlackDelivery> SendAsync(SlackKind kind, JsonObject payload, SlackDisturbance disturbance)
    {
        if (disturbance.Delay > TimeSpan.Zero)
            await Task.Delay(disturbance.Delay, TimeProvider.System);
        // Only events are repeated: a command or a click that fails is shown to the person as failed.
        var delays = kind == SlackKind.Event ? disturbance.RetryDelays ?? server.RetryDelays : [];
        var (attempts, result) = (0, new Attempt(SlackDeliveryStatus.NoReceiver, ""));
        for (var retry = 0; retry <= delays.Count; retry++)
        {
            if (retry > 0)
                await Task.Delay(delays[retry - 1], TimeProvider.System);
            var reason = result.Reason;
            if (retry < disturbance.Lost)
                result = new(SlackDeliveryStatus.TimedOut, "timeout");
            else
                result = await CopiesAsync(kind, payload, retry == disturbance.Lost ? disturbance.Copies : 1, retry, reason, disturbance);
            attempts += retry == disturbance.Lost ? disturbance.Copies : 1;
            if (result.Status == SlackDeliveryStatus.Acknowledged && retry < disturbance.Lost + disturbance.AcksLost && retry < delays.Count)
                result = result with { Status = SlackDeliveryStatus.TimedOut, Reason = "timeout" };
            if (result.Status == SlackDeliveryStatus.Acknowledged || result.NoRetry)
                break;
        }
        return new(result.Status)
        {
            EnvelopeId = result.EnvelopeId,
            EventId = (string?)payload["event_id"] ?? "",
            Ack = result.Ack,
            AckAfter = result.After,
            Attempts = attempts,
            HttpStatus = result.HttpStatus,
            Trigger = (string?)payload["trigger_id"] ?? "",
            ResponseUrl = (string?)payload["response_url"] ?? "",
        };
    }

    public async Task<SlackDelivery> VerifyUrlAsync()
    {
        var challenge = SlackKeys.Secret(20);
        var payload = new JsonObject { ["token"] = server.VerificationToken, ["challenge"] = challenge, ["type"] = "url_verification" };
        var result = await PostAsync(SlackKind.Event, payload, 0, "", SlackDisturbance.None);
        var said = result.Ack is JsonObject answer ? (string?)answer["challenge"] ?? (string?)answer["text"] : null;
        return new(result.Status == SlackDeliveryStatus.Acknowledged && said != challenge ? SlackDeliveryStatus.Failed : result.Status) { Ack = result.Ack, HttpStatus = result.HttpStatus, Attempts = 1 };
    }

    private async Task<Attempt> CopiesAsync(SlackKind kind, JsonObject payload, int copies, int retry, string reason, SlackDisturbance disturbance)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => server.EventsUrl is null ? OverSocketAsync(kind, payload, retry, reason) : PostAsync(kind, payload, retry, reason, disturbance)));
        return Array.Find(all, attempt => attempt.Status == SlackDeliveryStatus.Acknowledged && attempt.Ack is not null) ?? Array.Find(all, attempt => attempt.Status == SlackDeliveryStatus.Acknowledged) ?? all[0];
    }

    private async Task<Attempt> OverSocketAsync(SlackKind kind, JsonObject payload, int retry, string reason)
    {
        if (server.Linked.Any() is not { } socket)
            return new(SlackDeliveryStatus.NoReceiver, "connection_failed");
        var id = Guid.CreateVersion7().ToString();
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["payload"] = payload.DeepClone(),
            ["accepts_response_payload"] = kind != SlackKind.Event,
            ["type"] = kind switch { SlackKind.Event => "events_api", SlackKind.SlashCommand => "slash_commands", _ => "interactive" },
        };
        if (kind == SlackKind.Event)
            (envelope["retry_attempt"], envelope["retry_reason"]) = (retry, reason);
        var began = TimeProvider.System.GetTimestamp();
        var (acked, answer) = await socket.AskAsync(envelope, server.AckTimeout);
        return acked ? new(SlackDeliveryStatus.Acknowledged, "", answer, id, TimeProvider.System.GetElapsedTime(began)) : new(SlackDeliveryStatus.TimedOut, "timeout", EnvelopeId: id);
    }

    private async Task<Attempt> PostAsync(SlackKind kind, JsonObject payload, int retry, string reason, SlackDisturbance disturbance)
    {
        var body = Body(kind, payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, kind switch { SlackKind.SlashCommand => server.CommandsUrl, SlackKind.Interactive => server.InteractionsUrl, _ => null } ?? server.EventsUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(kind == SlackKind.Event ? "application/json" : "application/x-www-form-urlencoded");
        var time = (disturbance.SignedAt ?? server.Clock.GetUtcNow()).ToUnixTimeSeconds();
        request.Headers.Add("X-Slack-Request-Timestamp", time.ToString(CultureInfo.InvariantCulture));
        if (disturbance.SignedWith is not "")
            request.Headers.Add("X-Slack-Signature", SlackKeys.Sign(disturbance.SignedWith ?? server.SigningSecret, time, body));
        request.Headers.UserAgent.ParseAdd("Slackbot/1.0");
        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", reason == "timeout" ? "http_timeout" : reason);
        }
        using var patience = new CancellationTokenSource(server.AckTimeout, TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            var status = (int)response.StatusCode;
            var noRetry = response.Headers.TryGetValues("X-Slack-No-Retry", out var values) && values.Contains("1");
            return response.IsSuccessStatusCode
                ? new(SlackDeliveryStatus.Acknowledged, "", Parsed(text), "", TimeProvider.System.GetElapsedTime(began), status)
                : new(SlackDeliveryStatus.Failed, "http_error", null, "", default, status, noRetry);
        }
        catch (OperationCanceledException)
        {
            return new(SlackDeliveryStatus.TimedOut, "timeout");
        }
        catch (HttpRequestException)
        {
            return new(SlackDeliveryStatus.NoReceiver, "connection_failed");
        }
    }

    private static byte[] Body(SlackKind kind, JsonObject payload) => kind switch
    {
        SlackKind.Event => Encoding.UTF8.GetBytes(payload.ToJsonString()),
        SlackKind.SlashCommand => Encoding.UTF8.GetBytes(string.Join('&', payload.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : field.Value?.ToJsonString() ?? "")}"))),
        _ => Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(payload.ToJsonString())}"),
    };

    /// <summary>Nothing, JSON, or a plain text, which is a reply to a command.</summary>
    private static JsonNode? Parsed(string text)
    {
        if (text.Trim().Length == 0)
            return null;
        try
        {
            return JsonNode.Parse(text) is JsonObject { Count: > 0 } answer ? answer : null;
        }
        catch (JsonException)
        {
            return new JsonObject { ["text"] = text };
        }
    }
}
