using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What the Connector takes, refuses, and how it fails.</summary>
public sealed class FakeTeamsConnectorTests
{
    private const string Send = "POST /v3/conversations/{conversationId}/activities";

    [Fact]
    public async Task What_keeps_to_no_rule_is_refused_and_told()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        var bad = new (string Problem, JsonObject Activity)[]
        {
            ("says nothing", new() { ["type"] = "message" }),
            ("type is event", new() { ["type"] = "event" }),
            ("a text and a card in one", With(TeamsProbe.Card(FakeTeamsTalkTests.Form), "text", "x")),
            ("mentions nobody", new() { ["type"] = "message", ["text"] = "<at>Anna</at>" }),
            ("is nowhere in the text", Mentioning("hello", "<at>Anna</at>", anna.Mri)),
            ("who is nobody here", Mentioning("<at>Anna</at>", "<at>Anna</at>", "29:nobody")),
            ("suggested actions", With(TeamsProbe.Message("x"), "suggestedActions", new JsonObject { ["actions"] = new JsonArray() })),
            ("has no verb", TeamsProbe.Card(JsonNode.Parse("""{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Execute","title":"x"}]}""")!)),
            ("1.5 at the most", TeamsProbe.Card(JsonNode.Parse("""{"type":"AdaptiveCard","version":"1.6"}""")!)),
            ("two actions have the id", TeamsProbe.Card(JsonNode.Parse("""{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Submit","title":"x","id":"a"},{"type":"Action.Submit","title":"y","id":"a"}]}""")!)),
            ("refresh names 61", TeamsProbe.Card(new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["refresh"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "r" }, ["userIds"] = new JsonArray([.. Enumerable.Range(0, 61).Select(n => (JsonNode)$"29:{n}")]) } })),
        };
        foreach (var (problem, activity) in bad)
        {
            Assert.Equal((400, "BadSyntax"), await bot.SayAsync(teams.Team.Id, activity) is var (status, body) ? (status, (string?)body!["error"]!["code"]) : default);
            Assert.Contains(problem, teams.Breaches[^1], StringComparison.Ordinal);
        }
        Assert.Equal(413, (await bot.SayAsync(teams.Team.Id, TeamsProbe.Message(new string('x', 90_000)))).Status);
        Assert.Equal(404, (await bot.ConnectorAsync("GET", "v3/strange")).Status);
        Assert.Empty(teams.Posts);
        Assert.Equal(201, (await bot.SayAsync(teams.Team.Id, Mentioning("<at>Anna</at>", "<at>Anna</at>", anna.Mri))).Status);
    }

    [Theory]
    [InlineData("""{"type":"message","text":"x","textFormat":"html5"}""", "textFormat")]
    [InlineData("""{"type":"message","text":7}""", "text")]
    [InlineData("""{"type":"message","text":"x","colour":"red"}""", "colour")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlok","text":"x"}]}}]}""", "body[0]")]
    public async Task Microsofts_descriptions_hold(string activity, string where)
    {
        Required.Unless(TeamsSpecs.AreHere, "no descriptions of Teams: set COPBOT_SPECS to the folder with teams/ and graph/");
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        Assert.Equal(400, (await bot.SayAsync(teams.Team.Id, JsonNode.Parse(activity)!.AsObject())).Status);
        Assert.Contains(teams.Breaches, breach => breach.Contains(where, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_come_in_pages_and_are_found_by_any_id()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var people = Enumerable.Range(0, 5).Select(n => teams.Team.AddPerson($"P{n}")).ToList();
        var (names, token) = (new List<string>(), (string?)null);
        do
        {
            var (_, page) = await bot.ConnectorAsync("GET", $"{At(teams.Team.Id)}/pagedmembers?pageSize=2" + (token is null ? "" : $"&continuationToken={Uri.EscapeDataString(token)}"));
            names.AddRange(page!["members"]!.AsArray().Select(member => (string)member!["name"]!));
            token = (string?)page["continuationToken"];
        }
        while (token is not null);
        Assert.Equal(people.Select(person => person.Name), names);
        foreach (var id in (string[])[people[2].Mri, people[2].AadObjectId, people[2].UserPrincipalName])
            Assert.Equal(people[2].Mri, (string?)(await bot.ConnectorAsync("GET", $"{At(teams.Team.Id)}/members/{Uri.EscapeDataString(id)}")).Body!["id"]);
        Assert.Equal(404, (await bot.ConnectorAsync("GET", $"{At(teams.Team.Id)}/members/29%3Anobody")).Status);
        var (_, team) = await bot.ConnectorAsync("GET", $"v3/teams/{Uri.EscapeDataString(teams.Team.Id)}");
        Assert.Equal((teams.Team.AadGroupId, 5), ((string)team!["aadGroupId"]!, (int)team["memberCount"]!));
        teams.Team.AddChannel("ops");
        Assert.Equal([null, "ops"], (await bot.ConnectorAsync("GET", $"v3/teams/{Uri.EscapeDataString(teams.Team.Id)}/conversations")).Body!["conversations"]!.AsArray().Select(channel => (string?)channel!["name"]));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task Whoever_is_out_is_refused_with_the_right_code()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var owner = teams.Team.AddPerson("Owner", owner: true);
        var channel = await teams.CreateChannelAsync(teams.Team, "ops", owner);
        var said = await teams.AskAsync(owner, channel, "hi");
        Assert.Equal((201, null), await SayAsync(said.ConversationId));
        Assert.Equal((404, "ConversationNotFound"), await SayAsync(channel.Id + ";messageid=1"));
        Assert.Equal((404, "ConversationNotFound"), await SayAsync("19:nowhere@thread.tacv2"));
        await teams.DeleteAsync(channel, owner);
        Assert.Equal((404, "ConversationNotFound"), await SayAsync(said.ConversationId));
        teams.Team.DisabledByAdmin = true;
        Assert.Equal((403, "BotDisabledByAdmin"), await SayAsync(teams.Team.Id));
        await teams.UninstallAsync(teams.Team, owner);
        Assert.Equal((403, "BotNotInConversationRoster"), await SayAsync(teams.Team.Id));
        Assert.Equal(["channelCreated", null, "channelDeleted", "teamMemberRemoved", null], bot.Heard.Select(came => (string?)came["channelData"]!["eventType"]));
        Assert.Empty(teams.Breaches);

        async Task<(int, string?)> SayAsync(string conversation) => await bot.SayAsync(conversation, TeamsProbe.Message("x")) is var (status, body) ? (status, (string?)body?["error"]?["code"]) : default;
    }

    [Fact]
    public async Task It_fails_as_it_is_told_to()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var token = await bot.TokenAsync();
        teams.Faults.Next(Send, TeamsFault.Limited(3), TeamsFault.Html(), TeamsFault.CutBefore, TeamsFault.CutAfter, TeamsFault.DoneBut(504), TeamsFault.Redirect(new(teams.Elsewhere, "x")), TeamsFault.Huge);
        using var limited = await SendAsync();
        Assert.Equal((429, "3"), ((int)limited.StatusCode, limited.Headers.RetryAfter?.ToString()));
        Assert.Equal(502, (int)(await SendAsync()).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(SendAsync);
        Assert.Empty(teams.Posts);
        await Assert.ThrowsAsync<HttpRequestException>(SendAsync);
        Assert.Single(teams.Posts);
        Assert.Equal((504, 2), ((int)(await SendAsync()).StatusCode, teams.Posts.Count));
        Assert.Equal(teams.Elsewhere.Authority, (await SendAsync()).Headers.Location?.Authority);
        Assert.Equal((10_000_009, 3), ((await (await SendAsync()).Content.ReadAsStringAsync()).Length, teams.Posts.Count));
        Assert.DoesNotContain(teams.BearerHosts, host => host.Host == teams.Elsewhere.Authority);
        await bot.RawAsync("GET", teams.Elsewhere, null, token);
        Assert.Equal(teams.Elsewhere.Authority, teams.BearerHosts[^1].Host);
        await teams.TurnOffAsync();
        await Assert.ThrowsAsync<HttpRequestException>(SendAsync);
        await teams.TurnOnAsync();
        Assert.Equal(201, (int)(await SendAsync()).StatusCode);

        Task<HttpResponseMessage> SendAsync() => bot.RawAsync("POST", new(teams.ServiceUrl, $"{At(teams.Team.Id)}/activities"), TeamsProbe.Message("x"), token);
    }

    [Fact]
    public async Task A_thread_has_a_pace()
    {
        var clock = new HandClock();
        await using var teams = await TeamsServer.StartAsync(clock);
        await using var bot = await TeamsProbe.StartAsync(teams);
        teams.Pace.IsOn = true;
        var token = await bot.TokenAsync();
        for (var time = 0; time < 7; time++)
            Assert.Equal(201, (await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("x"), token)).Status);
        Assert.Equal(429, (await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("x"), token)).Status);
        Assert.Equal(201, (await bot.SayAsync(teams.Team.AddChannel("other").Id, TeamsProbe.Message("x"), token)).Status);
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(201, (await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("x"), token)).Status);
        Assert.Equal(429, (await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("x"), token)).Status);
        Assert.Equal((2, 9), (teams.Pace.Refused, teams.Posts.Count));
        Assert.Empty(teams.Breaches);
    }

    private static string At(string conversation) => $"v3/conversations/{Uri.EscapeDataString(conversation)}";

    private static JsonObject With(JsonObject activity, string member, JsonNode value)
    {
        activity[member] = value;
        return activity;
    }

    private static JsonObject Mentioning(string text, string tag, string id) =>
        new() { ["type"] = "message", ["text"] = text, ["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = tag, ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = "Anna" } }) };
}
