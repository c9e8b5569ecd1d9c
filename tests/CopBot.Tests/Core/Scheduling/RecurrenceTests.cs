using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Tests.Core.Scheduling;

public sealed class RecurrenceTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData("weekly mon 1 2026-01-05 09:00", "every Monday at 09:00", "2026-01-05 09:00, 2026-01-12 09:00, 2026-01-19 09:00")]
    [InlineData("weekly mon,thu 2 2026-01-05 09:00", "every second Monday and Thursday at 09:00", "2026-01-05 09:00, 2026-01-08 09:00, 2026-01-19 09:00")]
    [InlineData("weekly mon,tue,wed,thu,fri,sat,sun 1 2026-03-28 02:30", "every day at 02:30", "2026-03-28 02:30, 2026-03-29 03:00, 2026-03-30 02:30")]
    [InlineData("monthly 31 09:00", "every month on day 31 at 09:00", "2026-01-31 09:00, 2026-02-28 09:00, 2026-03-31 09:00")]
    [InlineData("monthly-weekday -1 fri 15:00", "every month on the last Friday at 15:00", "2026-01-30 15:00, 2026-02-27 15:00, 2026-03-27 15:00")]
    [InlineData("monthly-weekday 1 mon 15:00", "every month on the first Monday at 15:00", "2026-01-05 15:00, 2026-02-02 15:00, 2026-03-02 15:00")]
    [InlineData("once 2026-01-15 14:00", "once, on Thursday 15 January 2026 at 14:00", "2026-01-15 14:00")]
    [InlineData("cron 0 9,14 * * 1-5", "by cron 0 9,14 * * 1-5", "2026-01-01 14:00, 2026-01-02 09:00, 2026-01-02 14:00")]
    [InlineData("cron */30 2 29 mar *", "by cron */30 2 29 mar *", "2026-03-29 03:00, 2027-03-29 02:00, 2027-03-29 02:30")]
    [InlineData("cron 0 0 29 2 mon", "by cron 0 0 29 2 mon", "2026-02-02 00:00, 2026-02-09 00:00, 2026-02-16 00:00")]
    [InlineData("cron 0 12 29 2 *", "by cron 0 12 29 2 *", "2028-02-29 12:00, 2032-02-29 12:00, 2036-02-29 12:00")]
    public void A_rule_is_stored_as_text_said_in_words_and_gives_local_times(string text, string words, string times)
    {
        var rule = RecurrenceText.Read(text);
        Assert.Equal(text, RecurrenceText.Write(rule));
        Assert.Equal(words, RecurrenceText.Say(rule));
        var next = Occurrences.After(rule, Berlin, Berlin.AtStrictly(new LocalDateTime(2026, 1, 1, 12, 0)).ToInstant()).Take(3);
        Assert.Equal(times, string.Join(", ", next.Select(occurrence => occurrence.At.InZone(Berlin).ToString("uuuu-MM-dd HH:mm", null))));
    }

    [Theory]
    [InlineData("0 9 * *", "five fields")]
    [InlineData("60 9 * * *", "“60” is no minute; it is 0 to 59")]
    [InlineData("0 9 31 2 *", "no date matches")]
    [InlineData("0 9-7 * * *", "runs backwards")]
    [InlineData("0 9 * * */0", "is no day of week")]
    [InlineData("x 9 * * *", "“x” is no minute")]
    public void A_cron_expression_that_is_wrong_names_its_field(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => CronExpression.Parse(text)).Message);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Dublin", "2026-03-29T01:30:00Z", "2026-10-25T02:30:00Z")]
    [InlineData("America/New_York", "2026-03-08T07:00:00Z", "2026-11-01T07:30:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-15T01:30:00Z", "2026-03-22T02:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T16:00:00Z", "2026-10-03T15:30:00Z")]
    public void Half_past_two_runs_once_on_both_days_of_a_change(string name, string first, string second)
    {
        var zone = DateTimeZoneProviders.Tzdb[name];
        var daily = RecurrenceText.Read("cron 30 2 * * *");
        foreach (var expected in (string[])[first, second])
        {
            var at = NodaTime.Text.InstantPattern.ExtendedIso.Parse(expected).Value;
            var day = Occurrences.After(daily, zone, at - Duration.FromHours(30)).TakeWhile(occurrence => occurrence.At < at + Duration.FromHours(30)).ToList();
            Assert.Contains(at, day.Select(occurrence => occurrence.At));
            Assert.Equal(day.Select(occurrence => occurrence.Date).Distinct().Count(), day.Count);
        }
    }

    [Fact]
    public void A_rule_that_has_ended_or_lies_far_ahead_is_answered_at_once()
    {
        Assert.Empty(Occurrences.After(RecurrenceText.Read("once 2026-01-01 09:00"), Berlin, Instant.FromUtc(2026, 1, 2, 0, 0)));
        Assert.Single(Occurrences.After(RecurrenceText.Read("once 9000-01-01 09:00"), Berlin, Instant.FromUtc(2026, 1, 2, 0, 0)));
    }
}
