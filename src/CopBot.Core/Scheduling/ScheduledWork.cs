using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Runs the occurrences of schedules: the effect and its key are one transaction, so that each happens once.</summary>
public sealed class ScheduledWork(Work work, IEnumerable<IScheduledEffect> effects, Leads leads, Outbox outbox) : IDueWork
{
    // An occurrence that is picked up within a minute of its time is not late.
    private static readonly Duration Prompt = Duration.FromMinutes(1);
    private static readonly Duration FirstPause = Duration.FromSeconds(30);
    private const int MostInAMinute = 3;
    private const int MostFailures = 5;
    private const int MostCaughtUp = 1000;

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"select wake_at, number from schedules where community_id = {work.CommunityId} and wake_at is not null order by wake_at, number limit {limit}",
            row => new Due(row.Instant(0), row.Int(1).ToString(CultureInfo.InvariantCulture)), ct);

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var number = int.Parse(due.Key, CultureInfo.InvariantCulture);
        var schedule = await Schedule.ReadAsync(work, number, ct);
        if (schedule?.WakeAt != due.At)
            return;

        try
        {
            await work.TryAsync(() => CatchUpAsync(schedule, now, ct), ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            await HoldBackAsync(schedule, now, problem, ct);
        }
    }

    private async Task<bool> CatchUpAsync(Schedule schedule, Instant now, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var rule = RecurrenceText.Read(schedule.Rule);
        var pending = Occurrences.After(rule, zone, schedule.NextAt!.Value - Duration.FromMilliseconds(1)).TakeWhile(occurrence => occurrence.At <= now).Take(MostCaughtUp).ToList();
        var next = Occurrences.After(rule, zone, pending.Count > 0 ? pending[^1].At : now).FirstOrNull()?.At;
        foreach (var occurrence in pending)
        {
            // The latest is the one that no other follows by now.
            var runs = Runs(schedule, occurrence, latest: occurrence == pending[^1] && !(next <= now), now);
            if (await SettleAsync(schedule, occurrence, runs ? OccurrenceState.Ran : OccurrenceState.Missed, now, ct) && runs)
                await effects.Single(effect => effect.Name == schedule.Effect).RunAsync(schedule, occurrence, ct);
        }

        await work.Sql.ExecuteAsync(
            $"update schedules set next_at = {next}, wake_at = {next}, failures = 0, state = {(next is null ? ScheduleState.Done : ScheduleState.Active)} where id = {schedule.Id} and wake_at = {schedule.WakeAt}", ct);
        await BreakStormAsync(schedule, now, ct);
        return true;
    }

    private static bool Runs(Schedule schedule, Occurrence occurrence, bool latest, Instant now)
    {
        var late = now - occurrence.At;
        var within = Duration.Max(Prompt, Duration.FromMinutes(schedule.WithinMinutes));
        return schedule.Lateness switch
        {
            Lateness.RunOnce => latest && late <= within,
            Lateness.RunEach => late <= within,
            _ => late <= Prompt,
        };
    }

    private async Task<bool> SettleAsync(Schedule schedule, Occurrence occurrence, OccurrenceState state, Instant now, CancellationToken ct) =>
        await work.Sql.ExecuteAsync(
            $"""
            insert into occurrences (schedule_id, date, slot, community_id, due_at, settled_at, state)
            values ({schedule.Id}, {occurrence.Date}, {occurrence.Slot}, {work.CommunityId}, {occurrence.At}, {now}, {state})
            on conflict (schedule_id, date, slot) do nothing
            """, ct) == 1;

    // A schedule that fails waits longer each time and is stopped in the end. Its occurrence is then missed, and people are told.
    private async Task HoldBackAsync(Schedule schedule, Instant now, Exception problem, CancellationToken ct)
    {
        var failures = schedule.Failures + 1;
        if (failures < MostFailures)
        {
            await work.Sql.ExecuteAsync($"update schedules set failures = {failures}, wake_at = {now + FirstPause * (1 << (failures - 1))} where id = {schedule.Id}", ct);
            return;
        }

        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        if (RecurrenceText.TryRead(schedule.Rule) is { } rule && Occurrences.After(rule, zone, schedule.NextAt!.Value - Duration.FromMilliseconds(1)).FirstOrNull() is { } occurrence)
            await SettleAsync(schedule, occurrence, OccurrenceState.Missed, now, ct);
        await StopAsync(schedule, RichText.Of($"failed {failures} times in a row ({problem.GetType().Name})"), ct);
    }

    // Whatever the cause, nobody wants the fourth post of one schedule within a minute.
    private async Task BreakStormAsync(Schedule schedule, Instant now, CancellationToken ct)
    {
        var lately = await work.Sql.ScalarAsync<int>(
            $"select count(*) from occurrences where schedule_id = {schedule.Id} and settled_at > {now - Prompt} and due_at > {now - Prompt} and state = {OccurrenceState.Ran}", ct);
        if (lately > MostInAMinute)
            await StopAsync(schedule, RichText.Of($"ran {lately} times within a minute"), ct);
    }

    private async Task StopAsync(Schedule schedule, RichText because, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update schedules set state = {ScheduleState.Stopped}, next_at = null, wake_at = null where id = {schedule.Id}", ct);
        foreach (var lead in await leads.ListAsync(ct))
            await outbox.TellAsync(lead, new Message($"Schedule {schedule.Number} “{schedule.Spoken}” {because}, so it is stopped. {$"schedule resume {schedule.Number}":code} starts it again."), ct);
    }
}
