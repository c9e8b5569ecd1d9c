using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>
/// Asks the platforms to make something of theirs what the database says: outside any transaction, time and again, until it is done. The whole is set
/// each time, so a crash in the middle, a lost answer or a change by hand is mended by the next time.
/// </summary>
/// <typeparam name="TSync">The port of the platforms that have such a thing.</typeparam>
/// <typeparam name="TDue">What is noted of one thing on one platform.</typeparam>
public abstract partial class SyncWorker<TSync, TDue>(Store store, Communities communities, IEnumerable<TSync> syncs, TimeProvider time, ILogger log)
{
    private const int MostTries = 6;
    /// <summary>After so many tries in vain in a row whoever leads is told that something waits.</summary>
    protected const int ToldAfter = 4;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>For how long nobody else asks while one process does.</summary>
    protected static Duration Lease { get; } = Duration.FromMinutes(2);

    /// <summary>Goes on until stopped; returns at once where no platform has such things.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (syncs.Any() && !ct.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(ct);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.Failed(log, problem);
            }

            await Task.Delay(LookAgain, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks for everything that is due.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        if (!syncs.Any())
            return;
        foreach (var community in communities.Ids)
        {
            await PrepareAsync(community, ct);
            foreach (var sync in syncs)
            {
                foreach (var due in await store.ReadAsync(community, (work, at) => DueAsync(work, sync, at), ct))
                    await AskAsync(community, sync, due, ct);
            }
        }
    }

    /// <summary>Finds what has to change and was not noted by whoever changed it.</summary>
    protected virtual Task PrepareAsync(int community, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What is due on one platform.</summary>
    protected abstract Task<List<TDue>> DueAsync(Work work, TSync sync, CancellationToken ct);

    /// <summary>Asks for one of them and notes the answer.</summary>
    protected abstract Task AskAsync(int community, TSync sync, TDue due, CancellationToken ct);

    /// <summary>Tells the leads what a platform refuses.</summary>
    protected static async Task TellLeadsAsync(Work work, Message says, CancellationToken ct)
    {
        foreach (var lead in await work.Get<Leads>().ListAsync(ct))
            await work.Get<Outbox>().TellAsync(lead, says, ct);
    }

    /// <summary>Whether this was the try in vain, about a quarter of an hour after the first, after which whoever leads is told that it waits.</summary>
    protected static bool IsToldOf(SyncOutcome outcome, int tries) => outcome.Kind == SyncOutcomeKind.Later && tries + 1 == ToldAfter;

    /// <summary>How long to wait before asking again after so many tries in a row: as the platform asked, or longer each time, up to an hour.</summary>
    protected static Duration Pause(SyncOutcome outcome, int tries) => outcome.RetryAfter ?? Duration.FromMinutes(1 << Math.Min(tries, MostTries));

    protected Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Looking after groups or events failed; it goes on in a moment")]
        public static partial void Failed(ILogger log, Exception problem);
    }
}
