using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Intake;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopBot.PlatformTests.Slack;

/// <summary>Where the bot is not, and before it knows where it is.</summary>
public sealed class SlackElsewhereTests
{
    [Fact]
    public async Task What_is_filled_in_where_the_bot_is_not_is_answered_there()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var elsewhere = stage.Workspace.AddChannel("elsewhere", botIn: false);
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, elsewhere);
        await stage.Workspace.SlashAsync(ana, elsewhere, "/cop", "share");
        await stage.Workspace.SubmitAsync(ana, stage.Workspace.ModalOf(ana)!, new Dictionary<string, JsonObject> { ["title"] = new() { ["type"] = "plain_text_input", ["value"] = "Runbooks" } });
        await stage.Ears.SettleAsync();

        Assert.StartsWith("#1 ana shared “Runbooks”", stage.TextOf(Assert.Single(stage.Workspace.Posts, post => post.Channel == elsewhere.Id)), StringComparison.Ordinal);
        AssertNothingIsGone(stage);
    }

    [Fact]
    public async Task What_was_said_where_the_bot_is_not_is_not_brought_up_to_date_and_that_place_is_not_gone()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var elsewhere = stage.Workspace.AddChannel("elsewhere", botIn: false);
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, elsewhere);
        await stage.Workspace.SlashAsync(ana, elsewhere, "/cop", "share \"Runbooks\" size=large");
        await stage.Ears.SettleAsync();
        await stage.SayAsync("bo", "confirm 1");
        await stage.Ears.SettleAsync();

        Assert.Single(stage.Workspace.Posts, post => post.Channel == elsewhere.Id);
        AssertNothingIsGone(stage);
    }

    [Fact]
    public async Task What_changes_before_it_was_said_is_said_once_and_brought_up_to_date()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("bo", "help");
        var (ana, bo) = (await stage.Ears.AccountAsync("ana"), await stage.Ears.AccountAsync("bo"));
        await stage.Workspace.JoinAsync(ana, stage.General);
        await stage.Workspace.SayAsync(ana, stage.General, $"{stage.Workspace.BotUser.Mention} share \"Runbooks\" size=large");
        await stage.Workspace.DirectAsync(bo, "confirm 1");
        await stage.Ears.SettleAsync();
        Assert.Equal("#1 “Runbooks”: it counts.", Assert.Single(stage.Channel));
    }

    [Fact]
    public async Task What_comes_before_Slack_said_which_workspace_this_is_is_not_acknowledged()
    {
        var installations = new NotYet();
        var intake = new SlackIntake(new Workspaces(), null!, null!, null!, installations, NullLogger<SlackIntake>.Instance);
        var payload = new JsonObject { ["team_id"] = "T1" };
        await Assert.ThrowsAsync<NotYetReady>(() => intake.AcceptAsync(SlackPayload.Event, payload, TestContext.Current.CancellationToken));

        installations.Known.SetResult();
        Assert.Null(await intake.AcceptAsync(SlackPayload.Event, payload, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_channel_that_the_bot_was_let_into_while_nobody_listened_counts_again()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SetGoneAsync(true);
        Assert.Equal(1, await GoneAsync(stage));

        stage.General.Members.Add(stage.Workspace.BotUser.Id);
        var workspace = Assert.Single(stage.Chat.Services.GetRequiredService<Workspaces>().All);
        Assert.True(await stage.Chat.Services.GetRequiredService<Comebacks>().LoadAsync(workspace, TestContext.Current.CancellationToken));
        Assert.Equal(0, await GoneAsync(stage));
    }

    [Fact]
    public async Task Being_let_in_again_is_noted_though_Slack_does_not_tell_the_channels_at_once()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SetGoneAsync(true);
        stage.Server.Faults.Next("users.conversations", SlackFault.Status(503));
        await stage.SetGoneAsync(false);
        Assert.Equal(0, await GoneAsync(stage));
    }

    private static Task<int> GoneAsync(SlackStage stage) => stage.Chat.ScalarAsync<int>($"select count(*) from gone_places");

    private static void AssertNothingIsGone(SlackStage stage) =>
        Assert.DoesNotContain(stage.ForEyesOf("ana"), text => text.Contains("can no longer post", StringComparison.Ordinal));

    private sealed class NotYet : IInstallations
    {
        public TaskCompletionSource Known { get; } = new();

        public Task Ready => Known.Task;

        public Task RunAsync(CancellationToken ct) => Task.CompletedTask;

        public Task RevokedAsync(Workspace workspace, CancellationToken ct) => Task.CompletedTask;
    }
}
