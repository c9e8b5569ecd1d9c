using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

/// <summary>Rehearsals across changes of clocks.</summary>
public sealed partial class RehearseClockTests : IDisposable
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

    [Fact]
    public async Task The_same_script_says_the_same_down_to_the_seal_and_so_does_hour_by_hour()
    {
        const string Begins = "bo: share \"Runbooks that cut MTTR\" size=medium\ncy: kudos @bo \"for them\"\n";
        string[] options = ["rehearse", "--start", "2026-03-25T09:00"];
        var one = await copbot.RunAsync(Begins + "clock +10d\n", options);
        var other = await copbot.RunAsync(Begins + string.Concat(Enumerable.Repeat("clock +1h\n", 240)), options);
        one.Says(ExitCodes.Done, "sealed with SHA-256");
        Assert.Equal(one.Output.Split('\n'), other.Output.Split('\n'));
    }

    [Fact]
    public async Task The_week_closes_itself_with_movement_hero_sidekick_and_newcomers()
    {
        var ran = await copbot.RunAsync(
            """
            ana: settings zone=Europe/Berlin
            bo: squad create Blue
            bo: squad join Blue
            ana: share "Runbooks that cut MTTR" size=medium
            bo: share "Dashboards worth a look"
            bo: used 1
            cy: kudos @ana "for the runbooks"
            clock 2026-01-12T09:00
            cy: share "Pager rota without tears" size=medium
            ana: share "The second part of it"
            dee: share "Hello from the night shift"
            clock +14d
            bo: board week=2026-W03
            clock 2026-04-01T10:00
            bo: season hall
            """, "rehearse");

        ran.Says(ExitCodes.Done);
        // The seal is over entries with ids that differ from run to run.
        Golden.Check("Host/golden/week.txt", Seals().Replace(ran.Output, "sealed `…`"));
    }

    [System.Text.RegularExpressions.GeneratedRegex("sealed (?:with SHA-256 )?`[0-9a-f]+`")]
    private static partial System.Text.RegularExpressions.Regex Seals();

    public void Dispose() => copbot.Dispose();
}
