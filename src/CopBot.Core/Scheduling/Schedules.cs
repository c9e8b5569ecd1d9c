using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>The book of schedules: adds and moves them, and runs each occurrence once.</summary>
public sealed class Schedules(Work work, IEnumerable<IScheduledEffect> effects, Outbox outbox, TimeProvider time) : IDueWork
{
    // An occurrence that is picked up within a minute of its time is not late.
    private static readonly Duration Prompt = Duration.FromMinutes(1);
    private const int MostInAMinute = 3;
    private const int MostCaughtUp = 1000;

    /// <summary>Stores a new schedule under the next number, with its first occurrence after now.</summary>
    public async Task<Schedule> AddAsync(string effect, string title, Recurrence rule, Lateness lateness, Duration within, PersonId? owner, Guid? subject, CancellationToken ct)
    {
        var now = Now();
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var schedule = new Schedule
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            CommunityId = work.CommunityId,
            Number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from schedules where community_id = {work.CommunityId}", ct),
            Effect = effect,
            Title = title,
            Rule = RecurrenceText.Write(rule),
            Lateness = lateness,
            WithinMinutes = (int)within.TotalMinutes,
            State = ScheduleState.Active,
            OwnerId = owner,
            SubjectId = subject,
            CreatedAt = now,
            NextAt = NextAfter(rule, zone, now)?.At,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into schedules (id, community_id, number, effect, title, rule, lateness, within_minutes, state, owner_id, subject_id, created_at, next_at)
            values ({schedule.Id}, {schedule.CommunityId}, {schedule.Number}, {effect}, {title}, {schedule.Rule}, {lateness}, {schedule.WithinMinutes}, {schedule.State}, {owner}, {subject}, {now}, {schedule.NextAt})
            """, ct);
        return schedule;
    }

    /// <summary>The schedule of a number, or a refusal that says there is none.</summary>
    public async Task<Schedule> FindAsync(int number, CancellationToken ct) =>
        await work.Db.Set<Schedule>().FirstOrDefaultAsync(schedule => schedule.Number == number, ct)
        ?? throw new Refusal($"There is no schedule {number}. {"schedule list":code} shows them. Nothing was changed.");

    /// <summary>Sets the state; an active one gets its next occurrence after now.</summary>
    public async Task MoveAsync(Schedule schedule, ScheduleState to, CancellationToken ct)
    {
        Instant? next = to == ScheduleState.Active
            ? NextAfter(RecurrenceText.Read(schedule.Rule), (await Communities.LoadAsync(work, ct)).Zone, Now())?.At
            : null;
        await work.Sql.ExecuteAsync($"update schedules set state = {to}, next_at = {next} where id = {schedule.Id}", ct);
    }

    /// <summary>Finds every next occurrence anew, after the community moved to another zone.</summary>
    public async Task ResolveAgainAsync(DateTimeZone zone, CancellationToken ct)
    {
        foreach (var schedule in await work.Db.Set<Schedule>().Where(schedule => schedule.State == ScheduleState.Active).ToListAsync(ct))
        {
            var settled = await LastSettledAsync(schedule, ct);
            var next = Occurrences.After(RecurrenceText.Read(schedule.Rule), zone, Now()).FirstOrDefault(occurrence => settled is not { } last || (occurrence.Date, occurrence.Slot).CompareTo(last) > 0);
            await work.Sql.ExecuteAsync($"update schedules set next_at = {(next == default ? null : (Instant?)next.At)} where id = {schedule.Id}", ct);
        }
    }

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"select next_at, number from schedules where community_id = {work.CommunityId} and state = 0 and next_at is not null order by next_at, number limit {limit}",
            row => new Due(row.Instant(0), row.Int(1).ToString(System.Globalization.CultureInfo.InvariantCulture)), ct);

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var number = int.Parse(due.Key, System.Globalization.CultureInfo.InvariantCulture);
        var schedule = await work.Db.Set<Schedule>().FirstOrDefaultAsync(schedule => schedule.Number == number && schedule.State == ScheduleState.Active, ct);
        if (schedule?.NextAt != due.At)
            return;

        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var rule = RecurrenceText.Read(schedule.Rule);
        var pending = Occurrences.After(rule, zone, due.At - Duration.FromMilliseconds(1)).TakeWhile(occurrence => occurrence.At <= now).Take(MostCaughtUp).ToList();
        for (var index = 0; index < pending.Count; index++)
        {
            var state = Runs(schedule, pending[index], latest: index == pending.Count - 1, now) ? OccurrenceState.Ran : OccurrenceState.Missed;
            if (await SettleAsync(schedule, pending[index], state, now, ct) && state == OccurrenceState.Ran)
                await effects.Single(effect => effect.Name == schedule.Effect).RunAsync(schedule, pending[index], ct);
        }

        var next = NextAfter(rule, zone, pending.Count > 0 ? pending[^1].At : now);
        await work.Sql.ExecuteAsync(
            $"update schedules set next_at = {next?.At}, state = {(next is null ? ScheduleState.Done : ScheduleState.Active)} where id = {schedule.Id} and state = {ScheduleState.Active}", ct);
        await BreakStormAsync(schedule, now, ct);
    }

    private static bool Runs(Schedule schedule, Occurrence occurrence, bool latest, Instant now)
    {
        var late = now - occurrence.At;
        return schedule.Lateness switch
        {
            Lateness.RunOnce => latest && late <= Duration.FromMinutes(schedule.WithinMinutes),
            Lateness.RunEach => late <= Duration.FromMinutes(schedule.WithinMinutes),
            _ => late <= Prompt,
        };
    }

    private static Occurrence? NextAfter(Recurrence rule, DateTimeZone zone, Instant after)
    {
        foreach (var occurrence in Occurrences.After(rule, zone, after))
            return occurrence;
        return null;
    }

    private async Task<bool> SettleAsync(Schedule schedule, Occurrence occurrence, OccurrenceState state, Instant now, CancellationToken ct) =>
        await work.Sql.ExecuteAsync(
            $"""
            insert into occurrences (schedule_id, date, slot, community_id, due_at, settled_at, state)
            values ({schedule.Id}, {occurrence.Date}, {occurrence.Slot}, {work.CommunityId}, {occurrence.At}, {now}, {state})
            on conflict (schedule_id, date, slot) do nothing
            """, ct) == 1;

    private async Task<(LocalDate, int)?> LastSettledAsync(Schedule schedule, CancellationToken ct) =>
        await work.Sql.FirstAsync(
            $"select date, slot from occurrences where schedule_id = {schedule.Id} order by date desc, slot desc limit 1",
            row => ((LocalDate, int)?)(row.Date(0), row.Int(1)), ct);

    // Whatever the cause, nobody wants the fourth post of one schedule within a minute.
    private async Task BreakStormAsync(Schedule schedule, Instant now, CancellationToken ct)
    {
        var lately = await work.Sql.ScalarAsync<int>(
            $"select count(*) from occurrences where schedule_id = {schedule.Id} and settled_at > {now - Prompt} and due_at > {now - Prompt} and state = {OccurrenceState.Ran}", ct);
        if (lately <= MostInAMinute)
            return;

        await MoveAsync(schedule, ScheduleState.Stopped, ct);
        foreach (var lead in await work.Sql.ListAsync($"select id from people where community_id = {work.CommunityId} and role = {Role.Lead} and erased_at is null and merged_into is null", row => row.Person(0), ct))
            await outbox.TellAsync(lead, new Message($"Schedule {schedule.Number} “{new UserText(schedule.Title, schedule.OwnerId)}” ran {lately} times within a minute, so it is stopped. {$"schedule resume {schedule.Number}":code} starts it again."), ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
