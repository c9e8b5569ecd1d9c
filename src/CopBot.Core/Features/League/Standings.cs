using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.League;

/// <summary>Reads the standings: the first few, one's own place, one's neighbours, the typical member.</summary>
public sealed class Standings(Work work)
{
    /// <summary>The best that boards may show, at most <paramref name="count"/>; tied ones share a rank.</summary>
    public async Task<IReadOnlyList<Ranked>> TopAsync(Board board, Period period, int count, CancellationToken ct)
    {
        var rows = await work.Sql.ListAsync(
            $"""
            select subject_id, points from standings
            where community_id = {work.CommunityId} and board = {board} and scope = {period.Scope} and period = {period.Number} and shown = true and points > 0
            order by points desc, subject_id limit {count}
            """, row => (Subject: row.Id(0), Points: row.Int(1)), ct);
        return Rank(rows);
    }

    /// <summary>How many boards may show.</summary>
    public async Task<int> CountAsync(Board board, Period period, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"""
            select coalesce(sum(subjects), 0) from tallies
            where community_id = {work.CommunityId} and board = {board} and scope = {period.Scope} and period = {period.Number} and shown = true and points > 0
            """, ct);

    public async Task<int> PointsAsync(Board board, Period period, Guid subject, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"""
            select points from standings
            where community_id = {work.CommunityId} and board = {board} and scope = {period.Scope} and period = {period.Number} and subject_id = {subject}
            """, ct);

    /// <summary>The rank that so many points have among those shown.</summary>
    public async Task<int> RankAsync(Board board, Period period, int points, CancellationToken ct) =>
        1 + await work.Sql.ScalarAsync<int>(
            $"""
            select coalesce(sum(subjects), 0) from tallies
            where community_id = {work.CommunityId} and board = {board} and scope = {period.Scope} and period = {period.Number} and shown = true and points > {points}
            """, ct);

    /// <summary>The two next above and the two next below, best first; the person is not among them.</summary>
    public async Task<(IReadOnlyList<Ranked> Above, IReadOnlyList<Ranked> Below)> NeighboursAsync(Period period, PersonId person, int points, CancellationToken ct)
    {
        var above = await work.Sql.ListAsync(
            $"""
            select subject_id, points from standings
            where community_id = {work.CommunityId} and board = 0 and scope = {period.Scope} and period = {period.Number} and shown = true and points > {points}
            order by points, subject_id desc limit 2
            """, row => (Subject: row.Id(0), Points: row.Int(1)), ct);
        var below = await work.Sql.ListAsync(
            $"""
            select subject_id, points from standings
            where community_id = {work.CommunityId} and board = 0 and scope = {period.Scope} and period = {period.Number} and shown = true and points <= {points} and points > 0 and subject_id <> {person}
            order by points desc, subject_id limit 2
            """, row => (Subject: row.Id(0), Points: row.Int(1)), ct);
        above.Reverse();
        return (await RankEachAsync(period, above, ct), await RankEachAsync(period, below, ct));
    }

    /// <summary>The points of the middle one of all who have points in the period, whether shown or not; null when nobody has.</summary>
    public async Task<(decimal Median, int Active)?> TypicalAsync(Period period, CancellationToken ct)
    {
        var tallies = await work.Sql.ListAsync(
            $"""
            select points, sum(subjects) from tallies
            where community_id = {work.CommunityId} and board = 0 and scope = {period.Scope} and period = {period.Number} and points > 0 and subjects > 0
            group by points order by points
            """, row => (Points: row.Int(0), People: row.Int(1)), ct);
        var active = tallies.Sum(tally => tally.People);
        return active == 0 ? null : ((At((active - 1) / 2) + At(active / 2)) / 2m, active);

        int At(int index)
        {
            foreach (var (points, people) in tallies)
            {
                if (index < people)
                    return points;
                index -= people;
            }

            throw new InvalidOperationException("the tallies do not add up");
        }
    }

    /// <summary>Sums one kind from the ledger; only the whole is kept ready.</summary>
    public async Task<IReadOnlyList<Ranked>> OfKindAsync(Board board, Period period, string kind, CancellationToken ct)
    {
        var (from, until) = period.Days;
        var rows = board == Board.People
            ? await work.Sql.ListAsync(
                $"""
                select l.person_id, sum(l.points) from ledger l join people p on p.id = l.person_id
                where l.community_id = {work.CommunityId} and l.kind = {kind} and l.day >= {from} and l.day < {until} and ({period.Scope} <> 3 or l.season = {period.Number}) and p.privacy in (0, 1) and p.erased_at is null
                group by l.person_id having sum(l.points) > 0 order by 2 desc, 1
                """, row => (Subject: row.Id(0), Points: row.Int(1)), ct)
            : await work.Sql.ListAsync(
                $"""
                select squad_id, sum(points) from ledger
                where community_id = {work.CommunityId} and kind = {kind} and day >= {from} and day < {until} and ({period.Scope} <> 3 or season = {period.Number}) and squad_id is not null
                group by squad_id having sum(points) > 0 order by 2 desc, 1
                """, row => (Subject: row.Id(0), Points: row.Int(1)), ct);
        return Rank(rows);
    }

    /// <summary>As <see cref="OfKindAsync(Board, Period, string, CancellationToken)"/>, of one person or squad, shown or not.</summary>
    public async Task<int> OfKindAsync(Board board, Period period, string kind, Guid subject, CancellationToken ct)
    {
        var (from, until) = period.Days;
        return await work.Sql.ScalarAsync<int>(board == Board.People
            ? (Statement)$"select coalesce(sum(points), 0) from ledger where community_id = {work.CommunityId} and kind = {kind} and day >= {from} and day < {until} and ({period.Scope} <> 3 or season = {period.Number}) and person_id = {subject}"
            : $"select coalesce(sum(points), 0) from ledger where community_id = {work.CommunityId} and kind = {kind} and day >= {from} and day < {until} and ({period.Scope} <> 3 or season = {period.Number}) and squad_id = {subject}", ct);
    }

    /// <summary>Gives ranks to rows in the order of their points; tied ones share a rank.</summary>
    public static IReadOnlyList<Ranked> Rank(IReadOnlyList<(Guid Subject, int Points)> rows)
    {
        var places = new List<Ranked>(rows.Count);
        foreach (var (subject, points) in rows)
            places.Add(new(places.Count > 0 && places[^1].Points == points ? places[^1].Rank : places.Count + 1, subject, points));
        return places;
    }

    private async Task<IReadOnlyList<Ranked>> RankEachAsync(Period period, List<(Guid Subject, int Points)> rows, CancellationToken ct)
    {
        var places = new List<Ranked>(rows.Count);
        foreach (var (subject, points) in rows)
            places.Add(new(await RankAsync(Board.People, period, points, ct), subject, points));
        return places;
    }
}

/// <summary>A place on a board: rank from 1, who, and with how many points.</summary>
public sealed record Ranked(int Rank, Guid Subject, int Points);
