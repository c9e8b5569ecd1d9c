using System.Data.Common;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Finds a recent title that is nearly the same.</summary>
/// <remarks>
/// Likeness cannot be asked of a database, so the titles of the last days are kept in memory. Numbers are given in order of commit,
/// so all that is new stands after the highest number known; what is found is checked against the database. What a transaction
/// has read of its own writes is known to that transaction alone until it is committed.
/// </remarks>
public sealed class RecentTitles(PointsPolicy policy)
{
    private readonly Lock guard = new();
    private readonly Dictionary<(int Community, string Kind), Kept> kept = [];

    /// <summary>The number of a claim of the same kind, still standing, with nearly the same title; null where there is none.</summary>
    public async Task<int?> FindAsync(Work work, string kind, string title, Instant now, CancellationToken ct)
    {
        var since = now - Duration.FromDays(policy.SimilarDays);
        var known = await KnownAsync(work, kind, since, ct);
        var profile = new TitleProfile(title);
        var search = new TitleSearch(profile, policy.SimilarPercent);
        for (var index = known.Next(search, 0); index >= 0; index = known.Next(search, index + 1))
        {
            var candidate = known[index];
            if (candidate.At >= since
                && Similarity.Of(candidate.Profile.Text, profile.Text) >= policy.SimilarPercent
                && await StandsAsync(work, candidate.Number, ct))
                return candidate.Number;
        }

        return null;
    }

    private async Task<KnownTitles> KnownAsync(Work work, string kind, Instant since, CancellationToken ct)
    {
        var key = (work.CommunityId, kind);
        var transaction = work.Sql.Transaction;
        KnownTitles known;
        lock (guard)
            known = kept.GetValueOrDefault(key, Kept.Nothing).SeenBy(transaction);

        var fresh = await FreshAsync(work, kind, known.UpTo, since, ct);
        if (fresh.Count == 0)
            return known;

        lock (guard)
        {
            known = known.With(fresh, since);
            kept[key] = kept.GetValueOrDefault(key, Kept.Nothing) with { Reading = transaction, Read = known };
        }

        work.AfterCommit(() =>
        {
            lock (guard)
                kept[key] = kept[key].CommittedBy(transaction);
        });
        return known;
    }

    private static Task<List<RecentTitle>> FreshAsync(Work work, string kind, int upTo, Instant since, CancellationToken ct)
    {
        // After a start nothing is known: then those of the last days are found by their day, for numbers reach back to the beginning.
        var day = since.InUtc().Date.PlusDays(-1);
        return work.Sql.ListAsync(
            upTo == 0
                ? $"select number, title, at from claims where community_id = {work.CommunityId} and kind = {kind} and day >= {day} and at >= {since} and title is not null order by number"
                : (Statement)$"select number, title, at from claims where community_id = {work.CommunityId} and number > {upTo} and kind = {kind} and at >= {since} and title is not null order by number",
            row => new RecentTitle(row.Int(0), new TitleProfile(row.Text(1)), row.Instant(2)), ct);
    }

    private static async Task<bool> StandsAsync(Work work, int number, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"select 1 from claims where community_id = {work.CommunityId} and number = {number} and state in ({ClaimState.Counted}, {ClaimState.Waiting}) and title is not null", ct) == 1;

    private sealed record Kept(KnownTitles Committed, DbTransaction? Reading, KnownTitles Read)
    {
        public static Kept Nothing { get; } = new(KnownTitles.None, null, KnownTitles.None);

        public KnownTitles SeenBy(DbTransaction? transaction) => Reading is not null && Reading == transaction ? Read : Committed;

        public Kept CommittedBy(DbTransaction? transaction) => Reading == transaction ? new(Read, null, KnownTitles.None) : this;
    }
}
