using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

/// <summary>Rehearsals across changes of clocks.</summary>
public sealed class RehearseClockTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-16", "2026-03-29 03:00")]
    [InlineData("Europe/Berlin", "2026-10-12", "2026-10-25 02:30")]
    [InlineData("Europe/Dublin", "2026-03-16", "2026-03-29 02:30")]
    [InlineData("Europe/Dublin", "2026-10-12", "2026-10-25 02:30")]
    [InlineData("America/New_York", "2026-02-23", "2026-03-08 03:00")]
    [InlineData("America/New_York", "2026-10-19", "2026-11-01 02:30")]
    [InlineData("Africa/Casablanca", "2026-02-02", "2026-02-15 02:30")]
    [InlineData("Africa/Casablanca", "2026-03-09", "2026-03-22 03:00")]
    [InlineData("Australia/Lord_Howe", "2026-03-23", "2026-04-05 02:30")]
    [InlineData("Australia/Lord_Howe", "2026-09-21", "2026-10-04 02:30")]
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

        atOnce.Says(ExitCodes.Done, $"{changed} #general\nNight watch\n");
        var nights = atOnce.Output.Split("\n\n").Where(message => message.EndsWith("\nNight watch", StringComparison.Ordinal)).Select(message => message.Trim()[..10]).ToList();
        Assert.Equal(21, nights.Count);
        Assert.Equal(nights.Distinct(), nights);
        hourly.Says(ExitCodes.Done);
        Assert.Equal(atOnce.Output.Split('\n'), hourly.Output.Split('\n'));
    }

    [Fact]
    public async Task Cancelling_wins_and_what_is_due_is_said_at_its_own_time()
    {
        var ran = await copbot.RunAsync(
            """
            ana: settings zone=Europe/Berlin
            ana: announce "Mob session at three" at="2026-01-15 14:00"
            ana: announce "Stand-up notes, please" every=thursday at=09:30
            ana: announce "A mistake" at="in 2 hours"
            bo: schedule list
            ana: schedule preview 2
            clock +1h59m
            ana: schedule cancel 3
            clock +20d
            ana: schedule list
            """, "rehearse");

        ran.Says(ExitCodes.Done);
        Golden.Check("Host/golden/cancel.txt", ran.Output);
        Assert.DoesNotContain("#general\nA mistake", ran.Output);
    }

    public void Dispose() => copbot.Dispose();
}
