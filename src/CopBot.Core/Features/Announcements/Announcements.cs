using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Announcements;

/// <summary>Plans announcements: when, where, and whether a second lead has to approve them.</summary>
public sealed class Announcements(Work work, ScheduleBook schedules, Channels channels, Leads leads, Outbox outbox, Audit audit)
{
    private static readonly Duration OnceWithin = Duration.FromHours(6);

    /// <summary>Stores an announcement and gives the receipt.</summary>
    /// <param name="caller">The lead who plans it.</param>
    /// <param name="says">What is to be said.</param>
    /// <param name="at">A time; with <paramref name="every"/> a time of day; or five fields of cron.</param>
    /// <param name="every">How often; null for once.</param>
    /// <param name="places">The names of the only channels, separated by commas; null for those that get announcements.</param>
    /// <param name="again">The same command with another time, for what can mean two things.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Reply> PlanAsync(Caller caller, RichText says, string at, string? every, string? places, Func<string, string> again, CancellationToken ct)
    {
        var where = places is null ? await channels.OfAsync(PostKind.Announcement, ct) : await channels.NamedAsync(places, ct);
        if (where.Count == 0)
            throw new Refusal($"No channel gets announcements; {$"subscribe announcement in={caller.Community.MainChannel}":code} lets one. Nothing was stored.");

        var others = caller.Community.Approval ? await OtherLeadsAsync(caller, ct) : [];
        var rule = RuleOf(at, every, caller.At.InZone(caller.Community.Zone), caller.Community.Language, again);
        var title = PlainText.Of(says, static _ => "…");
        var schedule = await schedules.AddAsync(Announcement.Effect, title, rule, Lateness.RunOnce, OnceWithin, caller.Person, null, ct);
        if (schedule.State == ScheduleState.Done)
            throw new Refusal($"That never comes. Nothing was stored.");

        // Plain words are the title; people and links need more.
        var rich = says.Runs is [Run.Quoted] ? null : new Message(says).ToJson();
        await work.Sql.ExecuteAsync($"update schedules set says = {rich}, places = {places} where id = {schedule.Id}", ct);
        await audit.NoteAsync(caller, "announce", ct, detail: title);
        RichText words = RecurrenceText.Say(rule);
        var plan = RichText.Of($"Schedule {schedule.Number}: “{says}” will be said in {channels.Names(where)} {words}, {caller.Community.Zone.Id} time");
        var buttons = new Buttons([new("Preview", $"schedule preview {schedule.Number}"), new("Cancel it", $"schedule cancel {schedule.Number}", Destructive: true)]);
        if (!caller.Community.Approval)
            return new Message($"{plan}.", Card.Of(LaterOf(schedule, caller.Community), MovedOf(rule, schedule, caller.Community), buttons));

        await schedules.ProposeAsync(schedule, ct);
        var asks = new Message(
            $"{caller.Person:name} would like to announce something. {plan}, once a second lead approves it.",
            Card.Of(new Buttons([new("Approve", $"schedule approve {schedule.Number}"), new("Preview", $"schedule preview {schedule.Number}"), new("Cancel it", $"schedule cancel {schedule.Number}", Destructive: true)])));
        foreach (var lead in others)
            await outbox.TellAsync(lead, asks, ct);
        return new Message($"{plan}, once a second lead approves it. {(others.Count == 1 ? "The other lead is" : $"The {others.Count} other leads are")} asked.", Card.Of(LaterOf(schedule, caller.Community), MovedOf(rule, schedule, caller.Community), buttons));
    }

    private async Task<IReadOnlyList<PersonId>> OtherLeadsAsync(Caller caller, CancellationToken ct) =>
        await leads.ButAsync(caller.Person, ct) is { Count: > 0 } others
            ? others
            : throw new Refusal($"Announcements need the word of a second lead, and there is none. {"role @name lead":code} appoints one, {"settings approval=off":code} does without. Nothing was stored.");

    // Whoever gives a time outside the working hours learns at once when it is really said.
    private static Note? LaterOf(Schedule schedule, Community community) =>
        schedule.NextAt is { } at && Posts.Within(community, at) is var said && said > at
            ? new Note($"That is outside the working hours ({community.Hours!.ToString()}): it waits until they begin and is said {(RecurrenceText.Read(schedule.Rule) is Recurrence.Once ? "" : "first ")}on {Minute(said.InZone(community.Zone).LocalDateTime)}.")
            : null;

    private static Note? MovedOf(Recurrence rule, Schedule schedule, Community community) =>
        schedule.NextAt is { } at && Occurrences.After(rule, community.Zone, at - Duration.FromMilliseconds(1)).FirstOrNull() is { } first && RecurrenceText.ChangeOfClocks(first, community.Zone) is { } change
            ? new Note($"Mind that {change}; by the clock it is said at {first.At.InZone(community.Zone).TimeOfDay:HH:mm}.")
            : null;

    private static Recurrence RuleOf(string at, string? every, ZonedDateTime now, string language, Func<string, string> again)
    {
        if (every is not null)
        {
            var time = WhenText.TimeOf(at) ?? throw new Refusal($"With {"every":code}, {"at":code} is a time of day such as {"09:00":code}, not “{new UserText(at)}”. Nothing was stored.");
            return CadenceText.Read(every, time, now.LocalDateTime, language);
        }

        if (at.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: 5 } fields && fields.All(field => field.Any(c => c == '*' || char.IsAsciiDigit(c))))
            return CronOf(at);

        return TimeAhead.Read(at, now, language, again);
    }

    private static Recurrence.ByCron CronOf(string at)
    {
        try
        {
            return new(CronExpression.Parse(at));
        }
        catch (FormatException problem)
        {
            throw new Refusal($"{at:code} is no cron expression: {new UserText(problem.Message)}. Nothing was stored.");
        }
    }

    private static RichText Minute(LocalDateTime time) => time.ToString("ddd d MMM uuuu HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
