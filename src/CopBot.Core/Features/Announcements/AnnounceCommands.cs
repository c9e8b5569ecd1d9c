using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Announcements;

public sealed class AnnounceCommands(ScheduleBook schedules, Channels channels, Audit audit) : ICommands
{
    private const int MostYears = 5;
    private static readonly Duration OnceWithin = Duration.FromHours(6);

    [Command("announce", "Say something in the main channel, once or time and again", Role = Role.Lead, Example = "announce \"Mob session at three\" at=\"next Tuesday 15:00\"")]
    public async Task<Reply> AnnounceAsync(
        Caller caller,
        [Description("What is to be said"), MaxLength(2000)] string text,
        [Description("When: a time such as tomorrow 14:00, with every= the time of day, or the five fields of cron"), MaxLength(100)] string at,
        [Description("How often: monday, weekday, day, 2 weeks, 15th, last friday or month"), MaxLength(60)] string? every = null,
        CancellationToken ct = default)
    {
        var places = await channels.OfAsync(PostKind.Announcement, ct);
        if (places.Count == 0)
            throw new Refusal($"No channel gets announcements; {$"subscribe announcement in={caller.Community.MainChannel}":code} lets one. Nothing was stored.");

        var rule = RuleOf(text, at, every, caller.At.InZone(caller.Community.Zone));
        var schedule = await schedules.AddAsync(Announcement.Effect, text, rule, Lateness.RunOnce, OnceWithin, caller.Person, null, ct);
        if (schedule.State == ScheduleState.Done)
            throw new Refusal($"That never comes. Nothing was stored.");

        await audit.NoteAsync(caller, "announce", ct, detail: text);
        RichText words = RecurrenceText.Say(rule);
        return new Message(
            $"Schedule {schedule.Number}: “{new UserText(text, caller.Person)}” will be said in {Channels.Names(places)} {words}, {caller.Community.Zone.Id} time.",
            Card.Of(LaterOf(schedule, caller.Community), new Buttons([new("Preview", $"schedule preview {schedule.Number}"), new("Cancel it", $"schedule cancel {schedule.Number}", Destructive: true)])));
    }

    // Whoever gives a time outside the working hours learns at once when it is really said.
    private static Note? LaterOf(Schedule schedule, Community community) =>
        schedule.NextAt is { } at && Posts.Within(community, at) is var said && said > at
            ? new Note($"That is outside the working hours ({community.Hours!.ToString()}): it waits until they begin and is said {(RecurrenceText.Read(schedule.Rule) is Recurrence.Once ? "" : "first ")}on {Minute(said.InZone(community.Zone).LocalDateTime)}.")
            : null;

    private static Recurrence RuleOf(string text, string at, string? every, ZonedDateTime now)
    {
        if (every is not null)
        {
            var time = WhenText.TimeOf(at) ?? throw new Refusal($"With {"every":code}, {"at":code} is a time of day such as {"09:00":code}, not “{new UserText(at)}”. Nothing was stored.");
            return CadenceText.Read(every, time, now.LocalDateTime);
        }

        if (at.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: 5 } fields && fields.All(field => field.Any(c => c == '*' || char.IsAsciiDigit(c))))
            return CronOf(at);

        // What could mean two things is asked back; what is over is none of them.
        var meanings = WhenText.Read(at, now);
        return meanings.Where(one => one > now.LocalDateTime).ToList() switch
        {
            [] => throw new Refusal($"{Minute(meanings[0])} is over; it is {Minute(now.LocalDateTime)} now. Nothing was stored."),
            [var one] when one.Year > now.Year + MostYears => throw new Refusal($"{Minute(one)} is more than {MostYears} years ahead. Nothing was stored."),
            [var one] => new Recurrence.Once(one.Date, one.TimeOfDay),
            var several => throw new Refusal($"“{new UserText(at)}” can mean {RichText.Join(" or ", several.Select(one => RichText.Of($"{Minute(one)}")))}. Which one? Nothing was stored.")
            {
                Offers = [.. several.Select(one => new Button($"{one:d MMMM uuuu HH:mm}", CommandLine.Write("announce", [new("text", text), new("at", $"{one:uuuu-MM-dd HH:mm}")])))],
            },
        };
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
