using CopBot.EndToEndTests.Support;
using Microsoft.Data.Sqlite;

namespace CopBot.EndToEndTests.Crash;

/// <summary>The serving process is killed at random moments around the occurrences of schedules. Each is said once.</summary>
[Collection(Alone.Name)]
public sealed class OccurrenceKillTests(ITestOutputHelper output)
{
    private const int Lanes = 2;
    private const int KillsPerLane = 100;
    private const int PerKill = 60;

    [Fact]
    public async Task Two_hundred_kills_around_occurrences_and_each_is_said_once()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => KillAsync(new Random(seed + lane))));
        var (early, between, late) = (lanes.Sum(lane => lane.Early), lanes.Sum(lane => lane.Between), lanes.Sum(lane => lane.Late));
        output.WriteLine($"{Lanes * KillsPerLane} kills around {Lanes * KillsPerLane * PerKill} occurrences: {early} before the first, {between} between the first and the last, {late} after the last");
        Assert.True(between >= Lanes * KillsPerLane / 4, "too few kills hit the occurrences for the test to mean anything");
    }

    private static async Task<(int Early, int Between, int Late)> KillAsync(Random random)
    {
        await using var host = await HostProcess.StartAsync();
        await host.KillAsync();
        await using var connection = new SqliteConnection($"Data Source={host.DatabaseFile};Pooling=false");
        await connection.OpenAsync();
        var schedules = new SeededSchedules(connection, idsAsBytes: true);
        await schedules.RunAsync("update communities set zone = 'UTC'");

        var (early, between, late) = (0, 0, 0);

        // How long it takes until the first has run differs between machines and from one moment to the next: each kill that came too early or too late moves the next ones.
        var expected = TimeSpan.FromSeconds(1);
        for (var kill = 0; kill < KillsPerLane; kill++)
        {
            // Half of them are due when it starts, half fall due while it runs.
            var now = TimeProvider.System.GetUtcNow();
            var (before, _, _) = await schedules.ProgressAsync();
            await schedules.AddAsync(PerKill, index => index % 2 == 0 ? now : now + expected + TimeSpan.FromMilliseconds(10 * index));
            host.Start();
            await Task.Delay(expected * (0.7 + 0.6 * random.NextDouble()), TimeProvider.System);
            await host.KillAsync();

            var (ran, _, waiting) = await schedules.ProgressAsync();
            var all = (kill + 1) * PerKill;
            if (ran == before)
                (early, expected) = (early + 1, expected * 1.08);
            else if (ran < all || waiting > 0)
                between++;
            else
                (late, expected) = (late + 1, expected * 0.92);
        }

        host.Start();
        await schedules.SettleAsync(TimeSpan.FromSeconds(60));
        await host.StopAsync();
        Assert.Equal(0, await schedules.WrongAsync());
        return (early, between, late);
    }
}
