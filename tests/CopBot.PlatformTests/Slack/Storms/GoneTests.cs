using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>Channels that are gone for the bot, and come back.</summary>
public sealed class GoneTests(ITestOutputHelper output)
{
    private const string CanNot = "I can no longer post in #ops";

    [Theory]
    [InlineData("archived", false)]
    [InlineData("archived", true)]
    [InlineData("removed", false)]
    [InlineData("removed", true)]
    [InlineData("unheard", false)]
    public async Task A_channel_that_is_gone_is_told_once_and_what_waited_follows(string how, bool storm)
    {
        await using var slack = await SlackServer.StartAsync(new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        var clock = (VirtualClock)slack.Clock;
        var (ana, bo) = (slack.Workspace.AddUser("ana"), slack.Workspace.AddUser("bo"));
        var ops = slack.Workspace.AddChannel("ops");
        await using var bot = await RunningBot.StartAsync(slack, paced: false);
        await SayAsync(bot, ana, "help");
        await SayAsync(bot, bo, "help");

        // Slack tells it more than once; or, where the event is lost, the bot finds out when it posts.
        if (how == "archived")
            await TwiceAsync(bot, () => slack.Workspace.ArchiveAsync(ops, bo));
        else if (how == "removed")
            await TwiceAsync(bot, () => slack.Workspace.RemoveBotAsync(ops));
        else
            ops.IsArchived = true;
        await PostAsync(bot, ops, "of the first day");
        clock.MoveTo(clock.Now + Duration.FromHours(30));
        foreach (var text in (string[])["one.", "two.", "three."])
            await PostAsync(bot, ops, $"waited {text}");
        await bot.QuietAsync();

        string[] HeardBy(SlackUser user) => [.. slack.Workspace.Posts.Where(post => post.Channel == slack.Workspace.DirectOf(user).Id && post.Text.StartsWith(CanNot, StringComparison.Ordinal)).Select(post => post.Text)];
        output.WriteLine(Assert.Single(HeardBy(ana)));
        Assert.Empty(HeardBy(bo));
        Assert.Equal((1, 4), (await bot.ScalarAsync<int>($"select count(*) from gone_places"), await bot.ScalarAsync<int>($"select count(*) from outbox where state = {OutboxState.Gone}")));
        Assert.DoesNotContain(slack.Workspace.Posts, post => post.Channel == ops.Id);

        if (storm)
            slack.Faults.Always("users.conversations", SlackFault.RateLimited(30));
        ops.IsArchived = false;
        if (how != "removed")
            await TwiceAsync(bot, () => slack.Workspace.EventAsync(new JsonObject { ["type"] = "channel_unarchive", ["channel"] = ops.Id, ["user"] = bo.Id }), acknowledged: !storm);

        // While Slack does not tell its name, it is to tell of it once more.
        await TwiceAsync(bot, () => slack.Workspace.JoinAsync(slack.Workspace.BotUser, ops), acknowledged: !storm);
        await bot.QuietAsync();
        Assert.Equal(["waited one.", "waited two.", "waited three."], slack.Workspace.Posts.Where(post => post.Channel == ops.Id).Select(post => post.Text));
        await PostAsync(bot, ops, "and on.");
        await bot.QuietAsync();
        Assert.Equal("and on.", slack.Workspace.Posts.Last(post => post.Channel == ops.Id).Text);
        Assert.Single(HeardBy(ana));
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from gone_places"));
    }

    [Fact]
    public async Task A_channel_that_came_back_while_nobody_listened_is_found_and_what_waited_follows()
    {
        await using var slack = await SlackServer.StartAsync(new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        var (ana, ops) = (slack.Workspace.AddUser("ana"), slack.Workspace.AddChannel("ops"));
        await using var bot = await RunningBot.StartAsync(slack, paced: false);
        await SayAsync(bot, ana, "help");
        await slack.Workspace.ArchiveAsync(ops, ana);
        await PostAsync(bot, ops, "waited.");
        await bot.QuietAsync();
        ops.IsArchived = false;

        // As at every start, and now and then.
        Assert.True(await bot.Services.GetRequiredService<Comebacks>().LoadAsync(bot.Services.GetRequiredService<Workspaces>().All[0], CancellationToken.None));
        await bot.QuietAsync();
        Assert.Equal("waited.", Assert.Single(slack.Workspace.Posts, post => post.Channel == ops.Id).Text);
    }

    private static async Task SayAsync(RunningBot bot, SlackUser by, string text)
    {
        Assert.True((await bot.Workspace.DirectAsync(by, text)).Acknowledged);
        await bot.QuietAsync();
    }

    private static async Task TwiceAsync(RunningBot bot, Func<Task<SlackDelivery>> happens, bool acknowledged = true)
    {
        bot.Slack.Disturbance = new SlackDisturbance { Copies = 2, AcksLost = 1 };
        Assert.Equal(acknowledged, (await happens()).Acknowledged);
        bot.Slack.Disturbance = SlackDisturbance.None;
        await bot.QuietAsync();
    }

    private static Task PostAsync(RunningBot bot, SlackChannel channel, string text) =>
        bot.WriteAsync((work, ct) => work.Get<Outbox>().PostAsync(new Place(SlackPlatform.PlatformName, bot.Workspace.Team, channel.Id), text, ct));
}
