using System.Collections.Concurrent;
using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Runs what has fallen due, each piece in its own transaction: one that fails holds up no other.</summary>
public sealed partial class DueWorker(Store store, Communities communities, ILogger<DueWorker> log)
{
    private const int BatchSize = 256;
    private static readonly Duration FirstPause = Duration.FromSeconds(30);

    // A piece that failed is left alone for a while; until then its due time would only spin.
    private readonly ConcurrentDictionary<string, (int Failures, Instant Until)> failed = new();

    /// <summary>The next instant at which any community has something to do.</summary>
    public async Task<Instant?> NextAsync(CancellationToken ct)
    {
        Instant? earliest = null;
        foreach (var piece in await UpcomingAsync(1, ct))
        {
            var at = failed.TryGetValue(piece.Id, out var failure) ? Instant.Max(piece.Due.At, failure.Until) : piece.Due.At;
            if (earliest is null || at < earliest)
                earliest = at;
        }

        return earliest;
    }

    /// <summary>Runs everything that is due at an instant; several at a time where <paramref name="beside"/> allows it.</summary>
    public async Task RunAsync(Instant now, CancellationToken ct, int beside = 1)
    {
        while (true)
        {
            var due = (await UpcomingAsync(BatchSize, ct)).Where(piece => piece.Due.At <= now && (!failed.TryGetValue(piece.Id, out var failure) || failure.Until <= now)).ToList();
            if (due.Count == 0)
                return;

            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = beside, CancellationToken = ct }, async (piece, token) => await RunOneAsync(piece, now, token));
        }
    }

    // Those that failed and wait must not hide the ones behind them.
    private async Task<List<Piece>> UpcomingAsync(int limit, CancellationToken ct)
    {
        var pieces = new List<Piece>();
        foreach (var community in communities.Ids)
        {
            pieces.AddRange(await store.ReadAsync(community, async (work, token) =>
            {
                var upcoming = new List<Piece>();
                foreach (var kind in work.Get<IEnumerable<IDueWork>>())
                    upcoming.AddRange((await kind.UpcomingAsync(limit + failed.Count, token)).Select(due => new Piece(community, kind.GetType(), due)));
                return upcoming;
            }, ct));
        }

        return [.. pieces.OrderBy(piece => piece.Due.At).ThenBy(piece => piece.Kind.Name, StringComparer.Ordinal)];
    }

    private async Task RunOneAsync(Piece piece, Instant now, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(piece.Community, (work, token) => ((IDueWork)work.Get(piece.Kind)).RunAsync(piece.Due, now, token), ct);
            failed.TryRemove(piece.Id, out _);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            var failures = failed.GetValueOrDefault(piece.Id).Failures + 1;
            failed[piece.Id] = (failures, now + FirstPause * (1 << Math.Min(failures - 1, 7)));
            Log.Failed(log, piece.Id, failures, problem);
        }
    }

    private sealed record Piece(int Community, Type Kind, Due Due)
    {
        public string Id { get; } = $"{Community}/{Kind.Name}/{Due.Key}";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Piece} failed for the {Failures}. time; it is tried again later and holds up nothing else")]
        public static partial void Failed(ILogger log, string piece, int failures, Exception problem);
    }
}
