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

    // An adapter has to acknowledge within seconds: what comes on top of so many is only stored, and done afterwards.
    private const int MostAtOnce = 1024;

    private readonly Lane[] lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => new Lane())];
    private int atOnce;

    /// <summary>Stores an event and does it at once or hands it on. Returns once it is safe to acknowledge it.</summary>
    public async Task<Received?> AcceptAsync(Incoming said, CancellationToken ct)
    {
        var received = await StoreAsync(said, ct);
        if (received is { Done: false })
            Enqueue(received);
        return received;
    }

    /// <summary>Hands on an event that is stored already.</summary>
    public void Enqueue(Received received) => LaneOf(received.Said).Add(received);

    /// <summary>Works until stopped; what is under way is finished first, and what still waits is safe in its row.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await RecoverAsync(Duration.Zero, ct);
        var workers = lanes.Select(lane => WorkAsync(lane, ct)).ToList();
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(LookAgain, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested)
                await RecoverAsync(Forgotten, ct);
        }

        foreach (var lane in lanes)
            lane.Complete();
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

    private Lane LaneOf(Incoming said) => lanes[(uint)said.From.GetHashCode() % LaneCount];

    // What an account said before comes first: while anything waits in its lane, the next waits behind it.
    private async Task<Received?> StoreAsync(Incoming said, CancellationToken ct)
    {
        if (!LaneOf(said).IsEmpty || Volatile.Read(ref atOnce) >= MostAtOnce)
            return await inbox.AcceptAsync(said, ct);

        Interlocked.Increment(ref atOnce);
        try
        {
            return await runner.AcceptAsync(said, ct);
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
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

    private async Task WorkAsync(Lane lane, CancellationToken ct)
    {
        await foreach (var received in lane.ReadAllAsync())
        {
            if (ct.IsCancellationRequested)
                return;
            await DoAsync(received);
            lane.Settle(received);
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

    // What some accounts said, in its order. A row that is held is not queued again, however often a long backlog is looked at.
    private sealed class Lane
    {
        private readonly Channel<Received> waiting = Channel.CreateUnbounded<Received>(new() { SingleReader = true });
        private readonly ConcurrentDictionary<long, bool> held = new();

        public bool IsEmpty => held.IsEmpty;

        public void Add(Received received)
        {
            if (held.TryAdd(received.Id, true))
                waiting.Writer.TryWrite(received);
        }

        public IAsyncEnumerable<Received> ReadAllAsync() => waiting.Reader.ReadAllAsync(CancellationToken.None);

        public void Settle(Received received) => held.TryRemove(received.Id, out _);

        public void Complete() => waiting.Writer.TryComplete();
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
