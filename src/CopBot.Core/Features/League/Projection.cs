using CopBot.Core.Storage;

namespace CopBot.Core.Features.League;

/// <summary>Recomputes what is kept ready from the ledger alone.</summary>
public sealed class Projection(Work work)
{
    /// <summary>Every standing as the ledger has it, in a fixed order.</summary>
    public async Task<IReadOnlyList<Standing>> ComputeAsync(CancellationToken ct)
    {
        var sums = new Dictionary<(Board Board, Scope Scope, int Period, Guid Subject), int>();
        var shown = (await work.Sql.ListAsync(
            $"select id from people where community_id = {work.CommunityId} and privacy in (0, 1) and erased_at is null and merged_into is null",
            row => row.Id(0), ct)).ToHashSet();
        var entries = await work.Sql.ListAsync(
            $"select person_id, squad_id, day, season, sum(points) from ledger where community_id = {work.CommunityId} and points <> 0 group by person_id, squad_id, day, season",
            row => (Person: row.Id(0), Squad: row.IdOrNull(1), Day: row.Date(2), Season: row.Int(3), Points: row.Int(4)), ct);
        foreach (var entry in entries)
        {
            foreach (var period in Period.NumbersOf(entry.Day, entry.Season))
            {
                Add((Board.People, period.Scope, period.Number, entry.Person), entry.Points);
                if (entry.Squad is { } squad)
                    Add((Board.Squads, period.Scope, period.Number, squad), entry.Points);
            }
        }

        return [.. sums.Select(sum => new Standing
        {
            CommunityId = work.CommunityId,
            Board = sum.Key.Board,
            Scope = sum.Key.Scope,
            Period = sum.Key.Period,
            SubjectId = sum.Key.Subject,
            Points = sum.Value,
            Shown = sum.Key.Board == Board.Squads || shown.Contains(sum.Key.Subject),
        }).OrderBy(standing => standing.Board).ThenBy(standing => standing.Scope).ThenBy(standing => standing.Period).ThenBy(standing => standing.SubjectId)];

        void Add((Board, Scope, int, Guid) key, int points) => sums[key] = sums.GetValueOrDefault(key) + points;
    }

    /// <summary>Every standing as it is kept, in the same order.</summary>
    public async Task<IReadOnlyList<Standing>> KeptAsync(CancellationToken ct) =>
        [.. (await work.Sql.ListAsync(
            $"select board, scope, period, subject_id, points, shown from standings where community_id = {work.CommunityId}",
            row => new Standing
            {
                CommunityId = work.CommunityId,
                Board = (Board)row.Int(0),
                Scope = (Scope)row.Int(1),
                Period = row.Int(2),
                SubjectId = row.Id(3),
                Points = row.Int(4),
                Shown = row.Bool(5),
            }, ct)).OrderBy(standing => standing.Board).ThenBy(standing => standing.Scope).ThenBy(standing => standing.Period).ThenBy(standing => standing.SubjectId)];

    /// <summary>What differs between the ledger and what is kept, a line each; none when all is well.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(CancellationToken ct)
    {
        var computed = (await ComputeAsync(ct)).ToDictionary(Key);
        var kept = (await KeptAsync(ct)).ToDictionary(Key);
        var differences = new List<string>();
        foreach (var key in computed.Keys.Union(kept.Keys))
        {
            var should = computed.GetValueOrDefault(key);
            var has = kept.GetValueOrDefault(key);
            if ((should?.Points ?? 0) != (has?.Points ?? 0) || (should is not null && has is not null && should.Shown != has.Shown))
                differences.Add($"{key.Board} {key.Scope} {key.Period} {key.SubjectId:N}: the ledger says {should?.Points ?? 0}, the standing {has?.Points ?? 0}");
        }

        var tallies = await work.Sql.ListAsync(
            $"select board, scope, period, points, shown, subjects from tallies where community_id = {work.CommunityId} and subjects <> 0",
            row => ((Board)row.Int(0), (Scope)row.Int(1), row.Int(2), row.Int(3), row.Bool(4), row.Int(5)), ct);
        var counted = kept.Values.GroupBy(standing => (standing.Board, standing.Scope, standing.Period, standing.Points, standing.Shown))
            .Select(group => (group.Key.Board, group.Key.Scope, group.Key.Period, group.Key.Points, group.Key.Shown, group.Count())).ToHashSet();
        differences.AddRange(tallies.Except(counted).Concat(counted.Except(tallies)).Select(tally => $"tally {tally}: does not match the standings"));
        return differences;
    }

    /// <summary>Throws away what is kept and computes it anew; returns how many standings there are.</summary>
    public async Task<int> RebuildAsync(CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"delete from standings where community_id = {work.CommunityId}", ct);
        await work.Sql.ExecuteAsync($"delete from tallies where community_id = {work.CommunityId}", ct);
        var computed = await ComputeAsync(ct);
        foreach (var standing in computed)
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into standings (community_id, board, scope, period, subject_id, points, shown)
                values ({standing.CommunityId}, {standing.Board}, {standing.Scope}, {standing.Period}, {standing.SubjectId}, {standing.Points}, {standing.Shown})
                """, ct);
        }

        return computed.Count;
    }

    private static (Board Board, Scope Scope, int Period, Guid SubjectId) Key(Standing standing) => (standing.Board, standing.Scope, standing.Period, standing.SubjectId);
}
