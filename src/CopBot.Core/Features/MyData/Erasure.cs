using CopBot.Core.Chat;
using CopBot.Core.Features.Announcements;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.MyData;

/// <summary>
/// Removes every personal datum of a person. The ledger names an id that no longer leads anywhere, so that the sums of squads and seasons stay right.
/// </summary>
public sealed class Erasure(Work work, IEnumerable<IKeepsPeople> keepers)
{
    /// <summary>Erases a person; their accounts may come back later as somebody new.</summary>
    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        var accounts = await work.Sql.ListAsync(
            $"select platform, workspace, user_id, name from handles where person_id = {person}",
            row => (Platform: row.Text(0), Workspace: row.Text(1), UserId: row.Text(2), Name: row.Text(3)), ct);
        var stub = person.ToString();

        // Words by them and about them: titles, reasons, what they learned, why something was flagged or void.
        await work.Sql.ExecuteAsync(
            $"""
            update claims set title = null, link = null, topic = null, hypothesis = null, measure = null, learned = null, next_step = null, unit = null,
                before_value = null, after_value = null, flag_reason = null, void_reason = null, held_because = null
            where community_id = {work.CommunityId} and (author_id = {person} or (kind = {"kudos"} and id in (select claim_id from claim_people where person_id = {person})))
            """, ct);
        await work.Sql.ExecuteAsync($"update claims set flag_reason = null where flagged_by = {person}", ct);
        await work.Sql.ExecuteAsync($"update audit set detail = null where actor_id = {person} or subject_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update schedules set title = {""}, state = {ScheduleState.Cancelled}, next_at = null, wake_at = null where owner_id = {person} and effect = {Announcement.Effect}", ct);
        await work.Sql.ExecuteAsync($"update schedules set says = null where community_id = {work.CommunityId} and (owner_id = {person} or says like {"%" + person.Value.ToString("D") + "%"})", ct);
        await work.Sql.ExecuteAsync($"update schedules set owner_id = null where owner_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update freezes set reason = null, owner_id = null where owner_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from link_codes where person_id = {person}", ct);

        foreach (var feature in keepers)
            await feature.EraseAsync(person, at, ct);

        // Nobody can judge what has no words any more. A session is its participants' too.
        await work.Sql.ExecuteAsync($"update claims set state = {ClaimState.Undone}, changed_at = {at}, act_at = null where author_id = {person} and state = {ClaimState.Waiting} and kind <> {"mob"}", ct);

        // Messages name people by id; whatever has theirs in it, or was said in their private conversation, goes.
        var pattern = "%" + person.Value.ToString("D") + "%";
        await work.Sql.ExecuteAsync($"delete from outbox where community_id = {work.CommunityId} and (speaker_id = {person} or body like {pattern})", ct);
        await work.Sql.ExecuteAsync($"delete from held_posts where community_id = {work.CommunityId} and body like {pattern}", ct);
        foreach (var account in accounts)
        {
            var user = account.Platform + "/" + account.UserId;

            // Lines that others typed may spell the name out.
            await work.Sql.ExecuteAsync($"delete from outbox where community_id = {work.CommunityId} and speaker_id is not null and lower(body) like {"%" + account.Name.ToLowerInvariant() + "%"}", ct);
            await work.Sql.ExecuteAsync($"delete from outbox where community_id = {work.CommunityId} and workspace = {account.Workspace} and (place = {"@" + account.UserId} or only_user = {account.UserId})", ct);
            await work.Sql.ExecuteAsync($"update inbox set place = {"@" + stub} where workspace = {account.Workspace} and place = {"@" + account.UserId} and user_id = {user}", ct);
            await work.Sql.ExecuteAsync($"update inbox set text = null, user_name = null, mentions = null, user_id = {stub} where workspace = {account.Workspace} and user_id = {user}", ct);
            await work.Sql.ExecuteAsync($"delete from web_sessions where community_id = {work.CommunityId} and user_id = {account.UserId}", ct);
        }

        await work.Sql.ExecuteAsync($"delete from handles where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update people set name = null, alias = null, alias_key = null, squad_id = null, working_hours = null, zone = null, role = {Role.Member}, privacy = {Privacy.Hidden}, erased_at = {at} where id = {person} or merged_into = {person}", ct);
        await work.Sql.ExecuteAsync($"update standings set shown = {false} where community_id = {work.CommunityId} and board = 0 and subject_id = {person}", ct);
        work.ScrubAfterCommit();
    }
}
