using System.Collections.Concurrent;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>A message is posted, and the connection cut before Discord's answer: it stands there once.</summary>
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    private const string Create = "POST /channels/{channel_id}/messages";
    private const int Messages = 1000;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 4)]
    public async Task A_thousand_posts_whose_answers_are_lost_stand_there_once(bool listens, int restarts)
    {
        var clock = new FastClock(20);
        await using var discord = await DiscordServer.StartAsync(clock);
        var crowd = new DiscordCrowd(discord, channels: 20, people: 1, seed: 91);
        var bot = await RunningDiscord.StartAsync(discord, paced: false, listens: listens);
        var (random, met) = (new Random(92), new ConcurrentDictionary<string, bool>());
        discord.Faults.Always(Create, DiscordFault.CutAfter, only: request => met.TryAdd((string)request.Body!["nonce"]!, true));
        for (var restart = 0; restart <= restarts; restart++)
        {
            await bot.WriteAsync(async (work, ct) =>
            {
                for (var number = 0; number < Messages / (restarts + 1); number++)
                {
                    var title = RunningDiscord.NewTitle(random);
                    crowd.Told.Enqueue(title);
                    await work.Get<Outbox>().PostAsync(new Place(DiscordPlatform.PlatformName, discord.Guild.Id, crowd.Channels[number % 20].Id), title, ct);
                }
            });
            var cut = discord.Faults.Hits.Count;
            await discord.UntilAsync(() => discord.Faults.Hits.Count > cut + 30, "some answers lost");
            if (restart == restarts)
                break;

            // In the middle of it.
            await bot.StopAsync();
            bot = await RunningDiscord.StartAsync(discord, bot, paced: false, listens: listens);
        }

        await bot.QuietAsync();
        output.WriteLine($"{(listens ? "heard at the gateway" : "by its key alone")}, {restarts} restarts: {crowd.Told.Count} messages, {discord.Faults.Hits.Count} answers lost, {discord.Requests.Count(request => request.Route == Create)} posts, {discord.Posts.Count} messages there after {clock.Passed.TotalSeconds:0} s");
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from outbox where state in (3, 4, 5)"));
        await bot.DisposeAsync();
        crowd.AssertToldOnce();
        Assert.Equal((Messages, Messages), (discord.Posts.Count, discord.Faults.Hits.Count));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task What_cannot_be_asked_again_for_so_long_that_its_key_is_forgotten_is_looked_up_by_the_next_process_too()
    {
        var clock = new FastClock(30);
        await using var discord = await DiscordServer.StartAsync(clock);
        var crowd = new DiscordCrowd(discord, channels: 5, people: 1, seed: 93);
        var bot = await RunningDiscord.StartAsync(discord);
        await bot.QuietAsync();
        discord.Faults.Always(Create, DiscordFault.CutAfter);
        discord.Gateway.Deafen();
        await bot.WriteAsync(async (work, ct) =>
        {
            for (var number = 0; number < 5; number++)
            {
                var title = RunningDiscord.NewTitle(new Random(94 + number));
                crowd.Told.Enqueue(title);
                await work.Get<Outbox>().PostAsync(new Place(DiscordPlatform.PlatformName, discord.Guild.Id, crowd.Channels[number].Id), title, ct);
            }
        });
        await discord.UntilAsync(() => discord.Posts.Count == 5, "all said, nothing answered");
        await bot.StopAsync();
        discord.Faults.Clear();
        discord.Gateway.ForgetSessions();
        clock.Skip(TimeSpan.FromMinutes(6));

        // The next process knows neither the session nor, at first, its own name.
        discord.Faults.Next("GET /gateway/bot", DiscordFault.RouteLimited(30));
        bot = await RunningDiscord.StartAsync(discord, bot);
        await bot.QuietAsync();
        output.WriteLine($"{discord.Requests.Count(request => request.Route == Create)} posts, {discord.Requests.Count(request => request.Method == "GET" && request.Path.EndsWith("/messages", StringComparison.Ordinal))} looks at the history, {discord.Posts.Count} messages there");
        await bot.DisposeAsync();
        crowd.AssertToldOnce();
        Assert.Equal(5, discord.Posts.Count);
    }
}
