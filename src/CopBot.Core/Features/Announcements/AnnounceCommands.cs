using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Core.Features.Announcements;

public sealed partial class AnnounceCommands(Scheduling.Schedules schedules, Audit audit) : ICommands
{
    private static readonly Duration OnceWithin = Duration.FromHours(6);

    [Command("announce", "Say something in the main channel, once or time and again", Role = Role.Core, Example = "announce \"Mob session at three\" at=\"next Tuesday 15:00\"")]
    public async Task<Reply> AnnounceAsync(
        Caller caller,
        [Description("What is to be said"), MaxLength(2000)] string text,
        [Description("When: a time such as tomorrow 14:00, or with every= the time of day")] string at,
        [Description("How often: monday, thursday, day, weekday, 2 weeks, month")] string? every = null,
        CancellationToken ct = default)
    {
        var now = caller.At.InZone(caller.Community.Zone).LocalDateTime;
        var rule = every is null ? OnceAt(WhenText.Read(at, now), now) : Every(every, at, now.Date);
        var schedule = await schedules.AddAsync(Announcement.Effect, text, rule, Lateness.RunOnce, OnceWithin, caller.Person, null, ct);
        await audit.NoteAsync(caller, "announce", ct, detail: text);
        var words = new RichText([new Run.Words(RecurrenceText.Say(rule))]);
        return new Message(
            $"Schedule {schedule.Number}: “{new UserText(text, caller.Person)}” will be said {words}, {caller.Community.Zone.Id} time.",
            Card.Of(new Buttons([new("Preview", $"schedule preview {schedule.Number}"), new("Cancel it", $"schedule cancel {schedule.Number}", Destructive: true)])));
    }

    private static Recurrence OnceAt(LocalDateTime at, LocalDateTime now) => at > now
        ? new Recurrence.Once(at.Date, at.TimeOfDay)
        : throw new Refusal($"{at:uuuu-MM-dd HH:mm} is over; it is {now:uuuu-MM-dd HH:mm} now. Nothing was stored.");

    private static Recurrence Every(string every, string at, LocalDate today)
    {
        var time = WhenText.TimeOf(at) ?? throw new Refusal($"With {"every":code}, {"at":code} is a time of day such as {"09:00":code}. Nothing was stored.");
        var words = every.Trim().ToLowerInvariant();
        var all = Enum.GetValues<IsoDayOfWeek>()[1..];
        if (words is "day" or "daily")
            return new Recurrence.Weekly(all, 1, today, time);
        if (words is "weekday" or "weekdays" or "workday")
            return new Recurrence.Weekly(all[..5], 1, today, time);
        if (words is "month")
            return new Recurrence.MonthlyOnDay(today.Day, time);

        var days = words.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(RecurrenceText.WeekdayOf).ToList();
        if (days.Count > 0 && days.All(day => day is not null))
            return new Recurrence.Weekly([.. days.Select(day => day!.Value).Distinct().Order()], 1, today, time);
        if (Weeks().Match(words) is { Success: true } weeks && int.Parse(weeks.Groups["n"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 52 and var every1)
            return new Recurrence.Weekly([today.DayOfWeek], every1, today, time);
        throw new Refusal($"{"every":code} is a weekday such as {"monday":code}, {"day":code}, {"weekday":code}, {"2 weeks":code} or {"month":code}, not “{new UserText(every)}”. Nothing was stored.");
    }

    [GeneratedRegex("^(?<n>\\d{1,2}) ?w(eeks?)?$")]
    private static partial Regex Weeks();
}
