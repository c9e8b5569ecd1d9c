using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>What rotations keep about people.</summary>
public sealed class RotationPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
    [
        new("rotations", await work.Db.Set<RotationMember>().Where(member => member.PersonId == person).OrderBy(member => member.JoinedAt).ToListAsync(ct)),
        new("rotationAbsences", await work.Db.Set<RotationAbsence>().Where(absence => absence.PersonId == person).OrderBy(absence => absence.FromDate).ToListAsync(ct)),
        new("rotationTurns", await work.Db.Set<RotationChoice>().Where(choice => choice.PersonId == person || choice.OtherId == person).OrderBy(choice => choice.RotationId).ThenBy(choice => choice.Turn).ToListAsync(ct)),
        new("rotationAgreements", await work.Db.Set<RotationAgreement>().Where(one => one.PersonId == person || one.OtherId == person || one.MadeBy == person).OrderBy(one => one.MadeAt).ToListAsync(ct)),
        new("rotationNotes", await work.Db.Set<RotationNote>().Where(note => note.PersonId == person).OrderBy(note => note.MadeAt).ToListAsync(ct)),
        new("rotationReminders", await work.Db.Set<RotationReminder>().Where(reminder => reminder.PersonId == person).OrderBy(reminder => reminder.DueAt).ToListAsync(ct)),
        new("calendarFeeds", await work.Db.Set<CalendarFeed>().Where(feed => feed.PersonId == person).OrderBy(feed => feed.CreatedAt).ToListAsync(ct)),
    ];

    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        // Who served when stays as a number: the id leads nowhere. What they wrote and what was still to come goes.
        await work.Sql.ExecuteAsync($"delete from rotation_members where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_absences where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_notes where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_reminders where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from calendar_feeds where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_agreements where person_id = {person} or other_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update rotation_agreements set reason = null, made_by = null where made_by = {person}", ct);
    }

    // In a rotation where both were, one was: a seat counts rather than a rest, and what the one kept stands.
    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"delete from rotation_members where person_id = {gone} and rotation_id in (select rotation_id from rotation_members where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update rotation_members set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_choices where person_id = {kept} and seat is null and exists (select 1 from rotation_choices o where o.rotation_id = rotation_choices.rotation_id and o.turn = rotation_choices.turn and o.person_id = {gone})", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_choices where person_id = {gone} and exists (select 1 from rotation_choices o where o.rotation_id = rotation_choices.rotation_id and o.turn = rotation_choices.turn and o.person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update rotation_choices set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update rotation_choices set other_id = {kept} where other_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_agreements where (person_id = {gone} and other_id = {kept}) or (person_id = {kept} and other_id = {gone})", ct);
        await work.Sql.ExecuteAsync($"update rotation_agreements set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update rotation_agreements set other_id = {kept} where other_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update rotation_agreements set made_by = {kept} where made_by = {gone}", ct);
        await work.Sql.ExecuteAsync($"update rotation_absences set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update rotation_notes set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update calendar_feeds set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_reminders where person_id = {gone} and exists (select 1 from rotation_reminders o where o.rotation_id = rotation_reminders.rotation_id and o.turn = rotation_reminders.turn and o.days = rotation_reminders.days and o.person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update rotation_reminders set person_id = {kept} where person_id = {gone}", ct);
    }
}
