using CopBot.Core.Scheduling;
using CopBot.Tests.Support.FakeSlack;
using NodaTime;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>However often, late, and in whatever order Slack delivers: everything counts once, and nothing is missing.</summary>
public sealed class DeliveryTests(ITestOutputHelper output)
{
    private const int AtOnce = 48;

    // From the one before; the last is days after what was meant to be the last.
    private static readonly Duration[] Waves = [Duration.Zero, Duration.Zero, Duration.FromMinutes(1), Duration.FromMinutes(4), Duration.FromSeconds(30), Duration.FromDays(8)];

    [Theory]
    [InlineData(false, 11)]
    [InlineData(true, 12)]
    public async Task A_thousand_events_delivered_up_to_eleven_times_each_count_once(bool http, int seed)
    {
        var random = new Random(seed);
        await using var slack = await SlackServer.StartAsync(new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        var people = new Happenings(slack, random);
        var happenings = await people.MakeAsync(1000);
        await using var bot = await RunningBot.StartAsync(slack, http, paced: false);
        await people.GreetAsync();

        // Whoever is thanked has to be known by then.
        await bot.QuietAsync();
        var (deliveries, lost) = await DeliverAsync(bot, happenings, random, (happening, _) => happening);

        var titles = happenings.Where(one => one.Title is not null).Select(one => one.Title!).ToHashSet();
        var told = bot.Told();
        var thanks = happenings.Where(one => one.Thread is not null).Select(one => bot.Workspace.Posts.Count(post => post.ThreadTs == one.Thread)).ToList();
        output.WriteLine($"{(http ? "HTTP" : "Socket Mode")}: {happenings.Count} events, {deliveries} deliveries, the first copy of {lost} lost; {await bot.ScalarAsync<int>($"select count(*) from claims")} claims, {await bot.ScalarAsync<int>($"select count(*) from ledger")} entries, {told.Count} stories told");
        Assert.Equal((900, 100), (await bot.ScalarAsync<int>($"select count(*) from claims where kind = {"win"}"), await bot.ScalarAsync<int>($"select count(*) from claims where kind = {"kudos"}")));
        Assert.Equal(900, await bot.ScalarAsync<int>($"select count(distinct title) from claims where kind = {"win"}"));
        Assert.Equal(900 + 2 * 100, await bot.ScalarAsync<int>($"select count(*) from ledger"));
        Assert.Equal(1000 + 40, await bot.ScalarAsync<int>($"select count(*) from inbox"));
        Assert.Equal(titles.Order(), told.Keys.Order());
        Assert.All(told, story => Assert.Equal((story.Key, 1), (story.Key, story.Value)));
        Assert.All(thanks, times => Assert.Equal(1, times));
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from outbox"));
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Deliveries_that_look_like_events_of_their_own_would_be_found_out()
    {
        var random = new Random(13);
        await using var slack = await SlackServer.StartAsync(new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        var happenings = await new Happenings(slack, random).MakeAsync(100);
        await using var bot = await RunningBot.StartAsync(slack, paced: false);
        var (deliveries, _) = await DeliverAsync(bot, happenings, random, Happenings.Renamed);
        var claims = await bot.ScalarAsync<int>($"select count(*) from claims");
        output.WriteLine($"control: 100 events, {deliveries} deliveries each with a name of its own, {claims} claims");
        Assert.True(claims > 2 * happenings.Count, $"{claims} claims");
    }

    private static async Task<(int Deliveries, int Lost)> DeliverAsync(RunningBot bot, List<Happening> happenings, Random random, Func<Happening, int, Happening> change)
    {
        var clock = (VirtualClock)bot.Slack.Clock;
        var plan = Waves.Select(_ => new List<Happening>()).ToList();
        var lost = 0;
        foreach (var happening in happenings)
        {
            // Only events are sent again by Slack, but people click again, and proxies repeat anything.
            var first = random.Next(6) == 0 ? random.Next(1, Waves.Length - 1) : 0;
            lost += first > 0 ? 1 : 0;
            plan[first].Add(happening);
            for (var more = random.Next(11); more > 0; more--)
                plan[random.Next(first, Waves.Length)].Add(happening);
        }

        var number = 0;
        foreach (var (wave, happened) in Waves.Zip(plan))
        {
            clock.MoveTo(clock.Now + wave);
            var shuffled = happened.ToArray();
            random.Shuffle(shuffled);
            var told = shuffled.Select(one => (Happening: change(one, ++number), AsRepeat: random.Next(2) == 0)).ToList();
            await Parallel.ForEachAsync(told, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
            {
                var repeat = one.AsRepeat && one.Happening.Kind == SlackKind.Event;
                var delivered = await bot.Slack.DeliverAsync(one.Happening.Payload.DeepClone().AsObject(), one.Happening.Kind, new SlackDisturbance { Lost = repeat ? 1 : 0, RetryDelays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)] });
                Assert.True(delivered.Acknowledged, $"{delivered.Status} {delivered.HttpStatus}");
            });
            await bot.QuietAsync();
        }

        return (number, lost);
    }
}
