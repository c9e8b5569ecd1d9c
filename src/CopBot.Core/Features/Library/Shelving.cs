using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Library;

/// <summary>
/// Enters what has changed into SQLite's index, many at once: each by itself would cost as much as all the rest of logging it. Whoever searches enters
/// what is left first, so nothing is ever found late. PostgreSQL does it as it stores.
/// </summary>
public sealed class Shelving(Work work, TimeProvider time) : IDueWork
{
    private const int AtOnce = 500;

    // Enough to be worth it before anybody searches.
    private const int Worthwhile = 100;

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        work.Product == "sqlite" && await work.Sql.ScalarAsync<int>($"select count(*) from (select 1 from library_changes where community_id = {work.CommunityId} limit {Worthwhile})", ct) == Worthwhile
            ? [new(Instant.FromDateTimeOffset(time.GetUtcNow()), "shelve")]
            : [];

    public Task RunAsync(Due due, Instant now, CancellationToken ct) => EnterAsync(AtOnce, ct);

    /// <summary>Enters all that is left.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        while (work.Product == "sqlite" && await EnterAsync(AtOnce, ct) == AtOnce)
        {
        }
    }

    private async Task<int> EnterAsync(int most, CancellationToken ct)
    {
        var numbers = await work.Sql.ListAsync($"select number from library_changes where community_id = {work.CommunityId} order by number limit {most}", row => row.Int(0), ct);
        if (numbers.Count == 0)
            return 0;
        var (first, last) = (numbers[0], numbers[^1]);
        await work.Sql.ExecuteAsync(
            $"delete from library_index where rowid in (select community_id * 4294967296 + number from library_changes where community_id = {work.CommunityId} and number between {first} and {last})", ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into library_index (rowid, title, topic, rest, format, author)
            select c.community_id * 4294967296 + c.number, c.title, coalesce(c.topic, ''), coalesce(c.hypothesis, '') || ' ' || coalesce(c.learned, '') || ' ' || coalesce(c.next_step, ''), coalesce(c.format, ''), lower(hex(c.author_id))
            from library_changes l join claims c on c.community_id = l.community_id and c.number = l.number
            where l.community_id = {work.CommunityId} and l.number between {first} and {last} and c.state in (0, 1) and c.flagged_by is null and c.title is not null
            """, ct);
        await work.Sql.ExecuteAsync($"delete from library_changes where community_id = {work.CommunityId} and number between {first} and {last}", ct);
        return numbers.Count;
    }
}
