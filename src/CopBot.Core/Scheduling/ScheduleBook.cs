using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>The book of schedules: adds them, moves them between states, and finds their next occurrence anew when the zone changes.</summary>
public sealed class ScheduleBook(Work work, OrderedIds ids, TimeProvider time, DueSignal signal)
{
    /// <summary>Stores a new schedule under the next number, with its first occurrence after now.</summary>
    public async Task<Schedule> AddAsync(string effect, string title, Recurrence rule, Lateness lateness, Duration within, PersonId? owner, Guid? subject, CancellationToken ct)
    {
        var now = Now();
        var next = await NextAsync(rule, now, ct);
        var schedule = new Schedule
        {
            Id = ids.Next(),
            CommunityId = work.CommunityId,
            Number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from schedules where community_id = {work.CommunityId}", ct),
            Effect = effect,
            Title = title,
            Rule = RecurrenceText.Write(rule),
            Lateness = lateness,
            WithinMinutes = (int)within.TotalMinutes,
            State = next is null ? ScheduleState.Done : ScheduleState.Active,
            OwnerId = owner,
            SubjectId = subject,
            CreatedAt = now,
            NextAt = next,
            WakeAt = next,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into schedules (id, community_id, number, effect, title, rule, lateness, within_minutes, state, owner_id, subject_id, created_at, next_at, wake_at, failures)
            values ({schedule.Id}, {schedule.CommunityId}, {schedule.Number}, {effect}, {title}, {schedule.Rule}, {lateness}, {schedule.WithinMinutes}, {schedule.State}, {owner}, {subject}, {now}, {next}, {next}, {0})
            """, ct);
        work.AfterCommit(signal.Set);
        return schedule;
    }

    /// <summary>The schedule of a number, or a refusal that says there is none.</summary>
    public async Task<Schedule> FindAsync(int number, CancellationToken ct) =>
        await work.Db.Set<Schedule>().FirstOrDefaultAsync(schedule => schedule.Number == number, ct)
        ?? throw new Refusal($"There is no schedule {number}. {"schedule list":code} shows them. Nothing was changed.");

    /// <summary>Takes a new schedule off the clock until somebody approves it.</summary>
    public Task ProposeAsync(Schedule schedule, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update schedules set state = {ScheduleState.Proposed}, wake_at = null where id = {schedule.Id}", ct);

    /// <summary>Lets a schedule go on with its next occurrence after now; gives that, or null when there is none any more.</summary>
    public async Task<Instant?> ResumeAsync(Schedule schedule, CancellationToken ct)
    {
        var next = await NextAsync(RecurrenceText.Read(schedule.Rule), Now(), ct);
        await work.Sql.ExecuteAsync(
            $"update schedules set state = {(next is null ? ScheduleState.Done : ScheduleState.Active)}, next_at = {next}, wake_at = {next}, failures = 0 where id = {schedule.Id}", ct);
        work.AfterCommit(signal.Set);
        return next;
    }

    /// <summary>Takes a schedule off the clock. Whatever it has to say that has not gone out is withdrawn when it is cancelled; gives how many messages that were.</summary>
    public async Task<int> HaltAsync(Schedule schedule, ScheduleState state, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update schedules set state = {state}, next_at = null, wake_at = null where id = {schedule.Id}", ct);

        // One that is claimed may be on its way; it goes too, so that it is at least not sent again.
        return state == ScheduleState.Cancelled
            ? await work.Sql.ExecuteAsync($"delete from outbox where schedule_id = {schedule.Id} and state in ({OutboxState.New}, {OutboxState.Claimed})", ct)
                + await work.Sql.ExecuteAsync($"delete from held_posts where schedule_id = {schedule.Id}", ct)
            : 0;
    }

    /// <summary>Finds every next occurrence anew after the community moved to another zone: the local date and time stay, the instant moves.</summary>
    /// <remarks>One whose time is over in the new zone is late at once, and its policy decides.</remarks>
    public async Task MoveToAsync(DateTimeZone from, DateTimeZone to, CancellationToken ct)
    {
        foreach (var schedule in await work.Db.Set<Schedule>().Where(schedule => schedule.NextAt != null).ToListAsync(ct))
        {
            if (RecurrenceText.TryRead(schedule.Rule) is not { } rule || Occurrences.After(rule, from, schedule.NextAt!.Value - Duration.FromMilliseconds(1)).FirstOrNull() is not { } pending)
                continue;

            var moved = Occurrences.From(rule, to, pending.Date).SkipWhile(occurrence => occurrence.Meant < pending.Meant).FirstOrNull();
            await work.Sql.ExecuteAsync(
                $"update schedules set state = {(moved is null ? ScheduleState.Done : schedule.State)}, next_at = {moved?.At}, wake_at = {(schedule.WakeAt is null ? null : moved?.At)} where id = {schedule.Id}", ct);
        }

        work.AfterCommit(signal.Set);
    }

    private async Task<Instant?> NextAsync(Recurrence rule, Instant after, CancellationToken ct) =>
        Occurrences.After(rule, (await Communities.LoadAsync(work, ct)).Zone, after).FirstOrNull()?.At;

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
