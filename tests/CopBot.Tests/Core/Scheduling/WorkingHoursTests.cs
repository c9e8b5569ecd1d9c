using CopBot.Core.Scheduling;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Tests.Core.Scheduling;

public sealed class WorkingHoursTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData("mon-fri 09:00-17:00", "mon-fri 09:00-17:00")]
    [InlineData("9-17", "mon-fri 09:00-17:00")]
    [InlineData("Monday to Friday 9-17", null)]
    [InlineData("mon, wed 8:30 to 13", "mon,wed 08:30-13:00")]
    [InlineData("sat,sun 10:00–18:00", "sat,sun 10:00-18:00")]
    [InlineData("mon-wed,fri 9-17", "mon,tue,wed,fri 09:00-17:00")]
    [InlineData("fri-mon 9-17", null)]
    [InlineData("17:00-09:00", null)]
    [InlineData("mon-fri 9-25", null)]
    [InlineData("always", null)]
    public void Hours_are_read_as_people_write_them(string text, string? hours) => Assert.Equal(hours, WorkingHours.Parse(text)?.ToString());

    [Theory]
    [InlineData("2026-01-05T09:00", "2026-01-05T09:00")]
    [InlineData("2026-01-05T16:59", "2026-01-05T16:59")]
    [InlineData("2026-01-05T17:00", "2026-01-06T09:00")]
    [InlineData("2026-01-05T02:30", "2026-01-05T09:00")]
    [InlineData("2026-01-09T18:00", "2026-01-12T09:00")]
    [InlineData("2026-03-27T20:00", "2026-03-30T09:00")]
    [InlineData("2026-10-24T20:00", "2026-10-26T09:00")]
    public void The_next_moment_within_them_is_found_also_across_a_change_of_clocks(string at, string next)
    {
        var local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
        Assert.Equal(next, local.Format(WorkingHours.Usual.Next(local.Parse(at).Value.InZoneStrictly(Berlin).ToInstant(), Berlin).InZone(Berlin).LocalDateTime));
    }
}
