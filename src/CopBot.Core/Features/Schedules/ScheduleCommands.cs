using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Schedules;

public sealed class ScheduleCommands(Work work, Scheduling.Schedules schedules, Audit audit, IEnumerable<IScheduledEffect> effects) : ICommands
{
    private const int Previewed = 5;

    [Command("schedule list", "See what the clock is going to start, and what it missed", ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct)
    {
        var all = await work.Db.Set<Schedule>().Where(schedule => schedule.State != ScheduleState.Cancelled).OrderBy(schedule => schedule.Number).ToListAsync(ct);
        if (all.Count == 0)
            return new Message($"Nothing is scheduled. {"announce \"…\" every=monday at=09:00":code} would be.");

        var facts = new List<Fact>();
        foreach (var schedule in all)
        {
            var missed = await work.Sql.ScalarAsync<int>($"select count(*) from occurrences where schedule_id = {schedule.Id} and state = {OccurrenceState.Missed}", ct);
            var state = schedule.State switch
            {
                ScheduleState.Active => RichText.Of($"next {Local(schedule.NextAt!.Value, caller)}"),
                ScheduleState.Paused => RichText.Of($"paused"),
                ScheduleState.Stopped => RichText.Of($"stopped, because it ran too often"),
                _ => RichText.Of($"done"),
            };
            var misses = missed == 0 ? RichText.Empty : RichText.Of($"; {missed} missed");
            facts.Add(new($"{schedule.Number}", RichText.Of($"{TitleOf(schedule)}: {new RichText([new Run.Words(RecurrenceText.Say(RecurrenceText.Read(schedule.Rule)))])}; {state}{misses}")));
        }

        return new Message($"{all.Count} {(all.Count == 1 ? "schedule" : "schedules")}, in {caller.Community.Zone.Id} time.", Card.Of(new Facts(facts)));
    }

    [Command("schedule preview", "See the next five times of a schedule", ReadsOnly = true, Example = "schedule preview 1")]
    public async Task<Reply> PreviewAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await schedules.FindAsync(number, ct);
        var next = Occurrences.After(RecurrenceText.Read(schedule.Rule), caller.Community.Zone, caller.At).Take(Previewed).ToList();
        return next.Count == 0
            ? new Message($"Schedule {number}, {TitleOf(schedule)}, does not run any more.")
            : new Message($"Schedule {number}, {TitleOf(schedule)}, runs next at these times.", Card.Of(new Facts([.. next.Select((occurrence, index) => new Fact($"{index + 1}",
                RichText.Of($"{Local(occurrence.At, caller)}{(occurrence.Moved ? " (moved: clocks change and skip the time that was meant)" : "")}")))])));
    }

    [Command("schedule pause", "Let a schedule rest", Role = Role.Lead, Example = "schedule pause 1")]
    public Task<Reply> PauseAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct) =>
        MoveAsync(caller, number, "pause", "rests now", ScheduleState.Paused, [ScheduleState.Active], ct);

    [Command("schedule resume", "Let a paused or stopped schedule go on", Role = Role.Lead, Example = "schedule resume 1")]
    public Task<Reply> ResumeAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct) =>
        MoveAsync(caller, number, "resume", "goes on", ScheduleState.Active, [ScheduleState.Paused, ScheduleState.Stopped], ct);

    [Command("schedule cancel", "Cancel a schedule; nothing of it is said any more", Role = Role.Lead, Example = "schedule cancel 1")]
    public Task<Reply> CancelAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct) =>
        MoveAsync(caller, number, "cancel", "is cancelled", ScheduleState.Cancelled, [ScheduleState.Active, ScheduleState.Paused, ScheduleState.Stopped], ct);

    [Command("schedule run", "Run a schedule once now, beside its times", Role = Role.Lead, Example = "schedule run 1")]
    public async Task<Reply> RunAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await schedules.FindAsync(number, ct);
        if (schedule.State == ScheduleState.Cancelled)
            throw new Refusal($"Schedule {number} is cancelled. Nothing was said.");

        await audit.NoteAsync(caller, "schedule run", ct, detail: schedule.Title);
        await effects.Single(effect => effect.Name == schedule.Effect).RunAsync(schedule, new Occurrence(caller.Today, -1, caller.At, false), ct);
        return new Message($"Schedule {number}, {TitleOf(schedule)}, ran once now. Its own times stay as they are.");
    }

    private static UserText TitleOf(Schedule schedule) => new(schedule.Title, schedule.OwnerId);

    private static string Local(Instant instant, Caller caller) =>
        instant.InZone(caller.Community.Zone).ToString("ddd d MMM yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Reply> MoveAsync(Caller caller, int number, string act, string says, ScheduleState to, ScheduleState[] from, CancellationToken ct)
    {
        var schedule = await schedules.FindAsync(number, ct);
        if (!from.Contains(schedule.State))
            throw new Refusal($"Schedule {number} is {new RichText([new Run.Words(schedule.State.ToString().ToLowerInvariant())])}, so it cannot {new RichText([new Run.Words(act)])}. Nothing was changed.");

        await schedules.MoveAsync(schedule, to, ct);
        await audit.NoteAsync(caller, $"schedule {act}", ct, detail: schedule.Title);
        return new Message($"Schedule {number}, {TitleOf(schedule)}, {new RichText([new Run.Words(says)])}.");
    }
}
