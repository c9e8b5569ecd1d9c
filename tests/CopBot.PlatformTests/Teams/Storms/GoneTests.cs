using CopBot.Core.Chat;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>Channels that the bot may not speak in any more, and people who cannot be reached; and how they come back.</summary>
public sealed class GoneTests(ITestOutputHelper output)
{
    private const string CanNot = "I can no longer post in #";
    private static readonly (int Status, string Code)[] Refusals =
    [
        (403, "BotDisabledByAdmin"), (403, "BotNotInConversationRoster"), (403, "ForbiddenOperationException"), (403, "NotEnoughPermissions"), (403, "MessageWritesBlocked"), (404, "ConversationNotFound"),
    ];

    [Fact]
    public async Task A_channel_that_is_gone_is_told_once_and_what_waited_follows_when_the_bot_is_added_again()
    {
        await using var teams = await TeamsServer.StartAsync();
        var ana = teams.Team.AddPerson("ana", owner: true);
        teams.GiveApp(ana);
        var channels = Refusals.Select(refusal => (Refusal: refusal, Where: teams.Team.AddChannel(refusal.Code.ToLowerInvariant()))).ToList();
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.DirectAsync(ana, "help");
        await bot.QuietAsync();
        foreach (var (refusal, where) in channels)
            teams.Faults.Always("*", TeamsFault.Error(refusal.Status, refusal.Code), only: request => request.Method == "POST" && ((string?)request.Body?["channelData"]?["channel"]?["id"] == where.Id || request.Path.Contains(where.Id, StringComparison.Ordinal)));
        foreach (var text in (string[])["one.", "two.", "three."])
        {
            foreach (var (_, where) in channels)
                await bot.PostAsync(bot.PlaceOf(where), $"waited {text}");
            await bot.QuietAsync();
        }

        List<string> Told() => [.. teams.Posts.Where(post => post.Where == ana.Chat).Select(post => post.Content.Activity.ToJsonString()).Where(text => text.Contains(CanNot, StringComparison.Ordinal))];
        Assert.Equal(channels.Count, Told().Count);
        Assert.All(channels, channel => Assert.Single(Told(), text => text.Contains($"{CanNot}{channel.Where.Name}:", StringComparison.Ordinal)));
        Assert.Equal((channels.Count, 3 * channels.Count), (await bot.ScalarAsync<int>($"select count(*) from gone_places"), await bot.CountAsync(OutboxState.Gone)));
        Assert.DoesNotContain(teams.Posts, post => post.Where.Team is not null);

        teams.Faults.Clear();
        await teams.InstallAsync(teams.Team, ana);
        await bot.QuietAsync();
        output.WriteLine($"{channels.Count} refusals ({string.Join(", ", Refusals.Select(refusal => refusal.Code))}), each told once; {teams.Posts.Count(post => post.Where.Team is not null)} messages that waited followed");
        Assert.All(channels, channel => Assert.Equal(["waited one.", "waited two.", "waited three."], teams.Posts.Where(post => post.Where == channel.Where).Select(post => post.Text)));
        Assert.Equal((0, 0, channels.Count), (await bot.ScalarAsync<int>($"select count(*) from gone_places"), await bot.CountAsync(OutboxState.Gone), Told().Count));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task What_answers_in_a_thread_that_is_gone_is_said_beside_it()
    {
        await using var teams = await TeamsServer.StartAsync();
        var ana = teams.Team.AddPerson("ana", owner: true);
        var ops = teams.Team.AddChannel("ops");
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.TellAsync("channelCreated", ana, ops);
        foreach (var code in (string[])["ActivityNotFoundInConversation", "ConversationNotFound"])
        {
            var thread = (await teams.SayAsync(ana, ops, "let us see")).Id;
            teams.Faults.Always("*", TeamsFault.Error(404, code), only: request => request.Path.Contains(thread, StringComparison.Ordinal));
            await bot.PostAsync(bot.PlaceOf(ops, thread), $"beside {code}.");
            await bot.QuietAsync();
        }

        output.WriteLine(string.Join("; ", teams.Posts.Select(post => $"{post.Where}: {post.Text}")));
        Assert.Equal(["beside ActivityNotFoundInConversation.", "beside ConversationNotFound."], teams.Posts.Where(post => post.Where == ops && post.Root == post.Id).Select(post => post.Text));
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from gone_places"));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task Whoever_blocked_the_bot_is_reached_again_when_they_let_it()
    {
        await using var teams = await TeamsServer.StartAsync();
        var ana = teams.Team.AddPerson("ana", owner: true);
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.InstallAsync(ana);
        ana.Blocked = true;
        await bot.PostAsync(bot.PlaceOf(ana.Chat), "not heard.");
        await bot.QuietAsync();
        ana.Blocked = false;
        await teams.InstallAsync(ana);
        await bot.PostAsync(bot.PlaceOf(ana.Chat), "heard.");
        await bot.QuietAsync();
        output.WriteLine($"{await bot.CountAsync(OutboxState.Parked)} refused, {teams.Posts.Count} said");
        Assert.Equal("heard.", Assert.Single(teams.Posts).Text);
        Assert.Equal(1, await bot.CountAsync(OutboxState.Parked));
        Assert.Empty(teams.Breaches);
    }
}
