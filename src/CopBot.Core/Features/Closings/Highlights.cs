using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Closings;

/// <summary>What a period is remembered for, besides the points.</summary>
public sealed class Highlights(Work work)
{
    /// <summary>How many newcomers are named at most.</summary>
    public const int MostNewcomers = 10;

    /// <summary>
    /// Who gave others the most points: by kudos, by confirming, by hosting. Of those who may be shown, and never one of the heroes;
    /// of several with as many, the one who has been here longest.
    /// </summary>
    public async Task<(PersonId Person, int Points)?> SidekickAsync(Period period, IReadOnlyList<PersonId> heroes, CancellationToken ct)
    {
        var (from, until) = period.Days;
        var givers = await work.Sql.ListAsync(
            $"""
            select k.id, sum(g.points) from (
                select c.author_id as giver, l.person_id as receiver, l.points as points from ledger l join claims c on c.id = l.claim_id
                where l.community_id = {work.CommunityId} and l.day >= {from} and l.day < {until} and ({period.Scope} <> 3 or l.season = {period.Number}) and l.kind in ('kudos', 'mob')
                union all
                select l.confirmed_by, l.person_id, l.points from ledger l
                where l.community_id = {work.CommunityId} and l.day >= {from} and l.day < {until} and ({period.Scope} <> 3 or l.season = {period.Number}) and l.confirmed_by is not null
            ) g join people p on p.id = g.giver join people k on k.id = coalesce(p.merged_into, p.id)
            where g.giver <> g.receiver and k.privacy in (0, 1) and k.erased_at is null
            group by k.id having sum(g.points) > 0 order by 2 desc, 1 limit {heroes.Count + 1}
            """, row => (Person: row.Person(0), Points: row.Int(1)), ct);
        return givers.Where(giver => !heroes.Contains(giver.Person)).Cast<(PersonId, int)?>().FirstOrDefault();
    }

    /// <summary>The share that was used most often, with how often.</summary>
    public async Task<(int Number, UserText Title, int Times)?> BestReusedAsync(Period period, CancellationToken ct)
    {
        var (from, until) = (period.From, period.Until);
        return await work.Sql.FirstAsync(
            $"""
            select s.number, s.title, s.author_id, count(*) from claims u join claims s on s.id = u.about_id
            where u.community_id = {work.CommunityId} and u.kind = 'used' and u.state = 0 and u.day >= {from} and u.day < {until} and s.state = 0 and s.title is not null and s.flagged_by is null
            group by s.number, s.title, s.author_id order by 4 desc, 1 limit 1
            """, row => ((int, UserText, int)?)(row.Int(0), new UserText(row.Text(1), row.Person(2)), row.Int(3)), ct);
    }

    /// <summary>Those who may be shown and have their very first entry in the period, in the order of their entries.</summary>
    public async Task<IReadOnlyList<PersonId>> FirstTimersAsync(Period period, CancellationToken ct)
    {
        var (from, until) = (period.From, period.Until);
        return await work.Sql.ListAsync(
            $"""
            select l.person_id from ledger l join people p on p.id = l.person_id
            where l.community_id = {work.CommunityId} and l.day >= {from} and l.day < {until} and p.privacy in (0, 1) and p.erased_at is null
            and not exists (select 1 from ledger e where e.community_id = l.community_id and e.person_id = l.person_id and e.day < {from})
            group by l.person_id having sum(l.points) > 0 order by min(l.id)
            """, row => row.Person(0), ct);
    }
}
