using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>
/// One connection from hello to its end: heartbeats, introduction or going on, and the watch for a connection that lives and brings nothing
/// (docs.discord.com/developers/events/gateway, “Connections”).
/// </summary>
internal sealed class GatewayConnection(GatewaySocket socket, GatewayProgress progress, TimeProvider time, Func<JsonObject, Task<bool>> take, Func<JsonObject?> probe) : IAsyncDisposable
{
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(15);

    // A quiet server is no deaf connection: after so much silence the bot asks for something that comes as an event.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan EchoWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource over = new();
    private GatewayEnd? end;
    private long heard = time.GetTimestamp();
    private long? asked;
    private bool unanswered;

    /// <summary>The close code of Discord's that makes somebody change something; null otherwise.</summary>
    public int? Refusal { get; private set; }

    /// <summary>What was wrong, in a few words for the log.</summary>
    public string Reason { get; private set; } = "cut";

    /// <summary>Whether Discord said hello, and the bot so had its say.</summary>
    public bool Greeted { get; private set; }

    /// <summary>Whether it ended because the database took nothing.</summary>
    public bool Unstored { get; private set; }

    /// <summary>How many new events it brought.</summary>
    public int Brought { get; private set; }

    /// <summary>Lives until it ends. Never throws for what the network or Discord does.</summary>
    /// <param name="opening">What to say after hello: an introduction, or what to go on with.</param>
    public async Task<GatewayEnd> LiveAsync((int Op, JsonObject Data) opening, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ct);
        Task beating = Task.CompletedTask;
        try
        {
            using var patience = new CancellationTokenSource(HelloWithin, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(both.Token, patience.Token);
            if (await socket.ReceiveAsync(limit.Token) is not { } hello || Op(hello) != GatewayOp.Hello || hello.Object("d")["heartbeat_interval"]?.GetValueKind() != System.Text.Json.JsonValueKind.Number)
                return Ended(GatewayEnd.Resume, "no hello");

            heard = time.GetTimestamp();
            Greeted = true;
            beating = BeatAsync(TimeSpan.FromMilliseconds(Math.Clamp((double)hello.Object("d")["heartbeat_interval"]!, 50, 600_000)), both.Token);
            await socket.SendAsync(opening.Op, opening.Data, both.Token);
            while (await socket.ReceiveAsync(both.Token) is { } payload)
            {
                if (await TakeAsync(payload, both.Token) is { } ended)
                    return ended;
            }

            return OfClose();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return GatewayEnd.Stopping;
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or OperationCanceledException)
        {
            return end ?? (socket.CloseCode is not null ? OfClose() : Ended(GatewayEnd.Resume, problem is OperationCanceledException ? "no hello" : "cut"));
        }
        finally
        {
            await over.CancelAsync();
            await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends it, to go on over another: something that it brought could not be stored.</summary>
    public void Fail()
    {
        Unstored = true;
        Ended(GatewayEnd.Resume, "an event could not be stored");
        over.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await socket.DisposeAsync();
        over.Dispose();
    }

    private async Task<GatewayEnd?> TakeAsync(JsonObject payload, CancellationToken ct)
    {
        switch (Op(payload))
        {
            case GatewayOp.Dispatch:
                return await DispatchAsync(payload);
            case GatewayOp.Heartbeat:
                await HeartbeatAsync(ct);
                return null;
            case GatewayOp.Acknowledged:
                unanswered = false;
                return null;
            case GatewayOp.Reconnect:
                return Ended(GatewayEnd.Resume, "Discord asked for another connection");
            case GatewayOp.InvalidSession:
                return payload["d"] is JsonValue good && good.GetValueKind() == System.Text.Json.JsonValueKind.True ? Ended(GatewayEnd.Resume, "the session could not be gone on with now") : Ended(GatewayEnd.Begin, "the session is over");
            default:
                return null;
        }
    }

    private async Task<GatewayEnd?> DispatchAsync(JsonObject payload)
    {
        heard = time.GetTimestamp();
        asked = null;
        if (payload["s"] is not JsonValue number || !number.TryGetValue<long>(out var sequence))
            return null;

        var first = payload.Text("t") == "READY";
        if (!first && sequence <= progress.Last)
            return null;
        if (!first && sequence > progress.Last + 1)
            return Ended(GatewayEnd.Resume, "an event was left out");

        Brought++;
        return await take(payload) ? null : Ended(GatewayEnd.Resume, "an event could not be stored");
    }

    // The first after a part of the interval, so that not all bots beat at once when Discord comes back.
    private async Task BeatAsync(TimeSpan interval, CancellationToken ct)
    {
        var next = time.GetTimestamp() + Ticks(interval * Random.Shared.NextDouble());
        while (!ct.IsCancellationRequested)
        {
            var wait = TimeSpan.FromTicks(Math.Clamp(time.GetElapsedTime(time.GetTimestamp(), next).Ticks, 0, LookEvery.Ticks));
            await Task.Delay(wait, time, ct);
            if (await IsDeafAsync(ct))
            {
                Ended(GatewayEnd.Resume, "it lives, and brings nothing");
                break;
            }

            if (time.GetTimestamp() < next)
                continue;
            if (unanswered)
            {
                Ended(GatewayEnd.Resume, "a heartbeat was not answered");
                break;
            }

            await HeartbeatAsync(ct);
            next = time.GetTimestamp() + Ticks(interval);
        }

        if (!ct.IsCancellationRequested)
            await over.CancelAsync();
    }

    private Task<bool> HeartbeatAsync(CancellationToken ct)
    {
        unanswered = true;
        return socket.SendAsync(GatewayOp.Heartbeat, progress.Last > 0 ? progress.Last : null, ct);
    }

    private async Task<bool> IsDeafAsync(CancellationToken ct)
    {
        if (asked is { } since)
            return time.GetElapsedTime(since) > EchoWithin;
        if (time.GetElapsedTime(heard) > Silence && probe() is { } question)
        {
            asked = time.GetTimestamp();
            await socket.SendAsync(GatewayOp.RequestMembers, question, ct);
        }

        return false;
    }

    // Which code means what: docs.discord.com/developers/topics/opcodes-and-status-codes, “Gateway Close Event Codes”.
    private GatewayEnd OfClose()
    {
        switch (socket.CloseCode)
        {
            case 4004 or 4010 or 4011 or 4012 or 4013 or 4014:
                Refusal = socket.CloseCode;
                return Ended(GatewayEnd.Stop, $"closed with {socket.CloseCode}");
            case 4003 or 4007 or 4009:
                return Ended(GatewayEnd.Begin, $"closed with {socket.CloseCode}");
            default:
                return Ended(GatewayEnd.Resume, socket.CloseCode is { } code ? $"closed with {code}" : "cut, or brought what is no payload");
        }
    }

    private GatewayEnd Ended(GatewayEnd how, string reason)
    {
        if (end is null)
            (end, Reason) = (how, reason);
        return end.Value;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private static int? Op(JsonObject payload) => payload["op"] is JsonValue op && op.TryGetValue<int>(out var code) ? code : null;
}
