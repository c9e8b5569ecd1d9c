using System.Text.Json.Nodes;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Scheduling;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>Accounts that are switched off and on again, and user groups that nobody may change.</summary>
public sealed class LeaverTests(ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly string[] Names = ["ana", "bo", "cy", "dee"];
    private readonly Dictionary<string, SlackUser> people = [];
    private RunningBot? bot;

    [Fact]
    public async Task Whoever_left_is_neither_addressed_nor_told_nor_drawn_and_comes_back()
    {
        await StartAsync();
        var before = await PreviewAsync();
        Assert.All(Names, name => Assert.Contains(name, before, StringComparison.Ordinal));

        await bot!.Workspace.DeactivateAsync(people["bo"]);
        await bot.QuietAsync();
        var from = bot.Workspace.Posts.Count;
        var without = await PreviewAsync();
        output.WriteLine(without);
        Assert.DoesNotContain("bo", without.Split("Turn ")[1..].Select(line => line.Split('\n')[0]).Aggregate("", (all, line) => all + line), StringComparison.Ordinal);
        await AskAsync("ana", "kudos @bo \"for all those years\"");
        await DaysAsync(30);
        Assert.DoesNotContain(bot.Workspace.Posts.Skip(from), post => post.Channel == bot.Workspace.DirectOf(people["bo"]).Id || post.OnlyUser == people["bo"].Id);
        Assert.DoesNotContain(bot.Workspace.Posts.Skip(from), post => (post.Text + post.Blocks.ToJsonString()).Contains(people["bo"].Id, StringComparison.Ordinal));

        people["bo"].Deleted = false;
        bot.Workspace.Channels.First(channel => channel.Name == "general").Members.Add(people["bo"].Id);
        await bot.Workspace.ChangedAsync(people["bo"]);
        await bot.QuietAsync();
        Assert.Contains("bo", await PreviewAsync(), StringComparison.Ordinal);
        Assert.Empty(bot.Slack.Problems);
    }

    [Theory]
    [InlineData(false, "paid plan")]
    [InlineData(true, "lets only some people edit")]
    public async Task A_user_group_that_cannot_be_set_is_explained_once_and_asked_for_now_and_then(bool paid, string why)
    {
        await StartAsync();
        (bot!.Workspace.PaidPlan, bot.Workspace.OnlyAdminsEditGroups) = (paid, true);
        await DaysAsync(8);
        var before = bot.Slack.Calls.Count;
        for (var hour = 0; hour < 48; hour++)
        {
            ((VirtualClock)bot.Slack.Clock).MoveTo(((VirtualClock)bot.Slack.Clock).Now + Duration.FromHours(1));
            for (var look = 0; look < 3; look++)
                await bot.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);
        }

        await bot.QuietAsync();
        var calls = bot.Slack.Calls.Skip(before).Count(call => call.Method.StartsWith("usergroups.", StringComparison.Ordinal));
        var told = bot.Workspace.Posts.Where(post => post.Text.Contains(why, StringComparison.Ordinal)).ToList();
        output.WriteLine($"{calls} calls in 48 hours; told: {string.Join(" | ", told.Select(post => post.Text))}");
        Assert.True(calls <= 2 * 48, $"{calls} calls");
        Assert.Equal(bot.Workspace.DirectOf(people["ana"]).Id, Assert.Single(told).Channel);

        // Once it may, the group is made and holds those who serve.
        (bot.Workspace.PaidPlan, bot.Workspace.OnlyAdminsEditGroups) = (true, false);
        ((VirtualClock)bot.Slack.Clock).MoveTo(((VirtualClock)bot.Slack.Clock).Now + Duration.FromHours(2));
        await bot.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);
        Assert.Equal(2, Assert.Single(bot.Workspace.UserGroups).Members.Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (bot is null)
            return;
        await bot.DisposeAsync();
        await bot.Slack.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var slack = await SlackServer.StartAsync(new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0)));
        foreach (var name in Names)
            people[name] = slack.Workspace.AddUser(name);
        slack.Workspace.AddChannel("general");
        bot = await RunningBot.StartAsync(slack, paced: false);
        foreach (var name in Names)
            await AskAsync(name, "help");
        await AskAsync("ana", "rotation create \"Core team\" seats=2 every=2w day=monday at=09:00 roles=lead,moderator");
        foreach (var name in Names)
            await AskAsync(name, "rotation join \"Core team\"");
    }

    private Task<string> PreviewAsync() => AskAsync("ana", "rotation list");

    // Said in private; gives the whole answer as it stands there.
    private async Task<string> AskAsync(string name, string line)
    {
        var from = bot!.Workspace.Posts.Count;
        foreach (var person in people.Values)
            line = line.Replace($"@{person.Name}", person.Mention, StringComparison.Ordinal);
        Assert.True((await bot.Workspace.DirectAsync(people[name], line)).Acknowledged);
        await bot.QuietAsync();
        return string.Join('\n', bot.Workspace.Posts.Skip(from).Where(post => post.Channel == bot.Workspace.DirectOf(people[name]).Id)
            .Select(post => SlackPlain.Of(new JsonObject { ["text"] = post.Text, ["blocks"] = post.Blocks.DeepClone() }, id => bot.Workspace.Users.First(user => user.Id == id).Name)));
    }

    private async Task DaysAsync(int days)
    {
        var clock = (VirtualClock)bot!.Slack.Clock;
        var (until, due) = (clock.Now + Duration.FromDays(days), bot.Services.GetRequiredService<DueWorker>());
        while (await due.NextAsync(CancellationToken.None) is { } next && next <= until)
        {
            clock.MoveTo(Instant.Max(next, clock.Now));
            await due.RunAsync(clock.Now, CancellationToken.None);
            await bot.QuietAsync();
        }

        clock.MoveTo(until);
    }
}
