using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Graph: consents, members, tags, events, the feed, and installing the app.</summary>
public sealed class FakeTeamsGraphTests
{
    [Fact]
    public async Task Nothing_is_answered_without_consent()
    {
        Needed();
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        var team = $"teams/{teams.Team.AadGroupId}";
        Assert.Equal((403, "Forbidden"), await AskAsync("GET", $"{team}/members"));
        Assert.Equal((403, "Authorization_RequestDenied"), await AskAsync("GET", $"users/{anna.AadObjectId}"));
        Assert.Equal((403, "ErrorAccessDenied"), await AskAsync("POST", $"users/{anna.AadObjectId}/events", []));
        teams.Team.Consents.Add("TeamMember.Read.Group");
        Assert.Equal((200, null), await AskAsync("GET", $"{team}/members"));
        Assert.Equal((403, "Forbidden"), await AskAsync("GET", $"{team}/tags"));
        // The consent of one team says nothing about another.
        Assert.Equal((403, "Forbidden"), await AskAsync("GET", $"teams/{teams.AddTeam("Other").AadGroupId}/members"));
        teams.Graph.ConsentToAll();
        Assert.Equal((200, null), await AskAsync("GET", $"{team}/tags"));
        Assert.Equal((200, null), await AskAsync("GET", $"users/{anna.UserPrincipalName}"));
        Assert.Equal(401, (await bot.RawAsync("GET", new(teams.Graph.Base, $"{team}/tags"), null, await bot.TokenAsync())).StatusCode is var status ? (int)status : 0);
        Assert.Empty(teams.Breaches);
        teams.Graph.Faults.Next("GET /teams/{id}/tags", TeamsFault.Limited(), TeamsFault.Status(503));
        Assert.Equal(429, (await bot.GraphAsync("GET", $"{team}/tags")).Status);
        Assert.Equal(503, (await bot.GraphAsync("GET", $"{team}/tags")).Status);
        await teams.Graph.TurnOffAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => bot.GraphAsync("GET", $"{team}/tags"));

