using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.EndToEndTests.Teams;

/// <summary>Microsoft's libraries take the tests' server for Teams: they ask for tokens, check those that come, answer, show cards and dialogs, and ask who is there.</summary>
public sealed class FakeTeamsPeerTests(TeamsPeer peer) : IClassFixture<TeamsPeer>
{
    [Fact]
    public async Task It_answers_asks_who_is_there_and_changes_what_it_said()
    {
        await using var teams = await TeamsServer.StartAsync();
        var people = new[] { "Anna", "Bert", "Cleo" }.Select(name => teams.Team.AddPerson(name)).ToList();
        teams.Team.AddChannel("ops");
        await using var bot = await peer.StartAsync(teams);
        var asked = await teams.AskAsync(people[0], teams.Team.General, "hello");
        var answer = Assert.Single(teams.Posts);
        Assert.Equal(("<at>Anna</at> said hello", asked.Id, people[0].Mri), (answer.Text, answer.Root, Assert.Single(answer.Pinged)));
        foreach (var (said, heard) in new[] { ("people", "Anna, Bert, Cleo"), ("one", people[0].UserPrincipalName), ("team", "The League: General, ops"), ("thread", "A new thread"), ("change", "second"), ("typing", "typed") })
        {
            await teams.AskAsync(people[0], teams.Team.General, said);
            Assert.Equal(heard, teams.Posts.Last(post => !post.Deleted).Text);
        }
        Assert.Equal(("first", "third"), (teams.Posts.First(post => post.Text == "second").Edits[0].Text, Assert.Single(teams.Posts, post => post.Deleted).Text));
        Assert.NotEqual(asked.Root, teams.Posts.First(post => post.Text == "A new thread").Root);
        Assert.Same(teams.Team.General, Assert.Single(teams.Typing));
        Assert.Equal((1, 1), (teams.Keys.MetadataFetches, teams.Identity.Requests));
        Assert.Empty(teams.Breaches);
        Assert.Empty(await peer.ProblemsAsync(teams.Posts.Select(post => (JsonNode)post.Content.Activity).Concat(teams.Deliveries.Select(delivery => delivery.Activity))));
    }

    [Fact]
    public async Task It_hears_of_people_reactions_and_names()
    {
        await using var teams = await TeamsServer.StartAsync();
        var anna = teams.Team.AddPerson("Anna");
        await using var bot = await peer.StartAsync(teams);
        await teams.JoinAsync(teams.Team, teams.AddPerson("Dora"));
        await teams.RenameAsync(teams.Team.AddChannel("ops"), "operations", anna);
        await teams.ReactAsync(anna, teams.Posts[0], "like");
        Assert.Equal(["Welcome Dora", "Now called operations", $"like on {teams.Posts[0].Id}"], teams.Posts.Select(post => post.Text));
        await teams.InstallAsync(anna);
        await teams.DirectAsync(anna, "direct");
        Assert.Equal(["direct", "psst"], teams.SeenBy(anna, anna.Chat).Select(message => message.Text));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task It_shows_cards_and_dialogs_and_takes_what_is_sent()
    {
        await using var teams = await TeamsServer.StartAsync();
        var (anna, bert) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"));
        await using var bot = await peer.StartAsync(teams);
        var asked = await teams.AskAsync(anna, teams.Team.General, "card");
        var post = Assert.Single(teams.Posts);
        await teams.ClickAsync(anna, post, "Count");
        await teams.ClickAsync(bert, post, "Whisper");
        Assert.Equal(("Counted t1", "Shares", "Only for Bert"), ((string?)post.CardFor(anna)!["body"]![0]!["text"], (string?)post.CardFor(bert)!["body"]![0]!["text"], Assert.Single(bert.Notices)));

        await teams.ClickAsync(bert, post, "Open");
        Assert.Equal("share", bert.Dialog!.Title);
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.SubmitAsync(bert, "Save"));
        await teams.SubmitAsync(bert, "Save", ("title", "First"));
        Assert.Equal((null, "Kept First"), (bert.Dialog, bert.Notices[^1]));
        await teams.ClickAsync(bert, post, "Plain");
        Assert.Equal("Plain it was", teams.Posts[^1].Text);

        await teams.RunOnMessageAsync(bert, asked, "log");
        Assert.Equal("log by Anna", bert.Dialog!.Title);
        await teams.SubmitAsync(bert, "Save", ("title", "Second"));
        Assert.Equal(("Logged Second", null), (teams.Posts[^1].Text, bert.Dialog));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task It_refuses_what_is_not_from_the_connector()
    {
        await using var teams = await TeamsServer.StartAsync();
        var anna = teams.Team.AddPerson("Anna");
        await using var bot = await peer.StartAsync(teams);
        await teams.AskAsync(anna, teams.Team.General, "hello");
        var activity = teams.Deliveries[0].Activity;
        Assert.Equal(200, (await teams.SendForgedAsync(activity)).Status);
        // Of the others its own reading differs: it takes what other bots are to refuse.
        string[] clear =
        [
            "alg none", "HS256 keyed with the public key as PEM", "unknown kid", "issuer with a suffix", "issuer in other case", "other audience", "expired by 301 s", "not valid for another hour", "key without endorsement",
            "no serviceurl claim", "foreign serviceurl claim", "signature of another key", "claims changed", "body with another serviceUrl", "two tokens in one header", "no token",
        ];
        foreach (var name in clear)
            Assert.True((await teams.SendForgedAsync(activity, TeamsTokens.Breaches.Single(breach => breach.Name == name))).Status is 401 or 403 or 500, name);
        Assert.Equal(2, teams.Posts.Count);
    }

    [Fact]
    public async Task Its_schema_tells_what_is_no_activity()
    {
        Assert.Empty(await peer.ProblemsAsync([new JsonObject { ["type"] = "message", ["text"] = "x" }]));
        var problems = await peer.ProblemsAsync([new JsonObject { ["type"] = "message", ["text"] = 7 }, new JsonObject { ["type"] = "message" }, new JsonObject { ["text"] = "x" }]);
        Assert.Equal(2, problems.Count);
        Assert.StartsWith("text: ", problems[0], StringComparison.Ordinal);
    }
}
