using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Announcements;

/// <summary>What people write for a time, said on Monday 5 January 2026 at 09:00 in Madrid.</summary>
public sealed class AnnounceDatesTests
{
    private static readonly (string At, string Means)[] Understood =
    [
        ("2026-01-15 14:00", "Thursday 15 January 2026 at 14:00"),
        ("2026-01-15T14:00", "Thursday 15 January 2026 at 14:00"),
        ("tomorrow 14:00", "Tuesday 6 January 2026 at 14:00"),
        ("tomorrow at 2pm", "Tuesday 6 January 2026 at 14:00"),
        ("14:30 tomorrow", "Tuesday 6 January 2026 at 14:30"),
        ("next friday", "Friday 9 January 2026 at 09:00"),
        ("friday at noon", "Friday 9 January 2026 at 12:00"),
        ("monday 17:00", "Monday 5 January 2026 at 17:00"),
        ("next monday 17:00", "Monday 12 January 2026 at 17:00"),
        ("in 2 hours", "Monday 5 January 2026 at 11:00"),
        ("in 3 days", "Thursday 8 January 2026 at 09:00"),
        ("15 February 10:00", "Sunday 15 February 2026 at 10:00"),
        ("2 Jan 10:00", "Saturday 2 January 2027 at 10:00"),
        ("25/12/2026 8am", "Friday 25 December 2026 at 08:00"),
        ("08:30", "Tuesday 6 January 2026 at 08:30"),
        ("24.12.2026 18:00", "Thursday 24 December 2026 at 18:00"),
    ];

    private static readonly (string When, string Says)[] Refused =
    [
        ("at=\"2026-01-02 14:00\"", "Fri 2 Jan 2026 14:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored."),
        ("at=\"today 08:00\"", "Mon 5 Jan 2026 08:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored."),
        ("at=\"yesterday 10:00\"", "Sun 4 Jan 2026 10:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored."),
        ("at=\"2026-02-30 14:00\"", "I do not understand the date “2026-02-30 14:00”."),
        ("at=\"someday\"", "I do not understand the date “someday”. Write `2026-01-12 14:00`, `tomorrow 14:00`, `next friday 15:00` or `in 2 hours`. Nothing was stored."),
        ("at=\"tomorrow 25:00\"", "“25:00” is no time of day; write it like `14:00`. Nothing was stored."),
        ("at=\"9999-12-31 23:59\"", "Fri 31 Dec 9999 23:59 is more than 5 years ahead. Nothing was stored."),
        ("every=\"0 weeks\" at=09:00", "`every` is 1 to 52 weeks, not 0. Nothing was stored."),
        ("every=0w at=09:00", "`every` is 1 to 52 weeks, not 0. Nothing was stored."),
        ("every=blue at=09:00", "`every` is a weekday such as `monday`, or `day`"),
        ("every=monday at=blue", "With `every`, `at` is a time of day such as `09:00`, not “blue”. Nothing was stored."),
        ("at=\"0 9 31 2 *\"", "`0 9 31 2 *` is no cron expression: no date matches that day and month. Nothing was stored."),
    ];

    [Fact]
    public async Task Dates_are_understood_as_people_write_them()
    {
        await using var chat = await Conversation.StartAsync();
        foreach (var (at, means) in Understood)
            Assert.Contains($"once, on {means}, Europe/Madrid time", await chat.AskAsync("lea", $"announce \"Soon\" at=\"{at}\""));
    }

    [Fact]
    public async Task How_often_is_understood_as_people_write_it()
    {
        await using var chat = await Conversation.StartAsync();
        foreach (var (every, means) in (IEnumerable<(string, string)>)[
            ("day", "every day"), ("weekday", "every Monday, Tuesday, Wednesday, Thursday and Friday"), ("mon,thu", "every Monday and Thursday"), ("tuesday and friday", "every Tuesday and Friday"),
            ("week", "every Monday"), ("2 weeks", "every second Monday"), ("3w on friday", "every third Friday"), ("month", "every month on day 5"), ("15th", "every month on day 15"),
            ("last friday", "every month on the last Friday"), ("1st monday", "every month on the first Monday")])
            Assert.Contains($"said in #general {means} at 14:00, Europe/Madrid time", await chat.AskAsync("lea", $"announce \"Often\" every=\"{every}\" at=14:00"));
        Assert.Contains("said in #general by cron 0 9 * * 1-5, Europe/Madrid time", await chat.AskAsync("lea", "announce \"Often\" at=\"0 9 * * 1-5\""));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_private_and_nothing_is_stored()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.JoinAsync("lea");
        foreach (var (when, says) in Refused)
        {
            var answer = Assert.Single(await chat.SayAsync("lea", $"announce \"Soon\" {when}"));
            Assert.StartsWith(says, answer.Text);
            Assert.True(answer.IsFor("lea"));
        }

        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules"));
    }
}
