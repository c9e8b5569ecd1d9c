using CopBot.Core.Scheduling;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Platforms.Teams.Api;
using CopBot.Tests.Support.FakeTeams;
using NodaTime;
using TeamsPace = CopBot.Platforms.Teams.Api.TeamsPace;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>What Teams allows in one conversation: 7 in a second, 8 in two, 60 in thirty, 1,800 in an hour.</summary>
public sealed class PaceTests(ITestOutputHelper output)
{
    private static readonly (int Most, Duration Within)[] Windows = [(7, Duration.FromSeconds(1)), (8, Duration.FromSeconds(2)), (60, Duration.FromSeconds(30)), (1800, Duration.FromHours(1))];

    [Fact]
    public async Task Bursts_of_two_hundred_in_one_conversation_never_break_the_windows()
    {
        var clock = new FastClock(1);
        await using var teams = await TeamsServer.StartAsync(clock);
        teams.Pace.IsOn = true;

        // A new thread each time, always the same thread, always the same person.
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 1, people: 1, seed: 71);
        await using var bot = await RunningTeams.StartAsync(teams);
        await crowd.GreetAsync(teams);
        clock.Run(20);
        var began = clock.Passed;
        await crowd.TellAsync(bot, 600);
        await bot.QuietAsync();
        output.WriteLine($"200 new threads of a channel, 200 answers in one thread and 200 messages to one person in {(clock.Passed - began).TotalSeconds:0} s; {teams.Pace.Refused} refused");
        crowd.AssertToldOnceInOrder(teams);
        Assert.Equal(0, teams.Pace.Refused);
        Assert.Empty(teams.Breaches);
    }

    [Theory]
    [InlineData(TeamsRetryAfter.Seconds)]
    [InlineData(TeamsRetryAfter.Date)]
    [InlineData(TeamsRetryAfter.Silent)]
    public async Task Where_it_is_refused_for_haste_it_comes_again_when_asked(TeamsRetryAfter says)
    {
        var clock = new FastClock(1);
        await using var teams = await TeamsServer.StartAsync(clock);
        (teams.Pace.IsOn, teams.Pace.Says) = (true, says);
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 0, people: 1, seed: 72);
        await using var bot = await RunningTeams.StartAsync(teams, paced: false);
        await crowd.GreetAsync(teams);
        clock.Run(20);
        var began = clock.Passed;
        await crowd.TellAsync(bot, 60);
        await bot.QuietAsync();
        var took = clock.Passed - began;
        output.WriteLine($"{says}: 60 messages to one person in {took.TotalSeconds:0} s, {teams.Pace.Refused} refused");
        crowd.AssertToldOnceInOrder(teams);

        // Eight in two seconds, where it says when; else it waits for five seconds after every eighth.
        Assert.True(took < TimeSpan.FromSeconds(says == TeamsRetryAfter.Silent ? 2 * 60 / 7.0 * 5 : 2 * 30), $"{took}");
        Assert.InRange(teams.Pace.Refused, 1, 30);
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public void Whatever_time_requests_take_on_their_way_no_window_is_broken()
    {
        var (random, clock) = (new Random(73), new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        var (pace, call, arrived, began) = (new TeamsPace(clock), TeamsCall.Say("19:one"), new List<Instant>(), clock.Now);
        while (arrived.Count < 4000)
        {
            if (pace.Take(call) is var wait && wait > Duration.Zero)
            {
                clock.MoveTo(clock.Now + wait);
                continue;
            }

            // On its way, and the answer on its way back: mostly at once, now and then for seconds.
            clock.MoveTo(clock.Now + Way(random));
            arrived.Add(clock.Now);
            clock.MoveTo(clock.Now + Way(random));
            pace.Landed(call);
        }

        var most = Windows.Select(window => arrived.Select((at, index) => arrived.Skip(index).TakeWhile(other => other - at < window.Within).Count()).Max()).ToList();
        output.WriteLine($"{arrived.Count} posts in {(clock.Now - began).TotalMinutes:0} min: at most {most[0]} in a second, {most[1]} in two, {most[2]} in thirty, {most[3]} in an hour");
        Assert.All(Windows.Zip(most), pair => Assert.InRange(pair.Second, 1, pair.First.Most));

        // And it is used: no slower than the hour's window by a fifth.
        Assert.True(clock.Now - began < Duration.FromHours(4000 / 1800.0 * 1.2), $"{clock.Now - began}");
    }

    private static Duration Way(Random random) => Duration.FromMilliseconds(random.Next(10) == 0 ? random.Next(3000) : random.Next(20));
}
