using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Dialogs, the action on messages, refreshing, and what comes twice.</summary>
public sealed class FakeTeamsDialogTests
{
    [Fact]
    public async Task A_dialog_is_opened_filled_and_sent()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        await bot.SayAsync(teams.Team.Id, TeamsProbe.Card(JsonNode.Parse("""
            {"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Submit","title":"Open","data":{"msteams":{"type":"task/fetch"},"form":"share"}},
             {"type":"Action.Submit","title":"Back","data":{"msteams":{"type":"messageBack","text":"said","displayText":"shown","value":{"a":1}}}},{"type":"Action.OpenUrl","title":"Page","url":"https://ours.example/"}]}
            """)!));
        var post = Assert.Single(teams.Posts);
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.ClickAsync(anna, post, "Page"));
        bot.Answers = _ => (200, Task(Submitting));
        var fetched = await teams.ClickAsync(anna, post, "Open");
        Assert.Equal(("task/fetch", "share", "default"), (fetched.Name, (string)fetched.Activity["value"]!["data"]!["form"]!, (string)fetched.Activity["value"]!["context"]!["theme"]!));
        Assert.Equal("A form", anna.Dialog!.Title);
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.SubmitAsync(anna, "Send", ("title", "x"), ("other", "y")));
        bot.Answers = _ => (200, JsonNode.Parse("""{"task":{"type":"message","value":"Kept"}}"""));
        var sent = await teams.SubmitAsync(anna, "Send", ("title", "x"));
        Assert.Equal(("task/submit", "x", "k", null, "Kept"), (sent.Name, (string)sent.Activity["value"]!["data"]!["title"]!, (string)sent.Activity["value"]!["data"]!["key"]!, anna.Dialog, anna.Notices[^1]));
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.SubmitAsync(anna, "Send", ("title", "x")));
        bot.Answers = _ => (200, null);
        var back = await teams.ClickAsync(anna, post, "Back");
        Assert.Equal(("message", "said", 1), (back.Type, (string)back.Activity["text"]!, (int)back.Activity["value"]!["a"]!));
        Assert.Equal("shown", teams.SeenBy(anna)[^1].Text);
        Assert.Empty(teams.Breaches);
        bot.Answers = _ => (200, JsonNode.Parse("""{"task":{"type":"continue","value":{"title":"x","height":"huge","card":{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.9"}}}}}"""));
        await teams.ClickAsync(anna, post, "Open");
        Assert.Contains(teams.Breaches, breach => breach.Contains("height", StringComparison.Ordinal));
        Assert.Contains(teams.Breaches, breach => breach.Contains("1.5 at the most", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_action_on_a_message_is_tried_three_times()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        var said = await teams.SayAsync(bert, teams.Team.General, "look at <that>");
        var tries = 0;
        bot.Answers = _ => ++tries < 3 ? (503, null) : (200, Task(Submitting));
        teams.AnswersChecked = false;
        var ran = await teams.RunOnMessageAsync(anna, said, "logShare");
        Assert.Equal([503, 503, 200], ran.Answers.Select(answer => answer.Status));
        Assert.Single(bot.Heard.Select(came => (string)came["id"]!).Distinct());
        var payload = ran.Activity["value"]!["messagePayload"]!;
        Assert.Equal((bert.AadObjectId, "<p>look at &lt;that&gt;</p>", said.Id), ((string)payload["from"]!["user"]!["id"]!, (string)payload["body"]!["content"]!, (string)payload["id"]!));
        bot.Answers = _ => (200, null);
        var sent = await teams.SubmitAsync(anna, "Send", ("title", "x"));
        Assert.Equal(("composeExtension/submitAction", "logShare", "x"), (sent.Name, (string)sent.Activity["value"]!["commandId"]!, (string)sent.Activity["value"]!["data"]!["title"]!));
        Assert.Null(anna.Dialog);
    }

    [Fact]
    public async Task A_card_refreshes_itself_for_those_it_names_once_in_a_minute()
    {
        var clock = new HandClock();
        await using var teams = await TeamsServer.StartAsync(clock);
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        var card = JsonNode.Parse($$$"""{"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Execute","verb":"refresh"},"userIds":["{{{anna.Mri}}}"]},"body":[{"type":"TextBlock","text":"Old"}]}""")!;
        await bot.SayAsync(teams.Team.Id, TeamsProbe.Card(card));
        var post = teams.Posts[0];
        card["body"]![0]!["text"] = "New";
        bot.Answers = _ => (200, new JsonObject { ["statusCode"] = 200, ["type"] = "application/vnd.microsoft.card.adaptive", ["value"] = card.DeepClone() });
        Assert.Null(await teams.LookAsync(bert, post));
        Assert.Equal("automatic", (string?)(await teams.LookAsync(anna, post))!.Activity["value"]!["trigger"]);
        Assert.Equal(("New", "Old"), ((string?)post.CardFor(anna)!["body"]![0]!["text"], (string?)post.CardFor(bert)!["body"]![0]!["text"]));
        Assert.Null(await teams.LookAsync(anna, post));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.NotNull(await teams.LookAsync(anna, post));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task What_was_brought_comes_again_as_it_was_or_as_new()
    {
        var clock = new HandClock();
        await using var teams = await TeamsServer.StartAsync(clock);
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        await teams.AskAsync(anna, teams.Team.General, "once");
        Assert.Single(bot.Heard);
        teams.Redelivery = TeamsRedelivery.SameId;
        await teams.AskAsync(anna, teams.Team.General, "twice");
        teams.Redelivery = TeamsRedelivery.NewId;
        await teams.AskAsync(anna, teams.Team.General, "as new");
        var ids = bot.Heard.Select(came => (string)came["id"]!).ToList();
        Assert.Equal((5, ids[1], false), (ids.Count, ids[2], ids[3] == ids[4]));
        Assert.Equal((string)bot.Heard[3]["text"]!, (string)bot.Heard[4]["text"]!);
        Assert.Equal(2, teams.Deliveries[^1].Answers.Count);

        // By the server's clock, whatever it really took.
        bot.Answers = _ =>
        {
            clock.Now += TimeSpan.FromSeconds(16);
            return (200, null);
        };
        teams.Redelivery = TeamsRedelivery.None;
        Assert.Empty(teams.Breaches);
        await teams.AskAsync(anna, teams.Team.General, "too late");
        Assert.Contains("none in time", Assert.Single(teams.Breaches), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_a_team_are_a_dialog()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var owner = teams.Team.AddPerson("Owner", owner: true);
        bot.Answers = _ => (200, new JsonObject { ["responseType"] = "config", ["config"] = Task(Submitting)["task"]!.DeepClone() });
        await teams.ConfigureAsync(owner, teams.Team.General);
        bot.Answers = _ => (200, JsonNode.Parse("""{"responseType":"config","config":{"type":"message","value":"Set"}}"""));
        Assert.Equal("config/submit", (await teams.SubmitAsync(owner, "Send", ("title", "x"))).Name);
        Assert.Equal(("Set", null), (owner.Notices[^1], owner.Dialog));
        Assert.Empty(teams.Breaches);
        bot.Answers = _ => (501, null);
        Assert.Equal(501, (await teams.InvokeAsync(owner, teams.Team.General, "strange/name", [])).Status);
    }

    [Fact]
    public async Task Edits_deletions_and_reactions_reach_the_bot_where_it_heard()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        var (heard, missed) = (await teams.AskAsync(anna, teams.Team.General, "one"), await teams.SayAsync(anna, teams.Team.General, "two"));
        foreach (var message in (TeamsMessage[])[heard, missed])
        {
            await teams.EditAsync(message, message.Text + " more");
            await teams.DeleteAsync(message);
        }
        await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("mine"));
        await teams.ReactAsync(anna, teams.Posts[0], "heart");
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.ReactAsync(anna, teams.Posts[0], "heart"));
        await teams.UnreactAsync(anna, teams.Posts[0], "heart");
        Assert.Equal(["message", "messageUpdate", "messageDelete", "messageReaction", "messageReaction"], bot.Heard.Select(came => (string)came["type"]!));
        Assert.Equal(("editMessage", "softDeleteMessage", teams.Posts[0].Id), ((string)bot.Heard[1]["channelData"]!["eventType"]!, (string)bot.Heard[2]["channelData"]!["eventType"]!, (string)bot.Heard[3]["replyToId"]!));
        Assert.Equal(["mine"], teams.SeenBy(anna).Select(message => message.Text));
        teams.Team.Consents.Add("ChannelMessage.Read.Group");
        await teams.SayAsync(anna, teams.Team.General, "three");
        Assert.Equal("three", (string?)bot.Heard[^1]["text"]);
    }

    private static JsonObject Submitting { get; } = JsonNode.Parse("""
        {"type":"AdaptiveCard","version":"1.5","body":[{"type":"Input.Text","id":"title","label":"Title","isRequired":true,"errorMessage":"Say what"}],"actions":[{"type":"Action.Submit","title":"Send","data":{"key":"k"}}]}
        """)!.AsObject();

    private static JsonObject Task(JsonObject card) =>
        new() { ["task"] = new JsonObject { ["type"] = "continue", ["value"] = new JsonObject { ["title"] = "A form", ["height"] = "small", ["width"] = 400, ["card"] = new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card.DeepClone() } } } };
}
