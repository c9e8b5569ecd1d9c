using CopBot.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Runs what has fallen due, in order, each at its own instant.</summary>
public sealed partial class DueWorker(Store store, Communities communities, TimeProvider time, ILogger<DueWorker> log)
{
    // A clock may be set: never wait longer than this before looking again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await NextAsync(ct) is { } next && next <= Now())
                    await RunAsync(next, ct);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.Failed(log, problem);
            }

            await Task.Delay(LongestWait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The next instant at which any community has something to do.</summary>
    public async Task<Instant?> NextAsync(CancellationToken ct)
    {
        Instant? earliest = null;
        foreach (var community in communities.Ids)
        {
            var next = await store.ReadAsync(community, async (work, token) =>
            {
                Instant? first = null;
                foreach (var due in work.Get<IEnumerable<IDueWork>>())
                {
                    if (await due.NextAsync(token) is { } at && (first is null || at < first))
                        first = at;
                }

                return first;
            }, ct);
            if (next is not null && (earliest is null || next < earliest))
                earliest = next;
        }

        return earliest;
    }

    /// <summary>Runs what is due at an instant in every community.</summary>
    public async Task RunAsync(Instant due, CancellationToken ct)
    {
        foreach (var community in communities.Ids)
        {
            await store.WriteAsync(community, async (work, token) =>
            {
                foreach (var one in work.Get<IEnumerable<IDueWork>>())
                {
                    if (await one.NextAsync(token) <= due)
                        await one.RunAsync(due, token);
                }
            }, ct);
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Work that was due failed; it is tried again within 30 seconds")]
        public static partial void Failed(ILogger log, Exception problem);
    }
}
