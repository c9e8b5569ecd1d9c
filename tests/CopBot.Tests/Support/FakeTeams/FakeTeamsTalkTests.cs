using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What people say, what the bot answers, and who sees it.</summary>
public sealed class FakeTeamsTalkTests
{
    [Fact]
    public async Task Somebody_asks_in_a_channel_and_is_answered_in_the_thread()
    {
        await using var teams = await TeamsServer.StartAsync(new HandClock());
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        await teams.SayAsync(anna, teams.Team.General, "not for the bot");
        Assert.Empty(bot.Heard);

        var asked = await teams.AskAsync(anna, teams.Team.General, "help <at>Bert</at>");
        var came = Assert.Single(bot.Heard);
        Assert.Equal(("message", anna.Mri, anna.AadObjectId, $"{teams.Team.Id};messageid={asked.Id}", "channel"), ((string)came["type"]!, (string)came["from"]!["id"]!, (string)came["from"]!["aadObjectId"]!, (string)came["conversation"]!["id"]!, (string)came["conversation"]!["conversationType"]!));
        Assert.Equal((teams.BotId, teams.Team.AadGroupId, teams.TenantId), ((string)came["recipient"]!["id"]!, (string)came["channelData"]!["team"]!["aadGroupId"]!, (string)came["channelData"]!["tenant"]!["id"]!));
        Assert.Equal([bert.Mri, teams.BotId], asked.Pinged);

        var (status, answer) = await bot.SayAsync((string)came["conversation"]!["id"]!, new() { ["type"] = "message", ["text"] = "<at>Anna</at>, here", ["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>Anna</at>", ["mentioned"] = new JsonObject { ["id"] = anna.Mri, ["name"] = "Anna" } }) });
        Assert.Equal(201, status);
        Assert.Equal(["not for the bot", asked.Text, "<at>Anna</at>, here"], teams.SeenBy(bert, teams.Team.General).Select(message => message.Text));
        Assert.Equal(2, teams.SeenBy(bert, teams.Team.General, asked).Count);
        var post = Assert.Single(teams.Posts);
        Assert.Equal(((string)answer!["id"]!, asked.Id, anna.Mri), (post.Id, post.Root, Assert.Single(post.Pinged)));

