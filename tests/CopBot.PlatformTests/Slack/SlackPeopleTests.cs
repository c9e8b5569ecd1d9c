using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Intake;
using CopBot.Tests.Support.FakeSlack;
using NodaTime;

namespace CopBot.PlatformTests.Slack;

/// <summary>What Slack people do and expect beside typing.</summary>
public sealed class SlackPeopleTests
{
    [Fact]
    public async Task A_slash_command_is_answered_in_the_channel_or_for_the_eyes_of_whoever_typed_it()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, stage.General);
        await SlashAsync(stage, ana, "share \"Runbooks that cut MTTR\"");
        Assert.StartsWith("#1 ana shared “Runbooks that cut MTTR”", Assert.Single(stage.Channel), StringComparison.Ordinal);

        await SlashAsync(stage, ana, "me");
        var own = stage.Workspace.Posts[^1];
        Assert.Equal((ana.Id, stage.General.Id, true), (own.OnlyUser, own.Channel, own.ByResponseUrl));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_slash_command_works_where_the_bot_is_not()
    {
        await using var stage = await SlackStage.StartAsync();
        var elsewhere = stage.Workspace.AddChannel("elsewhere", botIn: false);
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, elsewhere);
        await stage.Workspace.SlashAsync(ana, elsewhere, "/cop", "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        var said = Assert.Single(stage.Workspace.Posts, post => post.Channel == elsewhere.Id);
        Assert.Null(said.OnlyUser);
        Assert.StartsWith("#1 ana shared", stage.TextOf(said), StringComparison.Ordinal);

        // Nobody is told that a channel is gone in which the bot never was.
        Assert.DoesNotContain(stage.ForEyesOf("ana"), text => text.Contains("can no longer post", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_lacks_something_opens_its_form_and_the_form_sends_people_and_choices()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var (ana, bo) = (await stage.Ears.AccountAsync("ana"), await stage.Ears.AccountAsync("bo"));
        await stage.SayAsync("bo", "help");
        await stage.Workspace.SlashAsync(bo, stage.General, "/cop", $"kudos {ana.Mention}");
        var modal = stage.Workspace.ModalOf(bo)!;
        Assert.Equal("Kudos", (string?)modal.Body["title"]?["text"]);
        Assert.Equal(ana.Id, (string?)modal.Blocks[0]!["element"]!["initial_user"]);

        await stage.Workspace.SubmitAsync(bo, modal, new Dictionary<string, JsonObject>
        {
            ["to"] = new() { ["type"] = "users_select", ["selected_user"] = ana.Id },
            ["reason"] = new() { ["type"] = "plain_text_input", ["value"] = "for reviewing the runbook" },
        });
        await stage.Ears.SettleAsync();
        Assert.True(modal.Closed);
        Assert.Equal("#1 bo thanks @ana “for reviewing the runbook”: 3 points for ana, 1 point for bo.", stage.Channel[^1].Split('\n')[0]);
    }

    [Fact]
    public async Task The_message_shortcut_logs_a_message_as_a_share_with_its_link()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var ana = await stage.Ears.AccountAsync("ana");
        var post = stage.Workspace.Record(ana, stage.General, "How we cut our MTTR in half", "1767600000.700000");
        await stage.Workspace.MessageShortcutAsync(ana, SlackShortcuts.ShareMessage, post);
        var modal = stage.Workspace.ModalOf(ana)!;
        Assert.Equal("How we cut our MTTR in half", (string?)Input(modal, "title")["initial_value"]);
        Assert.StartsWith("https://", (string?)Input(modal, "link")["initial_value"], StringComparison.Ordinal);

        await stage.Workspace.SubmitAsync(ana, modal);
        await stage.Ears.SettleAsync();
        Assert.StartsWith("#1 ana shared “How we cut our MTTR in half”", stage.Channel[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SlackShortcuts.Share, "Share")]
    [InlineData(SlackShortcuts.Kudos, "Kudos")]
    public async Task A_global_shortcut_opens_a_form(string shortcut, string title)
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.ShortcutAsync(ana, shortcut);
        Assert.Equal(title, (string?)stage.Workspace.ModalOf(ana)!.Body["title"]!["text"]);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_taco_is_kudos_for_whoever_wrote_the_message_once_and_never_for_oneself()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var (ana, bo) = (await stage.Ears.AccountAsync("ana"), await stage.Ears.AccountAsync("bo"));
        var post = stage.Workspace.Record(ana, stage.General, "The fix is in the runbook now", "1767600000.700000");
        foreach (var added in (bool[])[true, false, true])
            await stage.Workspace.ReactAsync(bo, stage.General, post.Ts, "taco", added);
        await stage.Workspace.ReactAsync(ana, stage.General, post.Ts, "taco");
        await stage.Workspace.ReactAsync(bo, stage.General, post.Ts, "eyes");
        await stage.Workspace.ReactAsync(bo, stage.General, post.Ts, "taco::skin-tone-3");
        await stage.Ears.SettleAsync();

        Assert.Equal((3, 1), (await stage.Chat.PointsAsync("ana"), await stage.Chat.PointsAsync("bo")));
        var thanks = stage.Workspace.Posts.First(said => said.Channel == stage.General.Id && said.OnlyUser is null);
        Assert.Equal(post.Ts, thanks.ThreadTs);

        // Beyond what one may thank somebody in a week a reaction is just a reaction, and one for a stranger too.
        var stranger = await stage.Ears.AccountAsync("stranger");
        var private0 = stage.ForEyesOf("bo").Count;
        for (var number = 0; number < 4; number++)
            await stage.Workspace.ReactAsync(bo, stage.General, stage.Workspace.Record(number == 3 ? stranger : ana, stage.General, "More", $"1767600000.80000{number}").Ts, "taco");
        await stage.Ears.SettleAsync();
        Assert.Equal((6, 2), (await stage.Chat.PointsAsync("ana"), await stage.Chat.PointsAsync("bo")));
        Assert.Equal(private0, stage.ForEyesOf("bo").Count);
        Assert.StartsWith("#1 bo thanks @ana “for what you wrote in #general on 5 January”", stage.TextOf(thanks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_a_preview_and_the_bots_own_words_are_nothing_new()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, stage.General);
        var said = await stage.Workspace.SayAsync(ana, stage.General, $"{stage.Workspace.BotUser.Mention} share \"Runbooks that cut MTTR\"");
        await stage.Workspace.EditAsync(said.Post!, $"{stage.Workspace.BotUser.Mention} share \"Runbooks that cut MTTR in half\"");
        await stage.Workspace.DirectAsync(ana, "share \"Another one\"");
        var direct = stage.Workspace.AllMessages.Last(post => post.Author == ana.Id);
        await stage.Workspace.EditAsync(direct, "share \"Another one, mended\"");
        await stage.Ears.SettleAsync();
        Assert.Equal(10, await stage.Chat.PointsAsync("ana"));
        Assert.Equal(2, (await stage.Chat.StoredAsync()).Claims);
    }

    [Fact]
    public async Task A_mention_is_answered_in_its_thread_and_a_mention_in_a_thread_stays_there()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, stage.General);
        var first = await stage.Workspace.SayAsync(ana, stage.General, $"{stage.Workspace.BotUser.Mention} share \"First\"");
        await stage.Ears.SettleAsync();
        var second = await stage.Workspace.SayAsync(ana, stage.General, $"{stage.Workspace.BotUser.Mention} share \"Second\"", first.Post!.Ts);
        await stage.Ears.SettleAsync();
        Assert.True(second.Acknowledged);
        Assert.All(stage.Workspace.Posts.Where(post => post.Channel == stage.General.Id && post.OnlyUser is null), post => Assert.Equal(first.Post.Ts, post.ThreadTs));
    }

    [Fact]
    public async Task Talking_about_the_bot_is_not_talking_to_it()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, stage.General);
        await stage.Workspace.SayAsync(ana, stage.General, $"I think {stage.Workspace.BotUser.Mention} counts well");
        await stage.Ears.SettleAsync();
        Assert.Empty(stage.Workspace.Posts);
    }

    [Fact]
    public async Task The_home_tab_shows_ones_own_page_and_its_buttons_work()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.OpenHomeAsync(ana);
        await stage.Server.UntilAsync(() => stage.Workspace.Homes.ContainsKey(ana.Id), "a home tab");
        Assert.Contains("Welcome to the Reliability League", stage.Workspace.Homes[ana.Id].ToJsonString(), StringComparison.Ordinal);

        await stage.SayAsync("bo", "share \"A workshop\" size=large");
        await stage.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        await stage.Workspace.OpenHomeAsync(ana);
        await stage.Server.UntilAsync(() => stage.Workspace.Homes[ana.Id].ToJsonString().Contains("5 points", StringComparison.Ordinal), "her points");
        Assert.Contains("A workshop", stage.Workspace.Homes[ana.Id].ToJsonString(), StringComparison.Ordinal);

        var confirm = stage.Workspace.Homes[ana.Id]["blocks"]!.AsArray().SelectMany(block => block!["elements"] as JsonArray ?? []).First(element => ((string?)element!["value"])?.StartsWith("confirm", StringComparison.Ordinal) == true);
        await stage.Workspace.ClickHomeAsync(ana, (string)confirm!["action_id"]!);
        await stage.Ears.SettleAsync();
        Assert.Equal(20, await stage.Chat.PointsAsync("bo"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_direct_message_is_answered_there_and_a_thread_in_it_too()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.DirectAsync(ana, "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        Assert.Empty(stage.Channel);
        Assert.Contains(stage.ForEyesOf("ana"), text => text.StartsWith("#1 ana shared", StringComparison.Ordinal));
        Assert.All(stage.Workspace.Posts, post => Assert.Null(post.OnlyUser));
    }

    [Fact]
    public async Task Bots_earn_nothing_and_a_name_of_several_words_is_found()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("María José", "help");
        var (ana, maria) = (await stage.Ears.AccountAsync("ana"), stage.Workspace.Users.First(user => user.RealName == "María José"));
        await stage.Workspace.DirectAsync(ana, $"kudos {maria.Mention} \"for the review\"");
        await stage.Workspace.DirectAsync(ana, $"kudos {stage.Workspace.BotUser.Mention} \"good bot\"");
        await stage.Ears.SettleAsync();
        Assert.Equal(3, await stage.Chat.PointsAsync("María José"));
        Assert.Single(stage.ForEyesOf("ana"), text => text.StartsWith("I do not know “@CopBot”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Posts_carry_what_keeps_Slack_from_making_more_of_them()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SayAsync("ana", "share \"Runbooks\" link=https://example.org/r");
        var call = stage.Server.Calls.Last(call => call.Method == "chat.postMessage" && (string?)call.Args["channel"] == stage.General.Id);
        Assert.Equal((false, false, "none", false), ((bool)call.Args["unfurl_links"]!, (bool)call.Args["unfurl_media"]!, (string?)call.Args["parse"], (bool)call.Args["link_names"]!));
    }

    [Fact]
    public async Task However_slow_Slack_is_with_names_and_forms_the_acknowledgement_is_in_time_and_nothing_is_lost()
    {
        await using var stage = await SlackStage.StartAsync();
        var ana = await stage.Ears.AccountAsync("ana");
        await stage.Workspace.JoinAsync(ana, stage.General);
        foreach (var method in (string[])["users.info", "views.open"])
            stage.Server.Faults.Always(method, SlackFault.Slow(TimeSpan.FromSeconds(20)));
        var others = string.Join(' ', Enumerable.Range(0, 10).Select(number => stage.Workspace.AddUser($"other{number}").Mention));
        var lacking = await stage.Workspace.SlashAsync(ana, stage.General, "/cop", $"mob {others}");
        var whole = await stage.Workspace.SlashAsync(ana, stage.General, "/cop", "share \"Runbooks that cut MTTR\"");
        Assert.InRange(lacking.AckAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.9));
        Assert.InRange(whole.AckAfter, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        stage.Server.Faults.Clear();
        await stage.Ears.SettleAsync();
        Assert.Contains(stage.ForEyesOf("ana"), text => text.StartsWith("`mob` still needs", StringComparison.Ordinal));
        Assert.StartsWith("#1 ana shared", stage.Channel[^1], StringComparison.Ordinal);
    }

    private static JsonObject Input(SlackView modal, string field) => modal.Blocks.OfType<JsonObject>().First(block => (string?)block["block_id"] == field)["element"]!.AsObject();

    private static async Task SlashAsync(SlackStage stage, SlackUser by, string text)
    {
        Assert.True((await stage.Workspace.SlashAsync(by, stage.General, "/cop", text)).Acknowledged);
        await stage.Ears.SettleAsync();
    }
}
