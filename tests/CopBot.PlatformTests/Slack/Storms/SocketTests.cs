using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>
/// Connections that do not last. Clock and timers run fifteen times as fast as the real ones: a cut every quarter of a second is one every four
/// seconds, forty seconds are ten minutes, and Slack repeats what was not acknowledged at once, after one minute and after five.
/// </summary>
public sealed class SocketTests(ITestOutputHelper output)
{
    private const int Faster = 15;
    private static readonly TimeSpan[] Repeats = [TimeSpan.Zero, TimeSpan.FromMinutes(1) / Faster, TimeSpan.FromMinutes(5) / Faster];

    [Fact]
    public async Task Ten_minutes_of_connections_cut_every_few_seconds_lose_nothing_and_double_nothing()
    {
        var (slack, crowd, bot) = await StartAsync(31);
        await using var server = slack;
        await using var one = bot;
        var (random, cuts, began) = (new Random(32), 0, slack.Clock.GetUtcNow());
        var talking = TalkAsync(slack, crowd, () => slack.Clock.GetUtcNow() - began < TimeSpan.FromMinutes(10));
        while (slack.Clock.GetUtcNow() - began < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(150, 350)), TimeProvider.System);
            if (slack.Sockets is { Count: > 0 } open)
            {
                slack.Cut(open[random.Next(open.Count)]);
                cuts++;
            }
        }

        await talking;
        await bot.QuietAsync();
        output.WriteLine($"{cuts} cuts, {crowd.Told.Count} stories acknowledged, {crowd.Unheard.Count} never, {crowd.Repeated} repeated deliveries, {slack.Calls.Count(call => call.Method == "apps.connections.open")} connections asked for");
        Assert.Empty(crowd.Unheard);
        Assert.True(crowd.Told.Count > 100 && crowd.Repeated > 0, "too little happened for the test to mean anything");
        crowd.AssertToldOnceInOrder(bot);
        Assert.Empty(slack.Problems);
    }

    [Theory]
    [InlineData("warning", false)]
    [InlineData("refresh_requested", false)]
    [InlineData("warning", true)]
    public async Task Slack_moves_all_connections_time_and_again_and_there_is_always_one(string reason, bool refusedAtFirst)
    {
        var (slack, crowd, bot) = await StartAsync(33);
        await using var server = slack;
        await using var one = bot;
        using var stop = new CancellationTokenSource();
        var sampled = SampleAsync(slack, stop.Token);

        // Two minutes, and longer where the machine is slow.
        var (rounds, began) = (0, slack.Clock.GetUtcNow());
        var talking = TalkAsync(slack, crowd, () => Volatile.Read(ref rounds) < 3 || slack.Clock.GetUtcNow() - began < TimeSpan.FromMinutes(2));
        for (; !talking.IsCompleted; rounds++)
        {
            var last = slack.Sockets.Max(socket => socket.Number);
            if (refusedAtFirst)
                slack.Faults.Next("apps.connections.open", SlackFault.RateLimited(10), SlackFault.Status(500));
            var asked = slack.Disconnect(reason, closeAfter: TimeSpan.FromMinutes(1) / Faster);
            await slack.UntilAsync(() => slack.Sockets.Count(socket => socket.Number > last) >= 2, "two connections in place of two");
            await slack.UntilAsync(() => slack.Sockets.All(socket => socket.Number > last), "the old ones gone");
            await asked;
        }

        await talking;
        await bot.QuietAsync();
        await stop.CancelAsync();
        var (samples, least) = await sampled;
        output.WriteLine($"{reason}{(refusedAtFirst ? ", refused at first" : "")}: {rounds} rounds, {crowd.Told.Count} stories, {crowd.Repeated} repeated, {samples} samples, never fewer than {least} open");
        Assert.True(rounds > 2 && least >= 1, $"{rounds} rounds, {least} open");
        Assert.Equal(0, crowd.Repeated);
        Assert.Empty(crowd.Unheard);
        crowd.AssertToldOnceInOrder(bot);
        Assert.Empty(slack.Problems);
    }

    private static async Task<(SlackServer Slack, Crowd Crowd, RunningBot Bot)> StartAsync(int seed)
    {
        var slack = await SlackServer.StartAsync(new ScaledClock(Faster));
        slack.RetryDelays = Repeats;
        var crowd = new Crowd(slack, channels: 3, people: 8, random: new Random(seed));
        var bot = await RunningBot.StartAsync(slack);
        await crowd.GreetAsync();
        await bot.QuietAsync();
        return (slack, crowd, bot);
    }

    // Nobody waits for the one before: people speak when they do.
    private static async Task TalkAsync(SlackServer slack, Crowd crowd, Func<bool> goesOn)
    {
        var said = new List<Task>();
        while (goesOn())
        {
            said.Add(crowd.SayAsync(TimeSpan.Zero));
            await Task.Delay(TimeSpan.FromSeconds(2), slack.Clock);
        }

        await Task.WhenAll(said);
    }

    private static async Task<(int Samples, int Least)> SampleAsync(SlackServer slack, CancellationToken ct)
    {
        var (samples, least) = (0, int.MaxValue);
        while (!ct.IsCancellationRequested)
        {
            (samples, least) = (samples + 1, Math.Min(least, slack.Sockets.Count));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (samples, least);
    }
}
