using System.Collections.Concurrent;
using CopBot.Core.Chat;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>Connections are cut before Teams' answer. There is no key by which it would know a second attempt, so what may have been said is listed and not said again.</summary>
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    private const string Begin = "POST /v3/conversations", Say = "POST /v3/conversations/{conversationId}/activities";
    private const int Messages = 600;

    [Fact]
    public async Task Of_six_hundred_posts_over_three_restarts_none_is_said_twice_and_only_those_without_an_answer_are_in_doubt()
    {
        var clock = new FastClock(1);
        await using var teams = await TeamsServer.StartAsync(clock);
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 12, people: 12, seed: 51);
        var bot = await RunningTeams.StartAsync(teams);
        await crowd.GreetAsync(teams);
        var (doubtful, begun) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
        int Which(TeamsRequest request) => RunningTeams.TitlesIn(request.Body?.ToJsonString()) is [var title, ..] ? title[^1] switch { 'a' => 1, 'b' => 2, _ => 0 } : 0;
        bool Met(TeamsRequest request) => doubtful.TryAdd(RunningTeams.TitlesIn(request.Body!.ToJsonString())[0], true);
        foreach (var route in (string[])[Begin, Say])
        {
            teams.Faults.Always(route, TeamsFault.CutAfter, only: request => Which(request) == 1 && Met(request));
            teams.Faults.Always(route, TeamsFault.CutBefore, only: request => Which(request) == 2 && Met(request));
        }

        // A conversation with one person is the same each time.
        teams.Faults.Always(Begin, TeamsFault.CutAfter, only: request => (string?)request.Body!["members"]?[0]?["id"] is { } person && begun.TryAdd(person, true));
        clock.Run(20);
        for (var restart = 0; restart <= 3; restart++)
        {
            await crowd.TellAsync(bot, Messages / 4);
            var posts = teams.Posts.Count;
            await teams.WaitForAsync(() => teams.Posts.Count > posts + 20, "some are said");
            if (restart == 3)
                break;

            // In the middle of it.
            await bot.StopAsync();
            bot = await RunningTeams.StartAsync(teams, bot);
        }

        await bot.QuietAsync();
        var attempts = teams.Requests.SelectMany(request => request.Method == "POST" ? RunningTeams.TitlesIn(request.Body?.ToJsonString()) : []).GroupBy(title => title).ToDictionary(group => group.Key, group => group.Count());
        var begins = teams.Requests.Count(request => request.Route == Begin && request.Body!["members"] is not null);
        output.WriteLine($"{crowd.All.Count} messages, 3 restarts: {doubtful.Count} answers lost, {attempts.Values.Sum()} posts, {RunningTeams.StoriesOf(teams).Count} there; {await bot.CountAsync(OutboxState.Unknown)} listed as unknown; {begins} conversations asked for with {crowd.People.Count} people");
        crowd.AssertToldOnceInOrder(teams, doubtful.Keys.ToHashSet());
        Assert.Equal((Messages, Messages), (crowd.All.Count, attempts.Count));
        Assert.All(attempts, one => Assert.Equal(1, one.Value));
        Assert.InRange(doubtful.Count, 40, 120);
        Assert.Equal(doubtful.Count, await bot.CountAsync(OutboxState.Unknown));
        Assert.Equal(0, await bot.CountAsync(OutboxState.Parked) + await bot.CountAsync(OutboxState.Gone));
        Assert.Equal(2 * crowd.People.Count, begins);
        Assert.All(doubtful.Keys, title => Assert.Equal(title[^1] == 'a' ? 1 : 0, RunningTeams.StoriesOf(teams).GetValueOrDefault(title)));
        await bot.DisposeAsync();
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task What_cannot_be_looked_up_at_once_is_looked_up_again()
    {
        await using var teams = await TeamsServer.StartAsync();
        var crowd = await TeamsCrowd.GatherAsync(teams, channels: 2, people: 1, seed: 52);
        teams.Faults.Next("GET /v3/teams/{teamId}/conversations", TeamsFault.CutAfter);
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.AskAsync(crowd.People[0], crowd.Channels[1], "win \"Runbooks that cut MTTR\"");
        await bot.QuietAsync();
        await teams.AskAsync(crowd.People[0], crowd.Channels[1], "win \"Alerts that nobody reads\"");
        await bot.QuietAsync();
        output.WriteLine($"{teams.Faults.Hits.Count} lookups without an answer; {string.Join("; ", teams.Posts.Select(post => post.Where.ToString()))}");
        Assert.Single(teams.Faults.Hits);
        Assert.Contains(teams.Posts, post => post.Where == crowd.Channels[1] && post.Content.Activity.ToJsonString().Contains("Alerts that nobody reads", StringComparison.Ordinal));
        Assert.Empty(teams.Breaches);
    }
}
