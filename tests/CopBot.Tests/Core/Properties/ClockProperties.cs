using CopBot.Host.CommandLine;
using CopBot.Tests.Host;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Properties;

/// <summary>Rehearsals across changes of clocks, in zones that change them differently.</summary>
public sealed class ClockProperties : IDisposable
{
    private readonly Copbot copbot = new();

    /// <summary>A zone, the day on which it begins, and when half past two is on the day of the change.</summary>
    public static TheoryData<string, string, string> Changes { get; } = new(Property.Share<(string, string, string)>(
    [
        ("Europe/Berlin", "2026-03-16", "2026-03-29 03:00"),
        ("Europe/Berlin", "2026-10-12", "2026-10-25 02:30"),
        ("Europe/Dublin", "2026-03-16", "2026-03-29 02:30"),
        ("Europe/Dublin", "2026-10-12", "2026-10-25 02:30"),
        ("America/New_York", "2026-02-23", "2026-03-08 03:00"),
        ("America/New_York", "2026-10-19", "2026-11-01 02:30"),
        ("Africa/Casablanca", "2026-02-02", "2026-02-15 02:30"),
        ("Africa/Casablanca", "2026-03-09", "2026-03-22 03:00"),
        ("Australia/Lord_Howe", "2026-03-23", "2026-04-05 02:30"),
        ("Australia/Lord_Howe", "2026-09-21", "2026-10-04 02:30"),
    ], one: 5));

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Half_past_two_comes_once_each_day_and_three_weeks_at_once_are_the_same_as_hour_by_hour(string zone, string start, string changed)
    {
        const string Plans =
            """
            ana: announce "Night watch" every=day at=02:30
            ana: announce "Notes" every="2w thursday" at=09:30
            bo: share "A workshop on postmortems" size=large

            """;
        string[] options = ["rehearse", "--zone", zone, "--start", $"{start}T09:00"];
        var atOnce = await copbot.RunAsync(Plans + "clock +21d\nana: schedule list\n", options);
        var hourly = await copbot.RunAsync(Plans + string.Concat(Enumerable.Repeat("clock +1h\n", 21 * 24)) + "ana: schedule list\n", options);
        var weeks = await copbot.RunAsync(string.Concat(Enumerable.Range(1, 4).Select(week => $"bo: win \"Week {week}\"\nclock +7d\n")) + "clock +1h\n", options);

        atOnce.Says(ExitCodes.Done, $"{changed} #general\nNight watch\n");
        var nights = atOnce.Output.Split("\n\n").Where(message => message.EndsWith("\nNight watch", StringComparison.Ordinal)).Select(message => message.Trim()[..10]).ToList();
        Assert.Equal(21, nights.Count);
        Assert.Equal(nights.Distinct(), nights);
        hourly.Says(ExitCodes.Done);
        weeks.Says(ExitCodes.Done);
        var closed = weeks.Output.Split("\n\n").Where(message => message.Contains("#general\nWeek of ", StringComparison.Ordinal)).Select(message => message.Trim()[10..16]).ToList();
        Assert.Equal([" 09:00", " 09:00", " 09:00", " 09:00"], closed);
        Assert.Equal(atOnce.Output.Split('\n'), hourly.Output.Split('\n'));
    }

    public void Dispose() => copbot.Dispose();
}
