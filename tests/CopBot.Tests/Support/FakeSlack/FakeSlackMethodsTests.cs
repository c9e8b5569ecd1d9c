using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The methods that Slack's own libraries do not call in our proof: each does what it says, and is called as a form.</summary>
public sealed class FakeSlackMethodsTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private SlackServer slack = null!;
    private SlackUser anna = null!;
    private SlackUser bert = null!;
    private SlackChannel channel = null!;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackServer.StartAsync();
        slack.RetryDelays = [];
        (anna, bert) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddUser("bert"));
        channel = slack.Workspace.AddChannel("general", botIn: false);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await slack.DisposeAsync();
    }

    [Fact]
    public async Task Conversations()
    {
        Assert.Equal(channel.Id, Text(await OkAsync("conversations.list", ("types", "public_channel,private_channel")), "channels", 0, "id"));
        Assert.Empty((await OkAsync("users.conversations"))["channels"]!.AsArray());
        await OkAsync("conversations.join", ("channel", channel.Id));
        Assert.Single((await OkAsync("users.conversations"))["channels"]!.AsArray());
        Assert.Equal(3, (await OkAsync("conversations.members", ("channel", channel.Id)))["members"]!.AsArray().Count);
        Assert.Equal("general", Text(await OkAsync("conversations.info", ("channel", channel.Id)), "channel", "name"));
        var direct = Text(await OkAsync("conversations.open", ("users", anna.Id)), "channel", "id");
        Assert.Equal((slack.Workspace.DirectOf(anna).Id, 'D'), (direct, direct[0]));
        var several = Text(await OkAsync("conversations.open", ("users", $"{anna.Id},{bert.Id}")), "channel", "id");
        Assert.Equal(several, Text(await OkAsync("conversations.open", ("users", $"{bert.Id},{anna.Id}")), "channel", "id"));
        var posted = await OkAsync("chat.postMessage", ("channel", anna.Id), ("text", "to a person"));
        Assert.Equal(direct, (string?)posted["channel"]);
        Assert.EndsWith(((string)posted["ts"]!).Replace(".", "", StringComparison.Ordinal), Text(await OkAsync("chat.getPermalink", ("channel", direct), ("message_ts", (string)posted["ts"]!)), "permalink"), StringComparison.Ordinal);
        await OkAsync("chat.delete", ("channel", direct), ("ts", (string)posted["ts"]!));
        Assert.True(slack.Workspace.Posts[0].Deleted);
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task User_groups()
    {
        var id = Text(await OkAsync("usergroups.create", ("name", "On call"), ("handle", "oncall")), "usergroup", "id");
        Assert.Equal("handle_already_exists", (string?)(await CallAsync("usergroups.create", ("name", "Other"), ("handle", "oncall")))["error"]);
        await OkAsync("usergroups.users.update", ("usergroup", id), ("users", $"{anna.Id},{bert.Id}"));
        Assert.Equal(2, (await OkAsync("usergroups.users.list", ("usergroup", id)))["users"]!.AsArray().Count);
        await OkAsync("usergroups.disable", ("usergroup", id));
        Assert.Empty((await OkAsync("usergroups.list"))["usergroups"]!.AsArray());
        await OkAsync("usergroups.enable", ("usergroup", id));
        await OkAsync("usergroups.update", ("usergroup", id), ("name", "Night watch"));
        Assert.Equal("Night watch", Text(await OkAsync("usergroups.list", ("include_users", "true")), "usergroups", 0, "name"));
        await slack.IdleAsync();
        Assert.Equal(["subteam_created", "subteam_members_changed", "subteam_updated"], slack.Sent.Select(sent => (string)sent.Payload["event"]!["type"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task People_reactions_and_the_team()
    {
        Assert.Equal(anna.Id, Text(await OkAsync("users.lookupByEmail", ("email", "ANNA@example.test")), "user", "id"));
        Assert.Equal("en-GB", Text(await OkAsync("users.info", ("user", anna.Id), ("include_locale", "true")), "user", "locale"));
        var post = (await slack.Workspace.SayAsync(anna, channel, "x")).Post!;
        (string, string)[] item = [("channel", channel.Id), ("timestamp", post.Ts)];
        await OkAsync("reactions.add", [.. item, ("name", "eyes")]);
        Assert.Equal("already_reacted", (string?)(await CallAsync("reactions.add", [.. item, ("name", "eyes")]))["error"]);
        Assert.Equal("eyes", Text(await OkAsync("reactions.get", item), "message", "reactions", 0, "name"));
        await OkAsync("reactions.remove", [.. item, ("name", "eyes")]);
        Assert.Empty(post.Reactions);
        Assert.Equal("T0001", Text(await OkAsync("team.info"), "team", "id"));
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Modals_lie_on_one_another_three_deep()
    {
        var view = """{"type":"modal","title":{"type":"plain_text","text":"A"},"blocks":[{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"more","text":{"type":"plain_text","text":"More"}}]}]}""";
        await OkAsync("views.open", ("trigger_id", (await slack.Workspace.ShortcutAsync(anna, "s")).Trigger), ("view", view));
        for (var depth = 2; depth <= 4; depth++)
        {
            var click = await slack.Workspace.ClickAsync(anna, slack.Workspace.ModalOf(anna)!, "more");
            Assert.Equal(depth <= 3 ? "" : "push_limit_reached", (string?)(await CallAsync("views.push", ("trigger_id", click.Trigger), ("view", view)))["error"] ?? "");
        }
        Assert.Equal(3, slack.Workspace.Modals.Count);
        await slack.Workspace.CloseAsync(anna, slack.Workspace.ModalOf(anna)!);
        Assert.Equal(slack.Workspace.Modals[0], slack.Workspace.ModalOf(anna)!.Root);
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task An_app_can_leave()
    {
        var token = slack.Workspace.BotToken;
        await OkAsync("auth.revoke", ("test", "1"));
        await OkAsync("apps.uninstall", ("client_id", slack.ClientId), ("client_secret", slack.ClientSecret));
        await slack.IdleAsync();
        Assert.Equal("app_uninstalled", (string?)slack.Sent[^1].Payload["event"]!["type"]);
        Assert.False(slack.Workspace.Installed);
        Assert.Equal("account_inactive", (string?)(await CallAsync("auth.test", ("token", token)))["error"]);
        Assert.Empty(slack.Problems);
    }

    private static string Text(JsonNode answer, params object[] path)
    {
        foreach (var step in path)
            answer = step is int index ? answer[index]! : answer[(string)step]!;
        return (string)answer!;
    }

    private async Task<JsonObject> OkAsync(string method, params (string Name, string Value)[] arguments)
    {
        var answer = await CallAsync(method, arguments);
        Assert.True((bool)answer["ok"]!, $"{method}: {answer.ToJsonString()}");
        return answer;
    }

    private async Task<JsonObject> CallAsync(string method, params (string Name, string Value)[] arguments)
    {
        var fields = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        fields.TryAdd("token", slack.Workspace.BotToken);
        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri(slack.ApiBase, method), form);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
