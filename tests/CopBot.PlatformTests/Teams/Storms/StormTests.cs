using CopBot.Core.Chat;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>
/// Teams takes nothing for minutes. The clock of the bot and of the server runs twenty times as fast as the real one, timers with it: what is measured is in
/// minutes and seconds of that clock.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const string Token = "POST /{tenant}/oauth2/v2.0/token";
    private const int Faster = 20;
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(3);

    // Timers are coarse against a clock that runs so fast, and Microsoft's library asks for a token twice, by the clock on the wall.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(40);

    // What Teams says, and the delay that it asks for, or that is the longest between two tries where it asks for none.
    private static readonly (string Name, Func<TeamsFault> Fault, double Delay)[] Storms =
    [
        ("429, come in 30 s", () => TeamsFault.Limited(30), 30),
        ("429 without a word", () => TeamsFault.Limited(), 5),
        ("412", () => TeamsFault.Error(412, "PreconditionFailed"), 60),
        ("503", () => TeamsFault.Html(503), 60),
        ("503, come in 30 s", () => TeamsFault.Status(503) with { RetryAfter = "30" }, 30),
    ];

    [Fact]
    public async Task Minutes_of_it_lose_nothing_and_are_borne_quietly()
    {
        await Task.WhenAll(Storms.Select(storm => WeatherAsync(storm.Name, storm.Delay, teams => Now(() => teams.Faults.Always("*", storm.Fault)), teams => Now(teams.Faults.Clear))));
    }

    [Fact]
    public async Task Without_a_token_or_anybody_who_listens_nothing_is_lost()
    {
        (string Name, TeamsFault Fault)[] tokens = [("no token", TeamsFault.Error(503, "temporarily_unavailable")), ("a page of a proxy for a token", TeamsFault.Html(200)), ("a token cut off", TeamsFault.CutBefore)];
        await Task.WhenAll([
            .. tokens.Select(token => WeatherAsync(token.Name, 30, teams => Now(() =>
            {
                teams.Identity.RevokeAll();
                teams.Identity.Faults.Always(Token, token.Fault);
            }), teams => Now(teams.Identity.Faults.Clear))),
            WeatherAsync("nobody listens", 60, teams => teams.TurnOffAsync(), teams => teams.TurnOnAsync()),
        ]);
    }

    [Fact]
    public async Task A_token_that_is_not_taken_is_fetched_anew_once()
    {
        await using var teams = await TeamsServer.StartAsync();
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 1, people: 1, seed: 63);
        await using var bot = await RunningTeams.StartAsync(teams);
        await crowd.TellAsync(bot, 1);
        await bot.QuietAsync();
        var (tokens, refused) = (teams.Identity.Requests, 0);
        for (var round = 0; round < 5; round++)
        {
            teams.Identity.RevokeAll();
            await crowd.TellAsync(bot, 1);
            await bot.QuietAsync();
            refused += teams.Requests.Count(request => request.Status == 401) > refused ? 1 : 0;
        }

        output.WriteLine($"5 tokens revoked: {refused} posts met a 401, {teams.Identity.Requests - tokens} tokens asked for, {teams.Posts.Count} posts there");
        crowd.AssertToldOnceInOrder(teams);
        Assert.Equal((5, 5), (refused, teams.Identity.Requests - tokens));
        Assert.Equal(5, teams.Requests.Count(request => request.Status == 401));
        Assert.Empty(teams.Breaches);
    }

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private async Task WeatherAsync(string name, double delay, Func<TeamsServer, Task> begin, Func<TeamsServer, Task> end)
    {
        // How soon the bot answers is measured too, and says nothing by a clock that runs fast.
        var clock = new FastClock(1);
        await using var teams = await TeamsServer.StartAsync(clock);
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 2, people: 2, seed: 61);
        await using var bot = await RunningTeams.StartAsync(teams);
        await crowd.GreetAsync(teams);
        clock.Run(Faster);
        await crowd.TellAsync(bot, 6);
        await bot.QuietAsync();

        var (before, began) = (teams.Requests.Count, clock.Passed);
        await begin(teams);
        while (clock.Passed - began < Storm)
        {
            await crowd.TellAsync(bot, 6);
            await Task.Delay(TimeSpan.FromSeconds(10), clock);
        }

        var during = teams.Requests.Skip(before).Where(request => request.Path.StartsWith("/v3/", StringComparison.Ordinal)).ToList();
        var (ended, posted) = (clock.Passed, teams.Posts.Count);
        await end(teams);
        await teams.WaitForAsync(() => teams.Posts.Count > posted, $"{name}: the first message after the storm");
        var first = clock.Passed - ended;
        await bot.QuietAsync();
        var windows = (Storm.TotalSeconds / delay) + 1;
        var most = during.GroupBy(request => request.Path + (string?)request.Body?["channelData"]?["channel"]?["id"] + (string?)request.Body?["members"]?[0]?["id"]).Select(group => group.Count()).DefaultIfEmpty(0).Max();
        output.WriteLine($"{name}: {crowd.All.Count} messages, {during.Count} requests in {Storm.TotalMinutes} min of it, at most {most} to one conversation; the first message {first.TotalSeconds:0.0} s after the end (the delay asked: {delay} s), the last after {(clock.Passed - ended).TotalSeconds:0} s");
        crowd.AssertToldOnceInOrder(teams);
        Assert.Equal(0, await bot.CountAsync(OutboxState.Unknown) + await bot.CountAsync(OutboxState.Parked) + await bot.CountAsync(OutboxState.Gone));

        // Two places share a channel's order; a wait that grows is tried more often at first.
        Assert.True(most <= 2 * windows + 6, $"{name}: {most} requests to one conversation");
        Assert.True(first < TimeSpan.FromSeconds(2 * delay) + Slack, $"{name}: the first message came after {first}");
        Assert.Empty(teams.Breaches);
    }
}
