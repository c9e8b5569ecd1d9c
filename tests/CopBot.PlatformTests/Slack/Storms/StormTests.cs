using CopBot.Platforms.Slack.Sockets;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>
/// Slack says “too fast” to everything for ten minutes. The clock of the bot and of the workspace runs fifteen times as fast as the real one, timers
/// with it: what is measured is in minutes and seconds of that clock.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Faster = 15;
    private const int RetryAfter = 30;
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(10);

    // Timers are coarse against a clock that runs so fast, and a second in which the machine does something else is many of its seconds.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(Faster);

    [Fact]
    public async Task Ten_minutes_of_too_fast_on_everything_lose_nothing_and_are_borne_quietly()
    {
        var clock = new ScaledClock(Faster);
        await using var slack = await SlackServer.StartAsync(clock);
        var crowd = new Crowd(slack, channels: 3, people: 6, random: new Random(21));
        await using var bot = await RunningBot.StartAsync(slack);
        await crowd.GreetAsync();
        await bot.QuietAsync();

        var (before, began) = (slack.Calls.Count, clock.GetUtcNow());
        slack.Faults.Always("*", SlackFault.RateLimited(RetryAfter));
        while (clock.GetUtcNow() - began < Storm)
        {
            await crowd.SayAsync(TimeSpan.FromSeconds(5));
            if (crowd.Told.Count % 5 == 0)
                await crowd.AskAsync();
        }

        var during = slack.Calls.Skip(before).ToList();
        slack.Faults.Clear();
        var ended = clock.GetUtcNow();
        var posted = bot.Workspace.Posts.Count;
        await slack.UntilAsync(() => bot.Workspace.Posts.Count > posted, "the first message after the storm");
        var first = clock.GetUtcNow() - ended;
        await bot.QuietAsync();

        var windows = Storm.TotalSeconds / RetryAfter + 1;
        var perKey = during.GroupBy(call => $"{call.Method} {(call.Method == "response_url" ? "" : (string?)call.Args["channel"])}").ToDictionary(group => group.Key, group => group.Count());
        output.WriteLine($"{crowd.Told.Count} stories and {crowd.Asked} private answers in {Storm.TotalMinutes} min of 429 (Retry-After {RetryAfter} s); {during.Count} requests meanwhile, at most {perKey.Values.Max() / windows:0.0} per Retry-After and channel ({string.Join(", ", perKey.Select(one => $"{one.Key}: {one.Value}"))}); the first message {first.TotalSeconds:0.0} s after the end, the last after {(clock.GetUtcNow() - ended).TotalSeconds:0} s");
        crowd.AssertToldOnceInOrder(bot);

        // What a cap keeps back of a story is told in private, too.
        Assert.Equal(crowd.Asked, bot.Workspace.Posts.Count(post => post.OnlyUser is not null && post.Text.StartsWith("You have ", StringComparison.Ordinal)));
        Assert.All(perKey, one => Assert.True(one.Value <= 2 * windows, $"{one.Key}: {one.Value}"));
        Assert.True(first < TimeSpan.FromSeconds(2 * RetryAfter) + Slack, $"the first message came after {first}");
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task A_start_in_the_storm_is_over_soon_after_it_and_knows_its_channels()
    {
        var clock = new ScaledClock(Faster);
        await using var slack = await SlackServer.StartAsync(clock);
        var crowd = new Crowd(slack, channels: 1, people: 1, random: new Random(22));
        slack.Faults.Always("*", SlackFault.RateLimited(10));
        await using var bot = await RunningBot.StartAsync(slack, ready: false);
        await slack.UntilAsync(() => slack.Calls.Count >= 8, "eight calls in vain");

        // Who it is it hears first; then for a while neither its channels nor an address to connect to.
        slack.Faults.Clear();
        foreach (var method in (string[])["users.conversations", "apps.connections.open"])
            slack.Faults.Always(method, SlackFault.RateLimited(10));
        await bot.Services.GetRequiredService<IInstallations>().Ready.WaitAsync(TimeSpan.FromMinutes(1));
        await slack.UntilAsync(() => slack.Calls.Count(call => call.Method == "apps.connections.open") >= 6, "six calls in vain");
        slack.Faults.Clear();
        var ended = clock.GetUtcNow();
        await slack.SocketsAsync(SocketMode.Connections);
        var channels = bot.Services.GetRequiredService<SlackChannels>();
        await slack.UntilAsync(() => channels.Find(bot.Workspace.Team, "channel0") is not null, "its channels");
        var took = clock.GetUtcNow() - ended;
        output.WriteLine($"connected, and all channels known, {took.TotalSeconds:0.0} s after the end (Retry-After 10 s); {slack.Calls.Count} calls in all");
        Assert.True(took < TimeSpan.FromSeconds(2 * 10) + Slack, $"it took {took}");
        await crowd.SayAsync(TimeSpan.Zero);
        await bot.QuietAsync();
        crowd.AssertToldOnceInOrder(bot);
    }

    [Fact]
    public async Task A_storm_in_one_channel_holds_up_no_other()
    {
        var clock = new ScaledClock(Faster);
        await using var slack = await SlackServer.StartAsync(clock);
        var crowd = new Crowd(slack, channels: 3, people: 6, random: new Random(23));
        await using var bot = await RunningBot.StartAsync(slack);
        await crowd.GreetAsync();
        await bot.QuietAsync();

        var stormy = crowd.Channels[0];
        slack.Faults.Always("chat.postMessage", SlackFault.RateLimited(RetryAfter), only: args => (string?)args["channel"] == stormy.Id);
        var began = clock.GetUtcNow();
        var slowest = TimeSpan.Zero;
        while (clock.GetUtcNow() - began < TimeSpan.FromMinutes(3))
        {
            await crowd.SayAsync(TimeSpan.FromSeconds(1), in0: true);
            var said = clock.GetUtcNow();
            var title = await crowd.SayAsync(TimeSpan.Zero, in0: false);
            await slack.UntilAsync(() => bot.Workspace.Posts.Any(post => post.Text.Contains(title, StringComparison.Ordinal)), "an answer in another channel");
            if (clock.GetUtcNow() - said is var took && took > slowest)
                slowest = took;
        }

        Assert.DoesNotContain(bot.Workspace.Posts, post => post.Channel == stormy.Id && post.Text.Contains("story", StringComparison.Ordinal));
        slack.Faults.Clear();
        await bot.QuietAsync();
        output.WriteLine($"{crowd.Told.Count} stories; the slowest answer in the other channels took {slowest.TotalSeconds:0.0} s; {slack.Faults.Hits.Count} requests met a 429");
        crowd.AssertToldOnceInOrder(bot);
        Assert.True(slowest < TimeSpan.FromSeconds(RetryAfter), $"{slowest}");
        Assert.True(slack.Faults.Hits.Count <= 2 * (3 * 60 / RetryAfter + 1), $"{slack.Faults.Hits.Count} requests");
    }

    [Fact]
    public async Task Two_hundred_messages_to_three_channels_arrive_in_order_at_Slacks_own_pace()
    {
        var clock = new ScaledClock(Faster);
        await using var slack = await SlackServer.StartAsync(clock);
        slack.EnforceRates = true;
        var crowd = new Crowd(slack, channels: 3, people: 6, random: new Random(24));
        await using var bot = await RunningBot.StartAsync(slack);
        await crowd.GreetAsync();
        await bot.QuietAsync();
        var began = clock.GetUtcNow();
        for (var number = 0; number < 200; number++)
            await crowd.SayAsync(TimeSpan.Zero);
        await bot.QuietAsync();
        var tooFast = slack.Calls.Count(call => call.Method == "chat.postMessage" && call.Answer is null);
        output.WriteLine($"200 messages in {(clock.GetUtcNow() - began).TotalSeconds:0} s, {tooFast} of {slack.Calls.Count(call => call.Method == "chat.postMessage")} posts met a 429");
        Assert.Equal(200, crowd.Told.Count);
        crowd.AssertToldOnceInOrder(bot);

        // Some of those that left in time come too close to each other, so fast as the clock runs. Without a pace every third would.
        Assert.True(tooFast <= 20, $"{tooFast} too fast");
        Assert.Empty(slack.Problems);
    }
}