        var activity = $"v3/conversations/{Uri.EscapeDataString(post.ConversationId)}/activities/{post.Id}";
        Assert.Equal(200, (await bot.ConnectorAsync("PUT", activity, TeamsProbe.Message("changed"))).Status);
        Assert.Equal(("changed", 1), (post.Text, post.Edits.Count));
        Assert.Equal(200, (await bot.ConnectorAsync("DELETE", activity)).Status);
        Assert.Equal("ActivityNotFoundInConversation", (string?)(await bot.ConnectorAsync("DELETE", activity)).Body!["error"]!["code"]);
        Assert.Equal(2, teams.SeenBy(bert).Count);
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task A_card_is_pressed_and_what_comes_back_is_for_that_person()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        await bot.ConnectorAsync("POST", "v3/conversations", new JsonObject { ["isGroup"] = true, ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = teams.Team.Id } }, ["activity"] = TeamsProbe.Card(Form) });
        var post = Assert.Single(teams.Posts);
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.ClickAsync(anna, post, "Other"));
        foreach (var filled in new (string, object)[][] { [], [("title", "too long")], [("title", "x"), ("size", 9)], [("title", "x"), ("colour", "red")], [("title", "x"), ("kind", "c")], [("title", "X!")] })
            await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.ClickAsync(anna, post, "Send", filled));
        Assert.Empty(bot.Heard);

        bot.Answers = _ => (200, JsonNode.Parse("""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"Done"}]}}"""));
        var pressed = await teams.ClickAsync(anna, post, "Send", ("title", "x"), ("size", 3), ("kind", "Bee"));
        var action = pressed.Activity["value"]!["action"]!;
        Assert.Equal(("send", "k", "x", "b", "3", "manual"), ((string)action["verb"]!, (string)action["data"]!["key"]!, (string)action["data"]!["title"]!, (string)action["data"]!["kind"]!, (string)action["data"]!["size"]!, (string)pressed.Activity["value"]!["trigger"]!));
        Assert.Equal(("Done", "Ask"), ((string?)post.CardFor(anna)!["body"]![0]!["text"], (string?)post.CardFor(bert)!["body"]![0]!["text"]));

        bot.Answers = _ => (200, JsonNode.Parse("""{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Not you"}"""));
        await teams.ClickAsync(bert, post, "send", ("title", "x"));
        Assert.Equal(["Not you"], bert.Notices);
        Assert.Empty(teams.Breaches);
        bot.Answers = _ => (200, new JsonObject { ["statusCode"] = 200, ["type"] = "strange" });
        await teams.ClickAsync(bert, post, "send", ("title", "x"));
        bot.Answers = _ => (500, null);
        await teams.ClickAsync(bert, post, "send", ("title", "x"));
        Assert.Equal(2, teams.Breaches.Count);
    }

    [Fact]
    public async Task A_chat_with_one_person_is_the_same_one_again_and_needs_the_app()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        JsonObject Asked(string id) => new() { ["isGroup"] = false, ["members"] = new JsonArray(new JsonObject { ["id"] = id }), ["tenantId"] = teams.TenantId };
        Assert.Equal((403, "ForbiddenOperationException"), await RefusedAsync(Asked(anna.Mri)));
        teams.TeamOpensChats = true;
        Assert.Equal(201, (await bot.ConnectorAsync("POST", "v3/conversations", Asked(anna.Mri))).Status);
        teams.TeamOpensChats = false;
        await teams.InstallAsync(anna);
        Assert.Equal(["installationUpdate", "conversationUpdate"], bot.Heard.Select(came => (string)came["type"]!));
        var (status, first) = await bot.ConnectorAsync("POST", "v3/conversations", Asked(anna.Mri));
        Assert.Equal((201, (string)first!["id"]!), (status, (string)(await bot.ConnectorAsync("POST", "v3/conversations", Asked(anna.Mri))).Body!["id"]!));
        Assert.Equal(201, (await bot.SayAsync(anna.Chat.Id, TeamsProbe.Message("psst"))).Status);
        Assert.Equal(["psst"], teams.SeenBy(anna).Select(message => message.Text));
        Assert.Empty(teams.Breaches);
        anna.Blocked = true;
        Assert.Equal("ConversationBlockedByUser", (string?)(await bot.SayAsync(anna.Chat.Id, TeamsProbe.Message("psst"))).Body!["error"]!["code"]);
        await teams.UninstallAsync(anna);
        Assert.Equal("BotNotInConversationRoster", (string?)(await bot.SayAsync(anna.Chat.Id, TeamsProbe.Message("psst"))).Body!["error"]!["code"]);
        Assert.Equal((400, "BadSyntax"), await RefusedAsync(Asked(anna.UserPrincipalName)));

        async Task<(int, string?)> RefusedAsync(JsonObject body) => await bot.ConnectorAsync("POST", "v3/conversations", body) is var (code, answer) ? (code, (string?)answer!["error"]!["code"]) : default;
    }

    internal static JsonObject Form { get; } = JsonNode.Parse("""
        {"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"Ask"},
          {"type":"Input.Text","id":"title","label":"Title","isRequired":true,"errorMessage":"Say what","maxLength":5,"regex":"^[a-z]+$"},
          {"type":"Input.Number","id":"size","label":"Size","min":1,"max":5},
          {"type":"Input.ChoiceSet","id":"kind","label":"Kind","choices":[{"title":"Ay","value":"a"},{"title":"Bee","value":"b"}]}],
         "actions":[{"type":"Action.Execute","title":"Send","verb":"send","data":{"key":"k"}}]}
        """)!.AsObject();
}
