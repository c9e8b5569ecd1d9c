using CopBot.Platforms.Teams;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Teams;

/// <summary>Private answers that stand where they were asked for.</summary>
public sealed class TeamsTargetedTests
{
    [Fact]
    public async Task A_private_answer_stands_in_the_thread_and_its_reader_alone_sees_it()
    {
        await using var stage = await StartAsync(taken: true);
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        var before = stage.Server.SeenBy(bo, bo.Chat).Count;
        var asked = await AskAsync(stage, bo, "me");
        var answer = Assert.Single(stage.Server.SeenBy(bo, stage.Server.Team.General, asked), post => post.Author is null);
        Assert.StartsWith("You have 0 points", stage.Ears.TextOf(answer), StringComparison.Ordinal);
        Assert.DoesNotContain(answer, stage.Server.SeenBy(ana));
        Assert.Equal(before, stage.Server.SeenBy(bo, bo.Chat).Count);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Forms_and_buttons_in_it_work()
    {
        await using var stage = await StartAsync(taken: true);
        var bo = stage.Ears.Account("bo");
        var asked = await AskAsync(stage, bo, "share");
        var form = stage.Server.SeenBy(bo, stage.Server.Team.General, asked)[^1];
        await stage.Server.ClickAsync(bo, form, "Send", ("title", "Runbooks that cut MTTR"), ("link", "no address"));
        Assert.NotEqual(form.Card, form.CardFor(bo));
        await stage.Server.ClickAsync(bo, form, "Send", ("title", "Runbooks that cut MTTR"), ("link", "https://example.org/r"));
        await stage.Ears.SettleAsync();
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Contains(stage.Server.SeenBy(stage.Ears.Account("ana"), stage.Server.Team.General, asked), post => stage.Ears.TextOf(post).Contains("shared “Runbooks that cut MTTR”", StringComparison.Ordinal));

        await AskAsync(stage, bo, "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        var listed = await AskAsync(stage, stage.Ears.Account("ana"), "gather join 1");
        var joined = stage.Server.SeenBy(stage.Ears.Account("ana"), stage.Server.Team.General, listed)[^1];
        await stage.Server.ClickAsync(stage.Ears.Account("ana"), joined, "I cannot come");
        await stage.Ears.SettleAsync();
        Assert.Equal(1, await stage.Chat.ScalarAsync<int>($"select count(*) from gathering_people"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Where_Teams_does_not_take_it_the_answer_comes_in_the_chat_with_the_bot()
    {
        await using var stage = await StartAsync(taken: false);
        var bo = stage.Ears.Account("bo");
        var asked = await AskAsync(stage, bo, "me");
        Assert.DoesNotContain(stage.Server.SeenBy(bo, stage.Server.Team.General, asked), post => post.Author is null);
        Assert.StartsWith("You have 0 points", stage.ForEyesOf("bo")[^1], StringComparison.Ordinal);
        Assert.Contains(stage.Server.Requests, request => IsAside(request) && request.Status == 400);
    }

    [Fact]
    public async Task What_is_no_answer_goes_to_the_chat_with_the_bot()
    {
        await using var stage = await StartAsync(taken: true);
        var bo = stage.Ears.Account("bo");
        await AskAsync(stage, stage.Ears.Account("ana"), "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        await AskAsync(stage, bo, "gather join 1");
        var before = stage.Server.Requests.Count(IsAside);
        await stage.Chat.WaitAsync(NodaTime.Duration.FromDays(10));
        Assert.Contains(stage.Server.Posts, post => post.Where == bo.Chat && stage.Ears.TextOf(post).Contains("Mob on the pager bot", StringComparison.Ordinal));
        Assert.Equal(before, stage.Server.Requests.Count(IsAside));
        Assert.NotEqual(0, before);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_said_that_way()
    {
        await using var stage = await TeamsStage.StartAsync();
        stage.Server.TargetedMessages = true;
        await stage.SayAsync("ana", "help");
        await AskAsync(stage, stage.Ears.Account("ana"), "me");
        Assert.DoesNotContain(stage.Server.Requests, IsAside);
    }

    [Fact]
    public async Task What_somebody_says_to_the_bot_alone_in_a_channel_is_taken_as_said_in_private()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var bo = stage.Ears.Account("bo");
        await stage.Server.AsideAsync(bo, stage.Server.Team.General, "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Empty(stage.Channel);
        Assert.Contains(stage.ForEyesOf("bo"), text => text.Contains("shared “Runbooks that cut MTTR”", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    private static bool IsAside(TeamsRequest request) => request.Query.Contains("isTargetedActivity=true", StringComparison.Ordinal);

    private static async Task<TeamsStage> StartAsync(bool taken)
    {
        var stage = new TeamsStage(await Conversation.StartAsync(Product.Teams, services =>
            services.AddSingleton(services.Select(service => service.ImplementationInstance).OfType<TeamsSettings>().Last() with { TargetedMessages = true })));
        stage.Server.TargetedMessages = taken;
        foreach (var name in new[] { "ana", "bo" })
            await stage.Server.DirectAsync(stage.Ears.Account(name), "help");
        await stage.Ears.SettleAsync();
        return stage;
    }

    private static async Task<TeamsMessage> AskAsync(TeamsStage stage, TeamsPerson by, string line)
    {
        var asked = await stage.Server.AskAsync(by, stage.Server.Team.General, line);
        await stage.Ears.SettleAsync();
        return asked;
    }
}
