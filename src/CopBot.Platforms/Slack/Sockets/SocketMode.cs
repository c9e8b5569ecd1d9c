using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Intake;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Slack.Sockets;

/// <summary>
/// Socket Mode: some connections side by side, so that one can be replaced while another takes what comes. Each payload comes over one of them at
/// random and is acknowledged once it is stored; what is not acknowledged Slack sends again.
/// </summary>
public sealed partial class SocketMode(SlackSettings settings, SlackApi api, SlackIntake intake, TimeProvider time, ILogger<SocketMode> log) : IDisposable
{
    /// <summary>How many connections are kept; Slack allows ten (https://docs.slack.dev/apis/events-api/using-socket-mode).</summary>
    public const int Connections = 2;

    private const int MostAtOnce = 512;
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // A network that cuts everything off soon: away for long, the bot would miss even what Slack sends again.
    private static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RefusedWait = TimeSpan.FromMinutes(2);

    // What the old connection still brings while the new one is there already.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim room = new(MostAtOnce);
    private int open;

    /// <summary>How many connections are up now.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Keeps the connections until stopped, and finishes what is under way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => KeepAsync(ct)));
        for (var taken = 0; taken < MostAtOnce; taken++)
            await room.WaitAsync(CancellationToken.None);
    }

    public void Dispose() => room.Dispose();

    private async Task KeepAsync(CancellationToken ct)
    {
        var (failures, cuts) = (0, 0);
        SlackSocket? before = null;
        Task? retiring = null;
        while (!ct.IsCancellationRequested)
        {
            var (socket, wait) = await ConnectAsync(ct);
            if (socket is null)
            {
                // The one before goes on for as long as Slack lets it.
                await WaitAsync(wait ?? Backoff(failures++, LongestWait), ct);
                continue;
            }

            failures = 0;
            if (before is not null)
                retiring = RetireAsync(before, Overlap);
            var began = time.GetUtcNow();

            var reason = await socket.Leaving.WaitAsync(ct).ContinueWith(left => left.IsCompletedSuccessfully ? left.Result : "stopped", CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            Interlocked.Decrement(ref open);
            before = socket;
            if (reason == "link_disabled")
            {
                Log.SwitchedOff(log);
                await WaitAsync(RefusedWait, ct);
            }
            else if (time.GetUtcNow() - began < Lasts && reason is not ("warning" or "refresh_requested"))
            {
                await WaitAsync(Backoff(cuts++, LongestAway), ct);
            }
            else
            {
                cuts = 0;
            }
        }

        if (before is not null)
            await RetireAsync(before, TimeSpan.Zero);
        if (retiring is not null)
            await retiring;
    }

    private async Task<(SlackSocket? Socket, TimeSpan? Wait)> ConnectAsync(CancellationToken ct)
    {
        SlackSocket? socket = null;
        try
        {
            var answer = await api.CallAsync(SlackMethod.OpenConnection, settings.AppToken, [], ct);
            if (!answer.IsDone)
            {
                Log.NoAddress(log, answer.Error);
                return (null, answer.Outcome == SlackOutcome.Permanent ? RefusedWait : answer.RetryAfter?.ToTimeSpan());
            }

            if (!Uri.TryCreate(answer.Body.Text("url"), UriKind.Absolute, out var address) || !settings.Trusts(address))
            {
                Log.NoAddress(log, "an address that is not Slack's");
                return (null, RefusedWait);
            }

            socket = new SlackSocket();
            await socket.ConnectAsync(address, ct).WaitAsync(HelloWithin, ct);
            var connected = socket;
            _ = connected.ReceiveAsync(envelope => _ = AcceptAsync(connected, envelope), CancellationToken.None);
            await socket.Hello.WaitAsync(HelloWithin, time, ct);
            Interlocked.Increment(ref open);
            return (socket, null);
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or TimeoutException or HttpRequestException or OperationCanceledException)
        {
            if (!ct.IsCancellationRequested)
                Log.NotConnected(log, problem.Message);
            if (socket is not null)
                await socket.DisposeAsync();
            return (null, null);
        }
    }

    private async Task AcceptAsync(SlackSocket socket, JsonObject envelope)
    {
        await room.WaitAsync(CancellationToken.None);
        try
        {
            if (KindOf(envelope.Text("type")) is not { } kind || envelope.TextOrNull("envelope_id") is not { } id)
                return;

            var answer = await intake.AcceptAsync(kind, envelope.Object("payload"), CancellationToken.None);
            await socket.AcknowledgeAsync(id, envelope.Flag("accepts_response_payload") ? answer : null, CancellationToken.None);
        }
        catch (Exception problem)
        {
            // Without an acknowledgement Slack sends it again.
            Log.NotAccepted(log, problem);
        }
        finally
        {
            room.Release();
        }
    }

    private async Task RetireAsync(SlackSocket socket, TimeSpan overlap)
    {
        await Task.Delay(overlap, time).ConfigureAwait(false);
        await socket.CloseAsync();
        await socket.DisposeAsync();
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken ct) =>
        Task.Delay(wait, time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    // Twice as long each time, and never all at the same moment.
    private static TimeSpan Backoff(int failures, TimeSpan longest)
    {
        var most = Math.Min(longest.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromSeconds(most * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static SlackPayload? KindOf(string type) => type switch
    {
        "slash_commands" => SlackPayload.Command,
        "interactive" => SlackPayload.Interaction,
        "events_api" => SlackPayload.Event,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack gave no address for Socket Mode: {Error}")]
        public static partial void NoAddress(ILogger log, string? error);

        [LoggerMessage(LogLevel.Warning, "Slack could not be reached by Socket Mode: {Problem}")]
        public static partial void NotConnected(ILogger log, string problem);

        [LoggerMessage(LogLevel.Error, "Socket Mode was switched off in the app's settings; nothing that people say in Slack arrives until it is on again")]
        public static partial void SwitchedOff(ILogger log);

        [LoggerMessage(LogLevel.Error, "Something from Slack could not be stored; it was not acknowledged, so it comes again")]
        public static partial void NotAccepted(ILogger log, Exception problem);
    }
}
