namespace CopBot.EndToEndTests.Crash;

/// <summary>The real process is killed at random moments of a stream of commands. What it had answered is there, once.</summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    // Two at a time, for one process leaves half of a machine idle while it starts.
    private const int KillsPerLane = 50;

    [Fact]
    public async Task A_hundred_kills_lose_nothing_that_was_answered_and_double_nothing()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using KillLane first = new(output), second = new(output);
        await Task.WhenAll(first.KillAsync(KillsPerLane, new Random(seed)), second.KillAsync(KillsPerLane, new Random(seed + 1)));
    }
}
