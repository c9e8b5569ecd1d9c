using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Closings;
using CopBot.Core.Features.League;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Period = CopBot.Core.Features.League.Period;

namespace CopBot.Core.Features.Schedules;

/// <summary>What <c>schedule list</c> shows: what comes next first, and what was missed of late.</summary>
internal sealed class ScheduleList(Work work, Caller caller)
{
    private const int MostShown = 25;
    private static readonly Duration Lately = Duration.FromDays(30);

    public async Task<Message> ShowAsync(CancellationToken ct)
    {
        var since = caller.At - Lately;
        var missed = work.Db.Set<SettledOccurrence>().Where(occurrence => occurrence.State == OccurrenceState.Missed && occurrence.DueAt > since);

        // One that is over is of interest only while it was missed not long ago.
        var listed = work.Db.Set<Schedule>().Where(schedule =>
            schedule.State == ScheduleState.Active || schedule.State == ScheduleState.Paused || schedule.State == ScheduleState.Stopped || schedule.State == ScheduleState.Proposed
            || (schedule.State == ScheduleState.Done && missed.Any(occurrence => occurrence.ScheduleId == schedule.Id)));
        var count = await listed.CountAsync(ct);
        var leaderboard = await LeaderboardAsync(since, ct);
        var held = await HeldAsync(ct);
        if (count == 0)
            return new Message($"Nothing is scheduled. {"announce \"…\" every=monday at=09:00":code} would be.", Card.Of(leaderboard, held));

        var shown = await listed.OrderBy(schedule => schedule.NextAt == null).ThenBy(schedule => schedule.NextAt).ThenBy(schedule => schedule.Number).Take(MostShown).ToListAsync(ct);
        var ids = shown.Select(schedule => schedule.Id).ToArray();
        var misses = await missed.Where(occurrence => ids.Contains(occurrence.ScheduleId)).GroupBy(occurrence => occurrence.ScheduleId)
            .Select(group => new { group.Key, Count = group.Count(), Latest = group.Max(occurrence => occurrence.DueAt) }).ToListAsync(ct);
        var facts = shown.Select(schedule =>
        {
            RichText missedOnes = misses.FirstOrDefault(one => one.Key == schedule.Id) is { } some ? $"; {some.Count} missed, the latest {Local(some.Latest, caller.Community.Zone)}" : "";
            RichText rule = RecurrenceText.TryRead(schedule.Rule) is { } readable ? RecurrenceText.Say(readable) : "its rule cannot be read";
            return new Fact($"{schedule.Number}", RichText.Of($"“{schedule.Spoken}”, {rule}; {StateOf(schedule)}{missedOnes}"));
        }).ToList();
        if (count > MostShown)
            facts.Add(new("…", RichText.Of($"and {count - MostShown} more")));
        return new Message($"{count} {(count == 1 ? "schedule" : "schedules")}, {caller.Community.Zone.Id} time.", Card.Of(new Facts(facts), leaderboard, held));
    }

    // The post about the closed week is no schedule of anybody's, but people look for it here.
    private async Task<Note?> LeaderboardAsync(Instant since, CancellationToken ct)
    {
        if (caller.Community.WeekPost is not { } weekly)
            return null;
        var weeks = await work.Db.Set<Closing>().Where(closing => closing.Scope == Scope.Week && (closing.State == ClosingState.Open || (closing.State == ClosingState.Missed && closing.ClosedAt > since)))
            .OrderBy(closing => closing.UntilDay).ToListAsync(ct);
        var next = weeks.Find(week => week.State == ClosingState.Open)?.Closed ?? Period.Week(caller.Today);
        var missed = weeks.Where(week => week.State == ClosingState.Missed).ToList();
        RichText misses = missed.Count == 0 ? "" : $"; {missed.Count} missed, the latest {Local(PeriodClose.PostTime(missed[^1].Closed, caller.Community), caller.Community.Zone)}";
        return new Note($"The week's leaderboard is posted every {weekly.Day} at {weekly.At:HH:mm}, unless the week was empty: next {Local(PeriodClose.PostTime(next, caller.Community), caller.Community.Zone)}{misses}. {"settings week=off":code} turns it off.");
    }

    private async Task<Note?> HeldAsync(CancellationToken ct)
    {
        var held = await work.Db.Set<HeldPost>().CountAsync(ct);
        return held == 0 ? null : new Note($"{held} {(held == 1 ? "post that was due waits" : "posts that were due wait")}; {"held":code} says what for.");
    }

    /// <summary>A local time as people read it.</summary>
    public static string Local(Instant instant, DateTimeZone zone) =>
        instant.InZone(zone).ToString("ddd d MMM uuuu HH:mm", CultureInfo.InvariantCulture);

    private RichText StateOf(Schedule schedule) => schedule.State switch
    {
        ScheduleState.Active when schedule.Failures > 0 => $"{schedule.Failures} {(schedule.Failures == 1 ? "failure" : "failures")} in a row, tried again {Local(schedule.WakeAt!.Value, caller.Community.Zone)}",
        ScheduleState.Active => $"next {Local(schedule.NextAt!.Value, caller.Community.Zone)}",
        ScheduleState.Paused => "paused",
        ScheduleState.Stopped => "stopped",
        ScheduleState.Proposed => RichText.Of($"waits for a second lead, {$"schedule approve {schedule.Number}":code}"),
        _ => "over",
    };
}
