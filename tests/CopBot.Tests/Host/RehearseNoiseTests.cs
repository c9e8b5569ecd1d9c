using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

/// <summary>What a lead does against noise, as scripts that read aloud; the clock at once and hour by hour gives the same lines.</summary>
public sealed partial class RehearseNoiseTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Theory]
    [InlineData("freeze.txt", """
        ana: settings zone=Europe/Berlin
        ana: announce "Stand-up notes, please" every=thursday at=09:30
        ana: announce "Mob session at three" at="2026-01-07 14:00"
        ana: announce "A mistake" at="2026-01-06 16:00"
        ana: subscribe announcement in=#ops
        bo: share "A workshop on postmortems" size=large
        clock +1d
        ana: freeze incident "Checkout is down" channels=#general,#ops
        bo: win "Rolled back in four minutes"
        clock +1d
        ana: held
        ana: schedule cancel 3
        ana: freeze incident "Checkout is still down"
        clock +1d
        ana: thaw channels=#ops
        clock +1d
        ana: thaw
        ana: thaw
        clock +10d
        """)]
    [InlineData("budget.txt", """
        ana: settings zone=Europe/Berlin budget=2
        ana: announce "Stand-up notes, please" every=weekday at=10:00
        ana: announce "Mob session at three" at="2026-01-08 14:00"
        ana: announce "A mistake" at="2026-01-08 16:00"
        clock +4d
        ana: held
        ana: schedule cancel 3
        clock +4d
        ana: settings budget=off
        clock +2d
        """)]
    [InlineData("working-hours.txt", """
        ana: settings zone=Europe/Berlin hours="mon-fri 09:00-17:00"
        ana: announce "Coffee with the new ones" at="2026-01-08 15:00"
        ana: announce "Patch night at ten" at="2026-01-10 20:00"
        ana: announce "Water the plants" every=friday at=19:00
        ana: announce "A mistake" at="2026-01-10 21:00"
        bo: hours "mon-fri 12:00-16:00" zone=Europe/Lisbon
        bo: share "A workshop on postmortems" size=large
        clock +6d
        ana: schedule list
        ana: held
        ana: schedule cancel 4
        clock +7d
        """)]
    public async Task A_season_of_it_reads_well_and_is_the_same_hour_by_hour(string golden, string script)
    {
        var atOnce = await copbot.RunAsync(script, "rehearse");
        atOnce.Says(ExitCodes.Done);
        Golden.Check($"Host/golden/{golden}", atOnce.Output);
        Assert.DoesNotContain("#general\nA mistake", atOnce.Output);

        var hourly = await copbot.RunAsync(Days().Replace(script, days => string.Join('\n', Enumerable.Repeat("clock +1h", 24 * int.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture)))), "rehearse");
        Assert.Equal(atOnce.Output.Split('\n'), hourly.Output.Split('\n'));
    }

    public void Dispose() => copbot.Dispose();

    [GeneratedRegex("clock \\+(\\d+)d")]
    private static partial Regex Days();
}
