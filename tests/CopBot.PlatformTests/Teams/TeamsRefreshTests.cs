using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using TeamsMessage = CopBot.Tests.Support.FakeTeams.TeamsMessage;

namespace CopBot.PlatformTests.Teams;

/// <summary>Cards that clients ask for anew when somebody looks at them.</summary>
public sealed class TeamsRefreshTests
{
    private const string Plan = "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting";

    [Fact]
    public async Task Whoever_looks_at_a_card_sees_it_as_it_stands_now_and_nothing_is_stored()
    {
        await using var stage = await PlannedAsync();
        var (card, bo) = (Card(stage), stage.Ears.Account("bo"));
        Assert.Contains("one joins so far", Seen(card, bo), StringComparison.Ordinal);

        // Somebody joins, and what brings the card up to date is still on its way.
        await stage.Server.DirectAsync(stage.Ears.Account("cy"), "gather join 1");
        await stage.Chat.Services.GetRequiredService<InboxWorker>().CatchUpAsync(CancellationToken.None);
        Assert.Contains("one joins so far", Seen(card, bo), StringComparison.Ordinal);
        var before = await StoredAsync(stage);
        await stage.Server.LookAsync(bo, card);
        Assert.Contains("2 join so far", Seen(card, bo), StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync(stage));
        Assert.Empty(bo.Notices);

        // It is the same card still: what is pressed in it counts.
        await stage.Server.ClickAsync(bo, card, "Join");
        await stage.Ears.SettleAsync();
        Assert.Contains("3 join so far", Seen(card, bo), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Those_concerned_are_listed_and_nobody_who_is_not_to_be_seen()
    {
        await using var stage = await PlannedAsync("privacy hidden");
        string[] concerned = [.. Card(stage).Card!["refresh"]!["userIds"]!.AsArray().Select(id => (string)id!)];
        Assert.Contains(stage.Ears.Account("ana").Mri, concerned);
        Assert.Contains(stage.Ears.Account("bo").Mri, concerned);
        Assert.DoesNotContain(stage.Ears.Account("cy").Mri, concerned);
    }

    [Fact]
    public async Task A_card_is_told_of_in_its_own_conversation_alone()
    {
        await using var stage = await PlannedAsync();
        var (card, bo) = (Card(stage), stage.Ears.Account("bo"));
        var elsewhere = stage.Server.Team.AddChannel("elsewhere");
        var value = new JsonObject { ["action"] = card.Card!["refresh"]!["action"]!.DeepClone(), ["trigger"] = "automatic" };
        foreach (var where in new[] { elsewhere, bo.Chat })
        {
            var asked = await stage.Server.InvokeAsync(bo, where, "adaptiveCard/action", value.DeepClone().AsObject(), card);
            Assert.Equal("application/vnd.microsoft.activity.message", (string?)asked.Answer!.Body!["type"]);
            Assert.DoesNotContain("pager", asked.Answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_still_sees_a_claim_that_waits_is_told_what_became_of_it()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        await stage.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@bo minutes=90 topic=delivery");
        var (card, bo) = (Card(stage), stage.Ears.Account("bo"));
        Assert.Contains(bo.Mri, card.Card!["refresh"]!["userIds"]!.AsArray().Select(id => (string)id!));
        var value = new JsonObject { ["action"] = card.Card!["refresh"]!["action"]!.DeepClone(), ["trigger"] = "automatic" };

        Assert.True(await stage.PressAsync("bo", "Confirm"));
        Assert.Null(card.Card?["refresh"]);
        var asked = await stage.Server.InvokeAsync(bo, card.Where, "adaptiveCard/action", value, card);
        Assert.Contains("it counts", asked.Answer!.Body!["value"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Of_a_card_that_is_brought_up_to_date_its_newest_wording_alone_is_kept()
    {
        await using var stage = await PlannedAsync();
        Assert.True(await stage.PressAsync("bo", "Join"));
        Assert.True(await stage.PressAsync("cy", "Join"));
        Assert.Equal(1, await stage.Chat.ScalarAsync<int>($"select count(*) from outbox where platform = 'teams' and shown_as = 'gathering/1'"));
    }

    private static async Task<TeamsStage> PlannedAsync(string cySays = "help")
    {
        var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        await stage.SayAsync("cy", cySays);
        await stage.SayAsync("ana", Plan);
        return stage;
    }

    private static TeamsMessage Card(TeamsStage stage) => stage.Server.Posts.Single(post => post.Where == stage.Server.Team.General && post.Card?["refresh"] is not null);

    private static string Seen(TeamsMessage card, TeamsPerson by) => card.CardFor(by)!.ToJsonString();

    private static async Task<(int, int)> StoredAsync(TeamsStage stage) =>
        (await stage.Chat.ScalarAsync<int>($"select count(*) from inbox"), await stage.Chat.ScalarAsync<int>($"select count(*) from outbox"));
}
