using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

/// <summary>What the backlog keeps about people.</summary>
public sealed class BacklogPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct)
    {
        var gaps = await work.Db.Set<Gap>().Where(gap => gap.AuthorId == person || gap.OwnerId == person || gap.ClosedBy == person).OrderBy(gap => gap.Number).ToListAsync(ct);
        var others = gaps.Where(gap => gap.AuthorId != person).ToList();
        return
        [
            new("gaps", gaps.Where(gap => gap.AuthorId == person).Select(gap => gap.ClosedBy == person ? gap : gap with { CloseReason = null })),
            new("gapsOwned", others.Where(gap => gap.OwnerId == person).Select(gap => new { gap.Number, gap.OwnerId })),
            new("gapsClosed", others.Where(gap => gap.ClosedBy == person).Select(gap => new { gap.Number, gap.ClosedBy, gap.ClosedAt, gap.CloseReason })),
            new("gapVotes", await work.Db.Set<GapVote>().Where(vote => vote.PersonId == person).OrderBy(vote => vote.At).ToListAsync(ct)),
        ];
    }

    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        // Nobody can work on a gap that has no words any more.
        await work.Sql.ExecuteAsync($"update gaps set state = {GapState.Closed}, closed_at = {at} where author_id = {person} and state <> {GapState.Closed}", ct);
        await work.Sql.ExecuteAsync($"update gaps set title = null, need = null, topic = null where author_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update gaps set close_reason = null, closed_by = null where closed_by = {person}", ct);
        await work.Sql.ExecuteAsync($"update gaps set owner_id = null where owner_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from gap_votes where person_id = {person}", ct);
    }

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update gaps set author_id = {kept} where author_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update gaps set owner_id = {kept} where owner_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update gaps set closed_by = {kept} where closed_by = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from gap_votes where person_id = {gone} and gap_id in (select gap_id from gap_votes where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update gap_votes set person_id = {kept} where person_id = {gone}", ct);
    }
}
