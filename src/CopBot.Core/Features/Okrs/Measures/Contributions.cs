using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>What counts now, read in the transaction at hand: a figure is never older than what was confirmed or declared void in it.</summary>
public sealed class Contributions(Work work)
{
    /// <summary>
    /// Everything of the given kinds (none: of every kind) that counts for a day between two, both included, by number. An experiment whose result nobody has
    /// confirmed is one that was begun.
    /// </summary>
    public async Task<IReadOnlyList<Contribution>> ListAsync(IReadOnlyList<string> kinds, LocalDate from, LocalDate until, CancellationToken ct)
    {
        var claims = await work.Db.Set<Claim>()
            .Where(claim => (claim.State == ClaimState.Counted || (claim.Kind == "experiment" && claim.Result != null && (claim.State == ClaimState.Waiting || claim.State == ClaimState.Expired)))
                && claim.Day >= from && claim.Day <= until && (kinds.Count == 0 || kinds.Contains(claim.Kind)))
            .OrderBy(claim => claim.Number).ToListAsync(ct);
        if (claims.Count == 0)
            return [];

        // An entry may be of a later day than its claim, never of an earlier one.
        var booked = (await work.Sql.ListAsync(
            $"""
            select l.claim_id, l.person_id, s.name from ledger l left join squads s on s.id = l.squad_id
            where l.community_id = {work.CommunityId} and l.day >= {from} and l.reverses is null
                and not exists (select 1 from ledger b where b.claim_id = l.claim_id and b.reverses = l.id)
            """, row => (Claim: row.Id(0), Person: row.Person(1), Squad: row.TextOrNull(2)), ct)).ToLookup(entry => entry.Claim);
        return [.. claims.Select(claim => new Contribution(
            claim.IsBegun ? Contribution.Begun(claim) : claim,
            booked[claim.Id].Select(entry => entry.Person).ToHashSet(),
            booked[claim.Id].Select(entry => entry.Squad).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase)))];
    }
}
