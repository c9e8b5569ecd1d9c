using CopBot.Core.Storage;

namespace CopBot.Core.Features.League;

/// <summary>Reads the standings of closed periods. Who may be shown is asked now, for people change their minds.</summary>
public sealed class ClosedBoard(Work work)
{
    /// <summary>Whether a period is closed.</summary>
    public async Task<bool> HasAsync(Period period, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from closings where community_id = {work.CommunityId} and scope = {period.Scope} and period = {period.Number}", ct) == 1;

    /// <summary>All places that may be shown, best first; tied ones share a rank.</summary>
    public async Task<IReadOnlyList<Ranked>> PlacesAsync(Board board, Period period, CancellationToken ct) =>
        Standings.Rank(board == Board.People
            ? await work.Sql.ListAsync(
                $"""
                select c.subject_id, c.points from closed_standings c join people p on p.id = c.subject_id
                where c.community_id = {work.CommunityId} and c.scope = {period.Scope} and c.period = {period.Number} and c.board = {board} and p.privacy in (0, 1) and p.erased_at is null
                order by c.points desc, c.subject_id
                """, row => (row.Id(0), row.Int(1)), ct)
            : await work.Sql.ListAsync(
                $"""
                select subject_id, points from closed_standings
                where community_id = {work.CommunityId} and scope = {period.Scope} and period = {period.Number} and board = {board}
                order by points desc, subject_id
                """, row => (row.Id(0), row.Int(1)), ct));

    /// <summary>The points of one person or squad, shown or not.</summary>
    public async Task<int> PointsAsync(Board board, Period period, Guid subject, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"select points from closed_standings where community_id = {work.CommunityId} and scope = {period.Scope} and period = {period.Number} and board = {board} and subject_id = {subject}", ct);
}
