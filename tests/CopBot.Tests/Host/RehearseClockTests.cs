using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

/// <summary>Rehearsals across changes of clocks.</summary>
public sealed partial class RehearseClockTests : IDisposable
{
    private readonly Copbot copbot = new();

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
