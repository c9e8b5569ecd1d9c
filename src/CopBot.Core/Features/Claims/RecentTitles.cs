using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Finds a recent title that is nearly the same.</summary>
/// <remarks>
/// Likeness cannot be asked of a database, so the titles of the last days are kept in memory. Numbers are given in order of commit,
/// so all that is new stands after the highest number known; what is found is checked against the database.
/// </remarks>
public sealed class RecentTitles(PointsPolicy policy)
{
    private readonly Lock guard = new();
    private readonly Dictionary<(int Community, string Kind), Known> kept = [];

    /// <summary>The number of a claim of the same kind, still standing, with nearly the same title; null where there is none.</summary>
    public async Task<int?> FindAsync(Work work, string kind, string title, Instant now, CancellationToken ct)
    {
        var since = now - Duration.FromDays(policy.SimilarDays);
        Known known;
        lock (guard)
            known = kept.GetValueOrDefault((work.CommunityId, kind), Known.Nothing);

        var fresh = await work.Sql.ListAsync(
            $"select number, title, at from claims where community_id = {work.CommunityId} and number > {known.UpTo} and kind = {kind} and at >= {since} and title is not null order by number",
            row => new Titled(row.Int(0), new TitleProfile(row.Text(1)), row.Instant(2)), ct);
        if (fresh.Count > 0)
            work.AfterCommit(() => Keep(work.CommunityId, kind, fresh, since));

        var profile = new TitleProfile(title);
        for (var index = 0; index < known.Count + fresh.Count; index++)
        {
            var candidate = index < known.Count ? known.Items[index] : fresh[index - known.Count];
            if (candidate.At >= since
                && candidate.Profile.MayBeLike(profile, policy.SimilarPercent)
                && Similarity.Of(candidate.Profile.Text, profile.Text) >= policy.SimilarPercent
                && await StandsAsync(work, candidate.Number, ct))
                return candidate.Number;
        }

        return null;
    }

    private static async Task<bool> StandsAsync(Work work, int number, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"select 1 from claims where community_id = {work.CommunityId} and number = {number} and state in ({ClaimState.Counted}, {ClaimState.Waiting}) and title is not null", ct) == 1;

    private void Keep(int community, string kind, List<Titled> fresh, Instant since)
    {
        lock (guard)
            kept[(community, kind)] = kept.GetValueOrDefault((community, kind), Known.Nothing).With(fresh, since);
    }

    private sealed record Titled(int Number, TitleProfile Profile, Instant At);

    // Only what is beyond Count is ever written, so a snapshot that somebody still reads stays as it was.
    private sealed record Known(Titled[] Items, int Count)
    {
        public static Known Nothing { get; } = new([], 0);

        public int UpTo => Count == 0 ? 0 : Items[Count - 1].Number;

        public Known With(List<Titled> fresh, Instant since)
        {
            var later = fresh.Where(title => title.Number > UpTo).ToList();
            var (items, count) = (Items, Count);
            if (count + later.Count > items.Length)
            {
                var recent = items.Take(count).Where(title => title.At >= since).ToList();
                items = new Titled[Math.Max(64, (recent.Count + later.Count) * 2)];
                recent.CopyTo(items);
                count = recent.Count;
            }

            later.CopyTo(items, count);
            return new(items, count + later.Count);
        }
    }
}
