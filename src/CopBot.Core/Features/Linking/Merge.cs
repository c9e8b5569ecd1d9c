using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Linking;

/// <summary>
/// Makes two people one. What they had given each other is taken back by compensating entries; the rest moves over under
/// one person's caps: as if there had been one account from the start.
/// </summary>
public sealed class Merge(Work work, Ledger ledger, Claims.Claims claims, IEnumerable<IKeepsPeople> keepers, Audit audit)
{
    /// <summary>Moves the caller's person into another; returns the points moved and those taken back.</summary>
    public async Task<(int Moved, int Reversed)> IntoAsync(PersonId kept, Caller caller, CancellationToken ct)
    {
        var gone = caller.Person;
        var reversed = await TakeBackAsync(kept, gone, caller, ct);
        var moved = await MoveEntriesAsync(kept, gone, caller, ct);

        await work.Sql.ExecuteAsync($"update claims set author_id = {kept} where author_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update claims set confirmed_by = {kept} where confirmed_by = {gone}", ct);
        await work.Sql.ExecuteAsync($"update claims set flagged_by = {kept} where flagged_by = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from claim_people where person_id = {gone} and claim_id in (select claim_id from claim_people where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update claim_people set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from claim_people where person_id = {kept} and claim_id in (select id from claims where author_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update schedules set owner_id = {kept} where owner_id = {gone}", ct);
        foreach (var feature in keepers)
            await feature.MergeAsync(kept, gone, ct);
        await work.Sql.ExecuteAsync($"update freezes set owner_id = {kept} where owner_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update handles set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into closed_standings (community_id, scope, period, board, subject_id, points)
            select community_id, scope, period, board, {kept}, points from closed_standings where subject_id = {gone} and community_id = {work.CommunityId}
            on conflict (community_id, scope, period, board, subject_id) do update set points = closed_standings.points + excluded.points
            """, ct);
        await work.Sql.ExecuteAsync($"delete from closed_standings where subject_id = {gone} and community_id = {work.CommunityId}", ct);
        await KeepStricterAsync(kept, gone, ct);
        await audit.NoteAsync(caller, "link", ct, subject: kept);
        return (moved, -reversed);
    }

    // Kudos and reuse between the two, and whatever one of them confirmed for the other. The ledger says who confirmed, by the id of that
    // time: a claim names only the latest confirmation, and an experiment has two.
    private async Task<int> TakeBackAsync(PersonId kept, PersonId gone, Caller caller, CancellationToken ct)
    {
        PersonId[] both = [kept, gone];
        var everyId = await work.Db.Set<Person>().Where(person => both.Contains(person.Id) || both.Contains(person.MergedInto!.Value)).Select(person => person.Id).ToListAsync(ct);
        var points = 0;
        var between = await work.Db.Set<Claim>()
            .Where(claim => both.Contains(claim.AuthorId))
            .Where(claim =>
                both.Contains(claim.ConfirmedBy!.Value)
                || work.Db.Set<LedgerEntry>().Any(entry => entry.ClaimId == claim.Id && everyId.Contains(entry.ConfirmedBy!.Value))
                || (claim.Kind == "kudos" && work.Db.Set<Participant>().Any(receiver => receiver.ClaimId == claim.Id && both.Contains(receiver.PersonId)))
                || (claim.Kind == "used" && work.Db.Set<Claim>().Any(share => share.Id == claim.AboutId && both.Contains(share.AuthorId))))
            .OrderBy(claim => claim.Number).ToListAsync(ct);
        foreach (var claim in between)
        {
            var each = claim.Kind is "kudos" or "used";
            foreach (var entry in (await ledger.StandingForAsync(claim.Id, ct)).Where(entry => each || (entry.ConfirmedBy is { } confirmer && everyId.Contains(confirmer))))
                points += (await ledger.ReverseAsync(entry, caller.At, caller.InboxId, ct))?.Points ?? 0;

            // Somebody else may still confirm what counted by that word alone.
            if (claim.State == ClaimState.Counted && claim.ConfirmedBy is { } latest && both.Contains(latest))
                await claims.MoveAsync(claim, ClaimState.Waiting, caller.At, ct, actAt: claims.ReminderFor(caller.At), round: claim.Round + 1);
            else if (claim.State == ClaimState.Counted && each)
                await claims.MoveAsync(claim, ClaimState.Void, caller.At, ct, voidReason: "both accounts are one person");
        }

        return points;
    }

    private async Task<int> MoveEntriesAsync(PersonId kept, PersonId gone, Caller caller, CancellationToken ct)
    {
        var moved = 0;
        var claimIds = await work.Sql.ListAsync($"select distinct claim_id from ledger where community_id = {work.CommunityId} and person_id = {gone} order by claim_id", row => row.Id(0), ct);
        foreach (var claimId in claimIds)
        {
            var standing = await ledger.StandingForAsync(claimId, ct);
            var has = standing.Where(entry => entry.PersonId == kept).Select(entry => entry.Rule).ToHashSet();
            foreach (var entry in standing.Where(entry => entry.PersonId == gone))
            {
                await ledger.ReverseAsync(entry, caller.At, caller.InboxId, ct);

                // In a session where both took part, one person took part.
                if (has.Contains(entry.Rule))
                    continue;

                var booked = await ledger.BookAsync(new Award
                {
                    Person = kept,
                    Kind = entry.Kind,
                    Part = entry.Rule[(entry.Kind.Length + 1)..],
                    Points = entry.Points + entry.Withheld,
                    ClaimId = entry.ClaimId,
                    Source = string.Create(CultureInfo.InvariantCulture, $"moved:{entry.Id}"),
                    At = entry.At,
                    Day = entry.Day,
                    ConfirmedBy = entry.ConfirmedBy,
                    InboxId = caller.InboxId,
                    SquadId = entry.SquadId,
                    Policy = entry.Policy,
                    Moved = true,
                }, ct);
                moved += booked?.Points ?? 0;
            }
        }

        return moved;
    }

    // Of two choices the more private one counts, and of two roles the higher.
    private async Task KeepStricterAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        var people = await work.Db.Set<Person>().Where(person => person.Id == kept || person.Id == gone).ToListAsync(ct);
        var (keeps, goes) = (people.Single(person => person.Id == kept), people.Single(person => person.Id == gone));
        var stricter = keeps.Privacy >= goes.Privacy ? keeps : goes;
        var role = keeps.Role >= goes.Role ? keeps.Role : goes.Role;
        await work.Sql.ExecuteAsync($"update people set name = null, alias = null, alias_key = null, squad_id = null, working_hours = null, zone = null, role = {Role.Member}, privacy = {Privacy.Hidden}, merged_into = {kept} where id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update people set merged_into = {kept} where merged_into = {gone}", ct);
        await work.Sql.ExecuteAsync($"update people set privacy = {stricter.Privacy}, alias = {stricter.Alias}, alias_key = {stricter.AliasKey}, role = {role}, squad_id = {keeps.SquadId ?? goes.SquadId}, working_hours = {keeps.WorkingHours ?? goes.WorkingHours}, zone = {keeps.Zone ?? goes.Zone} where id = {kept}", ct);
        await work.Sql.ExecuteAsync($"update standings set shown = {stricter.Privacy is Privacy.Public or Privacy.Alias} where community_id = {work.CommunityId} and board = 0 and subject_id = {kept}", ct);
        await work.Sql.ExecuteAsync($"update standings set shown = {false} where community_id = {work.CommunityId} and board = 0 and subject_id = {gone}", ct);
    }
}
