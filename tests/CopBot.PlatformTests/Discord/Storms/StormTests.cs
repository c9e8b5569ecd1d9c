using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>
/// Discord says “too fast” for ten minutes. The clock of the bot and of the server runs fifteen times as fast as the real one, timers with it: what is
/// measured is in minutes and seconds of that clock.
/// </summary>
public abstract class StormTests(ITestOutputHelper output, string route, Func<DiscordFault> fault, double delay)
{
    private const int Faster = 15;
    private const int MostInvalid = 1000;
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(10);

    // Timers are coarse against a clock that runs so fast, and a second in which the machine does something else is many of its seconds.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(Faster);

    [Fact]
    public async Task Ten_minutes_of_too_fast_lose_nothing_and_are_borne_quietly()
    {
        var clock = new FastClock(Faster);
        await using var discord = await DiscordServer.StartAsync(clock);
        var crowd = new DiscordCrowd(discord, channels: 3, people: 6, seed: 81);
        await using var bot = await RunningDiscord.StartAsync(discord);
        await crowd.GreetAsync(bot);
        await discord.UntilAsync(() => discord.GlobalCommands.Count > 0, "the commands");

        // Whoever types a command does not wait for an answer that cannot come.
        discord.AnswerPatience = TimeSpan.FromMilliseconds(50);
        var (began, asked) = (clock.Passed, 0);
        discord.Faults.Always(route, fault);
        while (clock.Passed - began < Storm)
        {
            crowd.Say();
            if (crowd.Told.Count % 5 == 0)
                await discord.RunCommandAsync(crowd.People[asked++ % 6], crowd.Channels[0], "cop me");
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
        }

        discord.Faults.Clear();
        var (ended, posted, met) = (clock.Passed, discord.Posts.Count, discord.Faults.Hits.Count);
        await discord.UntilAsync(() => discord.Posts.Count > posted, "the first message after the storm", TimeSpan.FromSeconds(60));
        var first = clock.Passed - ended;
        await bot.QuietAsync();
        var answered = discord.Posts.Count(post => (post.OnlyUser is not null || post.Channel.IsDirect) && !post.Deleted && RunningDiscord.TextOf(post).StartsWith("You have ", StringComparison.Ordinal));
        output.WriteLine($"{route}: {crowd.Told.Count} stories and {asked} commands in {Storm.TotalMinutes} min of 429; {met} requests met one, {discord.Limits.MostInvalidInTenMinutes} invalid ones in ten minutes; the first message {first.TotalSeconds:0.0} s after the end (the delay asked: {delay} s), the last after {(clock.Passed - ended).TotalSeconds:0} s");
        crowd.AssertToldOnce();
        Assert.Equal(asked, answered);
        Assert.InRange(discord.Limits.MostInvalidInTenMinutes, 1, MostInvalid - 1);
        Assert.True(first < TimeSpan.FromSeconds(2 * delay) + Slack, $"the first message came after {first}");
        Assert.Empty(discord.Breaches);
    }
}

public sealed class StormOnEverythingTests(ITestOutputHelper output) : StormTests(output, "*", () => DiscordFault.GloballyLimited(30), 30);

public sealed class StormOnOneRouteTests(ITestOutputHelper output) : StormTests(output, "POST /channels/{channel_id}/messages", () => DiscordFault.RouteLimited(30), 30);

public sealed class StormOnEachRouteTests(ITestOutputHelper output) : StormTests(output, "*", () => DiscordFault.RouteLimited(12.25), 12.25);

// It does not say how long to wait; five seconds are taken.
public sealed class StormWithoutAWordTests(ITestOutputHelper output) : StormTests(output, "*", () => DiscordFault.Cloudflare, 5);
