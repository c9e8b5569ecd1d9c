using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Library;

/// <summary>What stands in the league, found by its words: the exact title first, then the word in titles, then anywhere, then what begins with it; the newest first in each.</summary>
public sealed class Shelf(Work work)
{
    // A community's numbers follow one another in the index of SQLite, each community's after the one before.
    private const long Room = 1L << 32;

    // How many of the newest PostgreSQL may walk through for a word: a millisecond's worth.
    private const int Late = 1_500;

    /// <summary>The numbers of what is found, best first, at most so many.</summary>
    /// <param name="title">What is searched for as it was written, for the exact title.</param>
    public async Task<IReadOnlyList<int>> FindAsync(SearchWords words, string? title, int most, CancellationToken ct)
    {
        var found = new List<int>();
        if (title is not null)
        {
            // The plus keeps SQLite from walking all numbers in order instead of going by the title.
            var exact = await work.Sql.ListAsync(
                $"select number, author_id, topic, format from claims where community_id = {work.CommunityId} and lower(title) = lower({title.Trim()}) and kind in ('share', 'experiment', 'win', 'failure', 'mob') and state in (0, 1) and flagged_by is null order by +number desc limit {most}",
                row => (Number: row.Int(0), Author: row.Person(1), Topic: row.TextOrNull(2), Format: row.TextOrNull(3)), ct);
            found.AddRange(exact.Where(one => words.Fits(one.Author, one.Topic, one.Format)).Select(one => one.Number));
        }

        // Whoever gives a whole title looks for that one.
        var exactly = found.Count > 0;
        if (exactly && words.Words.Count > SearchWords.Few)
            return found;
        foreach (var sought in (SearchWords?[])[words, exactly ? null : words.AsBeginnings()])
        {
            if (sought is null)
                continue;
            if (words.Words.Count > 0 && found.Count < most)
                found.AddRange((await MatchesAsync(sought, titleOnly: true, most + found.Count, ct)).Except(found).ToList());
            if (found.Count < most)
                found.AddRange((await MatchesAsync(sought, titleOnly: false, most + found.Count, ct)).Except(found).ToList());
        }

        return [.. found.Take(most)];
    }

    /// <summary>What is shown of each, in the order of the numbers given.</summary>
    public async Task<IReadOnlyList<Found>> ReadAsync(IEnumerable<int> numbers, CancellationToken ct)
    {
        var all = new List<Found>();
        foreach (var number in numbers)
        {
            if (await work.Sql.FirstAsync(
                $"""
                select c.id, c.kind, c.title, c.author_id, c.topic, c.format, c.state,
                    (select count(*) from claims u where u.about_id = c.id and u.kind = 'used' and u.state = 0)
                from claims c where c.community_id = {work.CommunityId} and c.number = {number}
                """,
                row => new Found(number, row.Text(1), row.TextOrNull(2) ?? "(erased)", row.Person(3), row.TextOrNull(4), row.TextOrNull(5), (ClaimState)row.Int(6), row.Int(7)), ct) is { } one)
            {
                all.Add(one);
            }
        }

        return all;
    }

    /// <summary>What others used most of all, most used first.</summary>
    public Task<List<int>> MostUsedAsync(int most, CancellationToken ct) => work.Sql.ListAsync(
        $"""
        select c.number from claims u join claims c on c.id = u.about_id
        where u.community_id = {work.CommunityId} and u.kind = 'used' and u.state = 0 and c.state = 0 and c.flagged_by is null and c.title is not null
        group by c.number order by count(*) desc, c.number desc limit {most}
        """, row => row.Int(0), ct);

    /// <summary>What was shared from a day on, the newest first.</summary>
    public Task<List<int>> SharedSinceAsync(LocalDate from, LocalDate until, CancellationToken ct) => work.Sql.ListAsync(
        $"""
        select number from claims where community_id = {work.CommunityId} and kind = 'share' and day >= {from} and day < {until} and state in (0, 1) and flagged_by is null and title is not null
        order by number desc
        """, row => row.Int(0), ct);

    // Each product has its own words for the same question. Both go by number, newest first, and stop as soon as there are enough.
    private Task<List<int>> MatchesAsync(SearchWords words, bool titleOnly, int most, CancellationToken ct) =>
        work.Product == "sqlite" ? SqliteMatchesAsync(words.ToFts(titleOnly), most, ct) : PostgresMatchesAsync(words.ToTsQuery(titleOnly), most, ct);

    private Task<List<int>> SqliteMatchesAsync(string sought, int most, CancellationToken ct)
    {
        var begin = work.CommunityId * Room;
        return work.Sql.ListAsync(
            $"select rowid - {begin} from library_index where library_index match {sought} and rowid between {begin} and {begin + Room - 1} order by rowid desc limit {most}",
            row => row.Int(0), ct);
    }

    // PostgreSQL takes words to be spread evenly and, left to itself, walks back through everything for two that were fashionable together years ago. So it walks
    // through the newest alone, and where they do not suffice it goes by the words, the only way that the "+ 0" leaves.
    // The words stand in a select of their own: otherwise they would be read anew for each row.
    private async Task<List<int>> PostgresMatchesAsync(string sought, int most, CancellationToken ct)
    {
        var late = await work.Sql.ListAsync(
            $"""
            select number from (select number, words from library_index where community_id = {work.CommunityId} order by number desc limit {Late}) late
            where words @@ (select cast({sought} as tsquery)) order by number desc limit {most}
            """,
            row => row.Int(0), ct);
        return late.Count == most
            ? late
            : await work.Sql.ListAsync(
                $"select number from library_index where community_id = {work.CommunityId} and words @@ (select cast({sought} as tsquery)) order by number + 0 desc limit {most}",
                row => row.Int(0), ct);
    }
}

/// <summary>One thing on the shelf.</summary>
public sealed record Found(int Number, string Kind, string Title, PersonId Author, string? Topic, string? Format, ClaimState State, int Uses);
