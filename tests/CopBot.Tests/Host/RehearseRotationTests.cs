using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

public sealed class RehearseRotationTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Fact]
    public async Task A_core_team_rotates_by_itself()
    {
        var ran = await copbot.RunAsync(
            """
            ana: settings zone=Europe/Berlin
            ana: rotation create "Core team" seats=2 every=2w day=monday at=09:00 roles=lead,moderator
            ana: rotation join "Core team"
            bo: rotation join "Core team"
            cy: rotation join "Core team"
            dee: rotation join "Core team"
            ana: rotation list "Core team"
            cy: rotation away "Core team" from=2026-02-01 until=2026-02-20
            bo: share "Error budgets in one page" size=medium
            bo: rotation note "The retro template is in the wiki"
            clock +30d
            ana: rotation who "Core team"
            ana: rotation why "Core team"
            ana: rotation balance
            """, "rehearse", "--start", "2026-01-05T09:00");

        ran.Says(ExitCodes.Done, "#general\nCore team, until Mon 26 Jan 2026: ", "rests: cy, because: away until Fri 20 Feb 2026");
        Golden.Check("Host/golden/rotation.txt", ran.Output);
    }

    public void Dispose() => copbot.Dispose();
}
