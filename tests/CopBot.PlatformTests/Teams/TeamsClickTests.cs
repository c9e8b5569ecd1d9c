using CopBot.Tests.Support.FakeTeams;
using NodaTime;

namespace CopBot.PlatformTests.Teams;

/// <summary>Buttons, forms, dialogs and the message extension, as a member of the team uses them.</summary>
public sealed class TeamsClickTests
{
    [Fact]
    public async Task A_form_is_filled_in_where_it_stands_and_says_at_its_fields_what_does_not_fit()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var problems = await stage.FillAsync("ana", "share", ("title", "Runbooks that cut MTTR"), ("link", "no address"));
        Assert.Contains("link", problems.Keys);
        Assert.Empty(stage.Channel);

        Assert.Empty(await stage.FillAsync("ana", "share", ("title", "Runbooks that cut MTTR")));
        Assert.Contains("shared “Runbooks that cut MTTR”", Assert.Single(await PublicAsync(stage)), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_form_that_was_mended_belongs_where_it_was_asked_for_and_counts_once()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.FillAsync("ana", "share", ("title", "Runbooks that cut MTTR"), ("link", "no address"));
        var (ana, form) = (stage.Ears.Account("ana"), stage.Server.Posts[^1]);
        await stage.Server.ClickAsync(ana, form, "Send", ("link", "https://example.org/r"));
        var sent = stage.Server.Deliveries[^1];
        Assert.Equal("adaptiveCard/action", sent.Name);
        await stage.Server.RedeliverAsync(sent, newId: true);
        Assert.Contains("shared “Runbooks that cut MTTR”", Assert.Single(await PublicAsync(stage)), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_form_that_an_older_client_sends_as_a_message_belongs_there_too()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var ana = stage.Ears.Account("ana");
        await stage.Server.AskAsync(ana, stage.Server.Team.General, "share");
        await stage.Ears.SettleAsync();
        var send = stage.Server.Posts[^1].Card!["body"]!.AsArray().Select(element => element!["actions"]).OfType<System.Text.Json.Nodes.JsonArray>().Single()[0]!;
        var activity = stage.Server.Activity("message", ana, ana.Chat, null, stage.Server.Posts[^1].Id + "1");
        activity["value"] = send["fallback"]!["data"]!.DeepClone();
        activity["value"]!["title"] = "Runbooks that cut MTTR";
        Assert.Equal(200, (await stage.Server.SendForgedAsync(activity)).Status);
        activity["id"] = stage.Server.Posts[^1].Id + "2";
        Assert.Equal(200, (await stage.Server.SendForgedAsync(activity)).Status);
        Assert.Contains("shared “Runbooks that cut MTTR”", Assert.Single(await PublicAsync(stage)), StringComparison.Ordinal);
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_that_comes_again_counts_once_and_so_does_a_button_within_a_minute(bool newId)
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        await stage.FillAsync("ana", "share", ("title", "Runbooks that cut MTTR"));
        for (var time = 0; time < 3; time++)
        {
            await stage.Server.RedeliverAsync(stage.Server.Deliveries.Last(delivery => delivery.Name == "adaptiveCard/action"), newId);
            await stage.Ears.SettleAsync();
        }

        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);

        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        Assert.True(await stage.PressAsync("bo", "Join"));
        var before = stage.ForEyesOf("bo").Count;
        var pressed = stage.Server.Deliveries.Last(delivery => delivery.Name == "adaptiveCard/action");
        await stage.Server.RedeliverAsync(pressed, newId);
        await stage.Ears.SettleAsync();
        Assert.Equal(before, stage.ForEyesOf("bo").Count);

        // Meant again a while later it is answered again.
        await stage.Chat.WaitAsync(Duration.FromMinutes(3));
        Assert.True(await stage.PressAsync("bo", "Join"));
        Assert.True(stage.ForEyesOf("bo").Count > before);
    }

    [Fact]
    public async Task Log_as_share_opens_the_form_with_the_message_in_it_and_counts_once_when_Teams_asks_again()
    {
        await using var stage = await TeamsStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("ana", "help");
        var said = await stage.Server.SayAsync(bo, stage.Server.Team.General, "How we read flame graphs");
        await stage.Server.RunOnMessageAsync(ana, said, "log-as-share");
        Assert.NotNull(ana.Dialog);
        Assert.Contains("How we read flame graphs", ana.Dialog.Card!.ToJsonString(), StringComparison.Ordinal);
        var sent = await stage.Server.SubmitAsync(ana, "Send");
        await stage.Server.RedeliverAsync(sent, newId: true);
        await stage.Ears.SettleAsync();
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Whoever_cannot_be_reached_alone_is_told_in_the_thread_what_to_do()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var zoe = stage.Ears.Account("zoe");
        await stage.Server.UninstallAsync(zoe);
        var asked = await stage.Server.AskAsync(zoe, stage.Server.Team.General, "me");
        await stage.Ears.SettleAsync();
        var hint = Assert.Single(stage.Server.Posts, post => post.Root == asked.Root);
        Assert.StartsWith("I answered you in private, and Teams did not let me: add CopBot for yourself", stage.Ears.TextOf(hint), StringComparison.Ordinal);
        Assert.DoesNotContain("points", stage.Ears.TextOf(hint), StringComparison.Ordinal);

        await stage.Server.InstallAsync(zoe);
        await stage.Server.AskAsync(zoe, stage.Server.Team.General, "me");
        await stage.Ears.SettleAsync();
        Assert.Contains(stage.Server.Posts, post => post.Where == zoe.Chat && stage.Ears.TextOf(post).StartsWith("You have 0 points this week.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_known_is_answered_as_such_and_nothing_is_stored()
    {
        await using var stage = await TeamsStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        stage.Server.AnswersChecked = false;
        Assert.Equal(501, (await stage.Server.InvokeAsync(ana, ana.Chat, "signin/verifyState", [])).Status);
        Assert.Equal(200, (await stage.Server.InvokeAsync(ana, ana.Chat, "adaptiveCard/action", new() { ["action"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "Action.Execute", ["verb"] = "what", ["data"] = "rubbish" } })).Status);
        using var client = new HttpClient();
        using var head = new HttpRequestMessage(HttpMethod.Head, stage.Server.Bot);
        Assert.Equal(200, (int)(await client.SendAsync(head)).StatusCode);
        Assert.Equal(413, (await stage.Server.SendRawAsync(new byte[600_000], ["Bearer x"])).Status);
        Assert.Equal(400, (await stage.Server.SendRawAsync("[1]"u8.ToArray(), ["Bearer x"])).Status);
        Assert.Equal(0, (await stage.Chat.StoredAsync()).Claims);
    }

    private static async Task<IReadOnlyList<string>> PublicAsync(TeamsStage stage)
    {
        await stage.Ears.SettleAsync();
        return stage.Channel;
    }
}
