using System.Collections.Concurrent;
using System.Threading.Channels;
using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Works through the inbox: what one account said in its order, accounts beside each other, what a crash left behind first.</summary>
public sealed partial class InboxWorker(Inbox inbox, CommandRunner runner, Communities communities, TimeProvider time, ILogger<InboxWorker> log)
{
    private const int LaneCount = 64;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly Duration Forgotten = Duration.FromSeconds(30);

    private readonly Channel<Received>[] lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => Channel.CreateUnbounded<Received>(new() { SingleReader = true }))];

    // A row that waits is not queued again, however often a long backlog is looked at.
    private readonly ConcurrentDictionary<long, bool> queued = new();

    /// <summary>Stores an event and hands it on. Returns once it is safe to acknowledge it.</summary>
    public async Task<Received?> AcceptAsync(Incoming said, CancellationToken ct)
    {
        var received = await inbox.AcceptAsync(said, ct);
        if (received is not null)
            Enqueue(received);
        return received;
    }

    /// <summary>Hands on an event that is stored already.</summary>
    public void Enqueue(Received received)
    {
        if (queued.TryAdd(received.Id, true))
            lanes[(uint)received.Said.From.GetHashCode() % LaneCount].Writer.TryWrite(received);
    }

    /// <summary>Works until stopped; what is under way is finished first, and what still waits is safe in its row.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await RecoverAsync(Duration.Zero, ct);
        var workers = lanes.Select(lane => WorkAsync(lane.Reader, ct)).ToList();
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(LookAgain, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested)
                await RecoverAsync(Forgotten, ct);
        }

        foreach (var lane in lanes)
            lane.Writer.TryComplete();
        await Task.WhenAll(workers);
    }

    /// <summary>Does what the process before this one left undone, one after the other; for verbs that go step by step.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        foreach (var community in communities.Ids)
        {
            await foreach (var received in inbox.UnfinishedAsync(community, Duration.Zero, ct))
            {
                await DoAsync(received);
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task RecoverAsync(Duration age, CancellationToken ct)
    {
        try
        {
            foreach (var community in communities.Ids)
            {
                await foreach (var received in inbox.UnfinishedAsync(community, age, ct))
                    Enqueue(received);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The process stops; what was not handed on is safe in its row.
        }
        catch (Exception problem)
        {
            Log.RecoveryFailed(log, problem);
        }
    }

    private async Task WorkAsync(ChannelReader<Received> lane, CancellationToken ct)
    {
        await foreach (var received in lane.ReadAllAsync(CancellationToken.None))
        {
            if (ct.IsCancellationRequested)
                return;
            await DoAsync(received);
            queued.TryRemove(received.Id, out _);
        }
    }

    private async Task DoAsync(Received received)
    {
        try
        {
            await runner.RunAsync(received, CancellationToken.None);
        }
        catch (OutcomeUnknown unknown)
        {
            // The row itself says whether it is done; it is looked at again by its key.
            Log.Unknown(log, received.Id, unknown);
        }
        catch (Exception problem)
        {
            await FailAsync(received, problem);
        }
    }

    private async Task FailAsync(Received received, Exception problem)
    {
        Log.Failed(log, received.Id, problem);
        try
        {
            if (await inbox.FailAsync(received, CancellationToken.None))
                Log.Parked(log, received.Id);
        }
        catch (Exception second)
        {
            Log.Failed(log, received.Id, second);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Row {Id} of the inbox failed and will be tried again")]
        public static partial void Failed(ILogger log, long id, Exception problem);

        [LoggerMessage(LogLevel.Error, "Row {Id} of the inbox failed too often and was put aside; its text is kept there")]
        public static partial void Parked(ILogger log, long id);

        [LoggerMessage(LogLevel.Warning, "Whether row {Id} of the inbox was done is unknown; it will be looked at again")]
        public static partial void Unknown(ILogger log, long id, Exception problem);

        [LoggerMessage(LogLevel.Warning, "Looking for unfinished rows of the inbox failed")]
        public static partial void RecoveryFailed(ILogger log, Exception problem);
    }
}
