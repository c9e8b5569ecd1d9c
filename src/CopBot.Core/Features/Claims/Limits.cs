using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

/// <summary>How often something may be done, by the points policy. What was taken back does not count.</summary>
public sealed class Limits(Work work, PointsPolicy policy)
{
    /// <summary>Refuses what would go over a limit of the kind and says which.</summary>
    public async Task CheckAsync(string kind, Caller caller, PersonId? receiver, Guid? about, CancellationToken ct)
    {
        foreach (var limit in policy[kind].Limits)
        {
            var from = limit.Period == CapPeriod.Day ? caller.Today : Period.Week(caller.Today).From;
            var until = limit.Period == CapPeriod.Day ? from.PlusDays(1) : from.PlusDays(7);
            var done = await work.Sql.ScalarAsync<int>(limit.Per switch
            {
                "giver" => (Statement)$"select count(*) from claims where community_id = {work.CommunityId} and author_id = {caller.Person} and kind = {kind} and state = {ClaimState.Counted} and day >= {from} and day < {until}",
                "pair" => $"""
                    select count(*) from claims c join claim_people p on p.claim_id = c.id
                    where c.community_id = {work.CommunityId} and c.author_id = {caller.Person} and p.person_id = {receiver} and c.kind = {kind} and c.state = {ClaimState.Counted} and c.day >= {from} and c.day < {until}
                    """,
                _ => $"select count(*) from claims where community_id = {work.CommunityId} and kind = {kind} and about_id = {about} and state = {ClaimState.Counted} and day >= {from} and day < {until}",
            }, ct);
            if (done >= limit.Times)
                throw new Refusal($"The rule is: {new RichText([new Run.Words(limit.Says)])}, and that is used up until {until:ddd d MMMM}. Nothing was stored; try again then.");
        }
    }
}
