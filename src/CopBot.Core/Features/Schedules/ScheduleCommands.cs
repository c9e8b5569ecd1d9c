using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Schedules;

public sealed class ScheduleCommands(Work work, ScheduleBook schedules, Outbox outbox, Audit audit, IEnumerable<IScheduledEffect> effects) : ICommands
{
    private const int Previewed = 5;

    [Command("schedule list", "See what the clock is going to start, and what it missed", ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct) => await new ScheduleList(work, caller).ShowAsync(ct);

    [Command("schedule preview", "See the next five times of a schedule", ReadsOnly = true, Example = "schedule preview 1")]
    public async Task<Reply> PreviewAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await schedules.FindAsync(number, ct);
        var zone = caller.Community.Zone;
        var rule = RecurrenceText.TryRead(schedule.Rule) ?? throw new Refusal($"The rule of schedule {number} cannot be read. {$"schedule cancel {number}":code} removes it.");
        var from = schedule.NextAt is { } next ? next - Duration.FromMilliseconds(1) : caller.At;
        var times = schedule.State == ScheduleState.Cancelled ? [] : Occurrences.After(rule, zone, from).Take(Previewed).ToList();
        if (times.Count == 0)
            return new Message($"Schedule {number}, “{TitleOf(schedule)}”, does not run any more.");

        RichText runs = schedule.State == ScheduleState.Active ? "runs next at these times" : "does not run now; these would be its times";
        return new Message(
            $"Schedule {number}, “{TitleOf(schedule)}”, {runs}, {zone.Id} time.",
            Card.Of(new Facts([.. times.Select((occurrence, index) => new Fact($"{index + 1}", RichText.Of($"{ScheduleList.Local(occurrence.At, zone)}{NoteOf(occurrence, zone)}")))])));
    }

    [Command("schedule pause", "Let a schedule rest", Role = Role.Lead, Example = "schedule pause 1")]
    public async Task<Reply> PauseAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await FindAsync(number, "pause", [ScheduleState.Active], ct);
        await schedules.HaltAsync(schedule, ScheduleState.Paused, ct);
        await audit.NoteAsync(caller, "schedule pause", ct, detail: schedule.Title);
        return new Message($"Schedule {number}, “{TitleOf(schedule)}”, rests now. {$"schedule resume {number}":code} lets it go on.");
    }

    [Command("schedule resume", "Let a paused or stopped schedule go on", Role = Role.Lead, Example = "schedule resume 1")]
    public async Task<Reply> ResumeAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await FindAsync(number, "resume", [ScheduleState.Paused, ScheduleState.Stopped], ct);
        if (RecurrenceText.TryRead(schedule.Rule) is null)
            throw new Refusal($"The rule of schedule {number} cannot be read, so it cannot go on. Nothing was changed.");

        var next = await schedules.ResumeAsync(schedule, ct);
        await audit.NoteAsync(caller, "schedule resume", ct, detail: schedule.Title);
        return next is { } at
            ? new Message($"Schedule {number}, “{TitleOf(schedule)}”, goes on: next {ScheduleList.Local(at, caller.Community.Zone)}.")
            : new Message($"Schedule {number}, “{TitleOf(schedule)}”, is over: its time passed while it rested.");
    }

    [Command("schedule approve", "Approve what another lead would like to announce", Role = Role.Lead, Example = "schedule approve 1")]
    public async Task<Reply> ApproveAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await FindAsync(number, "approve", [ScheduleState.Proposed], ct);
        if (schedule.OwnerId == caller.Person)
            throw new Refusal($"Schedule {number} is your own, so another lead has to approve it. Nothing was changed.");

        var next = await schedules.ResumeAsync(schedule, ct);
        await audit.NoteAsync(caller, "schedule approve", ct, detail: schedule.Title);
        var says = next is { } at
            ? RichText.Of($"Schedule {number}, “{TitleOf(schedule)}”, is approved: next {ScheduleList.Local(at, caller.Community.Zone)}.")
            : RichText.Of($"Schedule {number}, “{TitleOf(schedule)}”, is approved, but its time passed while it waited; it is not said.");
        if (schedule.OwnerId is { } owner)
            await outbox.TellAsync(owner, new Message($"{says} {caller.Person:name} approved it."), ct);
        return new Message(says);
    }

    [Command("schedule cancel", "Cancel a schedule; nothing of it is said any more", Role = Role.Lead, Example = "schedule cancel 1")]
    public async Task<Reply> CancelAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await FindAsync(number, "cancel", [ScheduleState.Active, ScheduleState.Paused, ScheduleState.Stopped, ScheduleState.Done, ScheduleState.Proposed], ct);
        MustStandAlone(schedule);
        var withdrawn = await schedules.HaltAsync(schedule, ScheduleState.Cancelled, ct);
        if (schedule.State == ScheduleState.Done && withdrawn == 0)
            throw new Refusal($"Schedule {number} is done: there is nothing to cancel. Nothing was changed.");
        await audit.NoteAsync(caller, "schedule cancel", ct, detail: schedule.Title);
        RichText also = withdrawn == 0 ? "" : " What it had to say and had not gone out is withdrawn.";
        return new Message($"Schedule {number}, “{TitleOf(schedule)}”, is cancelled.{also}");
    }

    [Command("schedule run", "Run a schedule once now, beside its times", Role = Role.Lead, Example = "schedule run 1")]
    public async Task<Reply> RunAsync(Caller caller, [Description("The schedule's number"), Also("schedule")] int number, CancellationToken ct)
    {
        var schedule = await FindAsync(number, "run", [ScheduleState.Active, ScheduleState.Paused, ScheduleState.Stopped, ScheduleState.Done], ct);
        await audit.NoteAsync(caller, "schedule run", ct, detail: schedule.Title);
        var now = caller.At.InZone(caller.Community.Zone);
        await effects.Single(effect => effect.Name == schedule.Effect).RunAsync(schedule, new Occurrence(now.Date, now.Hour * 60 + now.Minute, caller.At), ct);
        RichText held = await work.Db.Set<HeldPost>().AnyAsync(post => post.ScheduleId == schedule.Id, ct) ? RichText.Of($" What it says waits; {"held":code} says what for.") : "";
        return new Message($"Schedule {number}, “{TitleOf(schedule)}”, ran once now. Its own times stay as they are.{held}");
    }

    // What belongs to a feature ends there: without its schedule it would be left hanging.
    private static void MustStandAlone(Schedule schedule)
    {
        if (schedule.SubjectId is not null)
            throw new Refusal($"Schedule {schedule.Number} belongs to {schedule.Effect} “{TitleOf(schedule)}”. {CommandLine.Write($"{schedule.Effect} remove", [new(schedule.Effect, schedule.Title)]):code} ends that; {$"schedule pause {schedule.Number}":code} lets it rest. Nothing was changed.");
    }

    private async Task<Schedule> FindAsync(int number, string act, ScheduleState[] from, CancellationToken ct)
    {
        var schedule = await schedules.FindAsync(number, ct);
        RichText state = schedule.State.ToString().ToLowerInvariant();
        RichText verb = act;
        return from.Contains(schedule.State)
            ? schedule
            : throw new Refusal($"Schedule {number} is {state}: there is nothing to {verb}. Nothing was changed.");
    }

    // Only where a change of clocks touches it: people ask why it is not the usual time.
    private static RichText NoteOf(Occurrence occurrence, DateTimeZone zone) =>
        RecurrenceText.ChangeOfClocks(occurrence, zone) is { } change ? RichText.Of($" ({change})") : "";

    private static RichText TitleOf(Schedule schedule) => schedule.Spoken;
}