        async Task<(int, string?)> AskAsync(string method, string path, JsonObject? body = null) => await bot.GraphAsync(method, path, body) is var (code, answer) ? (code, (string?)answer?["error"]?["code"]) : default;
    }

    [Fact]
    public async Task Members_are_paged_and_tags_have_limits()
    {
        Needed();
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        teams.Graph.ConsentToAll();
        teams.Graph.PageSize = 20;
        var people = Enumerable.Range(0, 27).Select(n => teams.Team.AddPerson($"P{n}")).ToList();
        var team = $"teams/{teams.Team.AadGroupId}";
        var (_, first) = await bot.GraphAsync("GET", $"{team}/members");
        var (_, second) = await bot.GraphAsync("GET", ((string)first!["@odata.nextLink"]!).Replace(teams.Graph.Base.AbsoluteUri, "", StringComparison.Ordinal));
        Assert.Equal(people.Select(person => person.AadObjectId), first["value"]!.AsArray().Concat(second!["value"]!.AsArray()).Select(member => (string)member!["userId"]!));
        Assert.Null(second["@odata.nextLink"]);

        JsonObject Tag(string name, int members) => new() { ["displayName"] = name, ["members"] = new JsonArray([.. people.Take(members).Select(person => (JsonNode)new JsonObject { ["userId"] = person.AadObjectId })]) };
        var (status, tag) = await bot.GraphAsync("POST", $"{team}/tags", Tag("Core", 25));
        Assert.Equal((201, 25), (status, (int)tag!["memberCount"]!));
        Assert.Empty(teams.Breaches);
        foreach (var body in (JsonObject[])[Tag("Many", 26), Tag("None", 0), Tag(new string('x', 41), 1), new() { ["displayName"] = "Odd", ["colour"] = "red" }, new() { ["displayName"] = 7 }])
            Assert.Equal(400, (await bot.GraphAsync("POST", $"{team}/tags", body)).Status);
        Assert.Equal(5, teams.Breaches.Count);
        Assert.Equal(409, (await bot.GraphAsync("POST", $"{team}/tags", Tag("core", 1))).Status);

        var path = $"{team}/tags/{Uri.EscapeDataString((string)tag["id"]!)}";
        var (_, added) = await bot.GraphAsync("POST", $"{path}/members", new JsonObject { ["userId"] = people[26].AadObjectId });
        Assert.Equal(26, Assert.Single(teams.Graph.Tags).Members.Count);
        Assert.Equal(409, (await bot.GraphAsync("POST", $"{path}/members", new JsonObject { ["userId"] = people[26].AadObjectId })).Status);
        Assert.Equal(204, (await bot.GraphAsync("DELETE", $"{path}/members/{added!["id"]}")).Status);
        Assert.Equal(404, (await bot.GraphAsync("DELETE", $"{path}/members/{added["id"]}")).Status);
        Assert.Equal(200, (await bot.GraphAsync("PATCH", path, new JsonObject { ["displayName"] = "Kernel" })).Status);
        Assert.Equal("Kernel", teams.Graph.Tags[0].Name);
        Assert.Equal(204, (await bot.GraphAsync("DELETE", path)).Status);
        Assert.Empty(teams.Graph.Tags);
    }

    [Fact]
    public async Task An_event_is_made_once_for_a_transaction()
    {
        Needed();
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        teams.Graph.ConsentToAll();
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        var body = JsonNode.Parse($$$"""{"subject":"Gathering","transactionId":"t-1","start":{"dateTime":"2026-01-05T10:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-01-05T11:00:00","timeZone":"UTC"},"attendees":[{"emailAddress":{"address":"{{{bert.Email}}}"},"type":"required"}]}""")!.AsObject();
        var (status, made) = await bot.GraphAsync("POST", $"users/{anna.AadObjectId}/events", body);
        Assert.Equal((201, (string)made!["id"]!), await bot.GraphAsync("POST", $"users/{anna.AadObjectId}/events", body) is var (again, same) ? (again, (string)same!["id"]!) : default);
        Assert.Equal((201, "Gathering", bert.Email), (status, Assert.Single(teams.Graph.Events).Subject, teams.Graph.Events[0].Attendees[0]));
        teams.Graph.RefusesTransactionsTwice = true;
        Assert.Equal(409, (await bot.GraphAsync("POST", $"users/{anna.AadObjectId}/events", body)).Status);
        var path = $"users/{anna.AadObjectId}/events/{made["id"]}";
        Assert.Equal("Moved", (string?)(await bot.GraphAsync("PATCH", path, new JsonObject { ["subject"] = "Moved" })).Body!["subject"]);
        Assert.Empty(teams.Breaches);
        foreach (var wrong in (JsonObject[])[new() { ["subjekt"] = "x" }, new() { ["importance"] = "urgent" }, new() { ["transactionId"] = "t-2" }, new() { ["start"] = new JsonObject { ["dateTime"] = "soon", ["timeZone"] = "UTC" } }])
            Assert.Equal(400, (await bot.GraphAsync("PATCH", path, wrong)).Status);
        Assert.Equal(204, (await bot.GraphAsync("DELETE", path)).Status);
        Assert.Equal(404, (await bot.GraphAsync("DELETE", path)).Status);
        Assert.Equal((3, 5), (teams.Graph.Count("POST /users/{id}/events"), teams.Graph.Count("PATCH /users/{id}/events/{event}")));
    }

    [Fact]
    public async Task The_app_is_installed_for_a_person_who_then_hears_of_it_in_the_feed()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        teams.Graph.ConsentToAll();
        teams.Graph.Manifest = JsonNode.Parse("""{"id":"11111111-2222-3333-4444-555555555555","activities":{"activityTypes":[{"type":"yourTurn","description":"d","templateText":"{actor} says it is your turn: {what}"}]}}""")!.AsObject();
        var anna = teams.AddPerson("Anna");
        var (_, apps) = await bot.GraphAsync("GET", "appCatalogs/teamsApps?$filter=" + Uri.EscapeDataString($"externalId eq '{teams.Graph.ExternalId}'"));
        var app = (string)Assert.Single(apps!["value"]!.AsArray())!["id"]!;
        var install = new JsonObject { ["teamsApp@odata.bind"] = $"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{app}" };
        var path = $"users/{anna.AadObjectId}/teamwork";
        var notice = JsonNode.Parse("""{"topic":{"source":"text","value":"Rota","webUrl":"https://teams.microsoft.com/l/entity/x"},"activityType":"yourTurn","previewText":{"content":"Tomorrow"},"templateParameters":[{"name":"what","value":"minutes"}]}""")!.AsObject();
        Assert.Equal(403, (await bot.GraphAsync("POST", $"{path}/sendActivityNotification", notice)).Status);
        Assert.Equal(201, (await bot.GraphAsync("POST", $"{path}/installedApps", install)).Status);
        await teams.SettledAsync();
        Assert.Equal(["installationUpdate", "conversationUpdate"], bot.Heard.Select(came => (string)came["type"]!));
        Assert.Equal(anna.Chat.Id, (string)bot.Heard[0]["conversation"]!["id"]!);
        Assert.Equal(409, (await bot.GraphAsync("POST", $"{path}/installedApps", install)).Status);
        var (_, installed) = await bot.GraphAsync("GET", $"{path}/installedApps?$expand=teamsApp&$filter=" + Uri.EscapeDataString($"teamsApp/externalId eq '{teams.Graph.ExternalId}'"));
        Assert.Equal("oneOnOne", (string?)(await bot.GraphAsync("GET", $"{path}/installedApps/{Uri.EscapeDataString((string)installed!["value"]![0]!["id"]!)}/chat")).Body!["chatType"]);

        Assert.Equal(204, (await bot.GraphAsync("POST", $"{path}/sendActivityNotification", notice)).Status);
        Assert.Equal(("yourTurn", "{actor} says it is your turn: minutes", "Tomorrow"), Assert.Single(anna.Feed) is var item ? (item.ActivityType, item.Text, item.Preview) : default);
        Assert.Empty(teams.Breaches);
        notice["activityType"] = "undeclared";
        Assert.Equal(400, (await bot.GraphAsync("POST", $"{path}/sendActivityNotification", notice)).Status);
        Assert.Contains("not declared", Assert.Single(teams.Breaches), StringComparison.Ordinal);
    }

    private static void Needed() => Required.Unless(TeamsSpecs.AreHere, "no descriptions of Graph: set COPBOT_SPECS to the folder with teams/ and graph/");
}
