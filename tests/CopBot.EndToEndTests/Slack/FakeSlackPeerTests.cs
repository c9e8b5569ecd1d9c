using System.Net;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.EndToEndTests.Slack;

/// <summary>Slack's own libraries take the tests' server for Slack: they answer, open modals, reconnect, install.</summary>
public sealed class FakeSlackPeerTests(SlackPeer peer) : IClassFixture<SlackPeer>
{
    [Theory]
    [InlineData("socket")]
    [InlineData("http")]
    public async Task Bolt_answers_commands_mentions_and_direct_messages(string mode)
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        channel.Members.Add(anna.Id);
        await using var app = await peer.StartAsync(slack, mode);

        var command = await slack.Workspace.SlashAsync(anna, channel, "/cop", "hello");
        Assert.True(command.Acknowledged);
        Assert.Equal("at once", (string?)command.Ack!["text"]);
        await slack.UntilAsync(() => slack.Workspace.Posts.Count == 3, "three answers to the command");

        // Which of them is first nobody promises: the first goes with the acknowledgement, the others by themselves.
        Assert.Equal([("at once", anna.Id), ("later, for all", null), ("only you", anna.Id)], slack.Workspace.Posts.Select(post => (post.Text, post.OnlyUser)).OrderBy(post => post.Text, StringComparer.Ordinal));

        var said = await slack.Workspace.SayAsync(anna, channel, $"{slack.Workspace.BotUser.Mention} are you there?");
        Assert.True(said.Acknowledged);
        await slack.UntilAsync(() => slack.Workspace.Posts.Count == 4, "an answer to the mention");
        var post = slack.Workspace.Posts[^1];
        Assert.Equal((said.Post!.Ts, "asked"), (post.ThreadTs, (string?)post.Metadata!["event_type"]));
        Assert.Equal([("eyes", slack.Workspace.BotUser.Id)], said.Post.Reactions);

        Assert.True((await slack.Workspace.ClickAsync(anna, post, "go")).Acknowledged);
        await slack.UntilAsync(() => post.Edits.Count == 1, "the message changed");
        Assert.Equal($"Gone, said {anna.Id}", post.Text);

        Assert.True((await slack.Workspace.DirectAsync(anna, "psst")).Acknowledged);
        await slack.UntilAsync(() => slack.Workspace.Posts[^1].Text == "You said: psst", "a direct answer");
        await slack.IdleAsync();
        Assert.Empty(slack.Problems);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("http")]
    public async Task Bolt_opens_modals_and_home_and_takes_shortcuts(string mode)
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        await using var app = await peer.StartAsync(slack, mode);

        await slack.Workspace.SlashAsync(anna, channel, "/cop", "form");
        await slack.UntilAsync(() => slack.Workspace.ModalOf(anna) is not null, "a modal");
        var modal = slack.Workspace.ModalOf(anna)!;
        Assert.Equal("answer", (await slack.Workspace.SubmitAsync(anna, modal)).ClientErrors.Single().Key);
        var wrong = await slack.Workspace.SubmitAsync(anna, modal, Typed("41"));
        Assert.Equal("errors", (string?)wrong.Ack!["response_action"]);
        Assert.Equal("Think again", modal.Errors["answer"]);
        var suggested = await slack.Workspace.SuggestAsync(anna, modal, "who", "an");
        Assert.Equal("found", (string?)suggested.Ack!["options"]![0]!["value"]);
        var values = Typed("42");
        values["who"] = new() { ["selected_option"] = new JsonObject { ["value"] = "found" } };
        Assert.True((await slack.Workspace.SubmitAsync(anna, modal, values)).Acknowledged);
        Assert.Empty(slack.Workspace.Modals);
        await slack.UntilAsync(() => slack.Workspace.Posts.Count == 1, "a direct message");
        Assert.Equal("Right, and found (kept)", slack.Workspace.Posts[0].Text);

        Assert.True((await slack.Workspace.ShortcutAsync(anna, "anywhere")).Acknowledged);
        await slack.UntilAsync(() => slack.Workspace.ModalOf(anna) is not null, "a modal of the shortcut");
        await slack.Workspace.MessageShortcutAsync(anna, "keep", slack.Workspace.Posts[0]);
        await slack.UntilAsync(() => slack.Workspace.Posts.Count == 2, "an answer to the shortcut");
        Assert.Equal((anna.Id, true), (slack.Workspace.Posts[1].OnlyUser, slack.Workspace.Posts[1].ByResponseUrl));

        await slack.Workspace.OpenHomeAsync(anna);
        await slack.UntilAsync(() => slack.Workspace.Homes.ContainsKey(anna.Id), "a home tab");
        Assert.Equal("header", (string?)slack.Workspace.Homes[anna.Id]["blocks"]![0]!["type"]);
        await slack.IdleAsync();
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Bolt_pages_waits_when_told_to_and_sets_a_user_group()
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        foreach (var name in (string[])["bert", "cleo", "dora"])
            slack.Workspace.AddUser(name);
        var group = slack.Workspace.AddUserGroup("On call", "oncall", anna);
        await using var app = await peer.StartAsync(slack, "socket");
        slack.Faults.Next("usergroups.users.update", SlackFault.RateLimited(1));

        await slack.Workspace.SlashAsync(anna, channel, "/cop", $"people {group.Id}");
        await slack.UntilAsync(() => slack.Workspace.Posts.Count == 1, "the count of people");
        Assert.Equal("5 people", slack.Workspace.Posts[0].Text);
        Assert.Equal(3, slack.Calls.Count(call => call.Method == "users.list"));
        Assert.Equal(4, group.Members.Count);
        var calls = slack.Calls.Where(call => call.Method == "usergroups.users.update").ToList();
        Assert.True(calls is [var first, var second] && second.At - first.At >= TimeSpan.FromSeconds(0.9));
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Bolt_survives_being_asked_to_reconnect_and_being_cut_off()
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        await using var app = await peer.StartAsync(slack, "socket");

        Action[] troubles = [() => _ = slack.Disconnect("refresh_requested"), () => slack.Cut(slack.Sockets[0])];
        foreach (var (index, trouble) in troubles.Index())
        {
            var number = slack.Sockets[^1].Number;
            trouble();
            await slack.UntilAsync(() => slack.Sockets.Any(socket => socket.Number > number), "another socket");
            await slack.Workspace.SayAsync(anna, channel, $"{slack.Workspace.BotUser.Mention} still there?");
            await slack.UntilAsync(() => slack.Workspace.Posts.Count == index + 1, "an answer over the new socket");
        }
        Assert.Equal(3, slack.Calls.Count(call => call.Method == "apps.connections.open"));
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Bolt_takes_our_signature_and_no_other()
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        slack.RetryDelays = [];
        await using var app = await peer.StartAsync(slack, "http");
        Assert.True((await slack.VerifyUrlAsync()).Acknowledged);

        var mention = slack.Workspace.Wrap(new() { ["type"] = "app_mention", ["user"] = anna.Id, ["text"] = "hello", ["channel"] = channel.Id, ["ts"] = "1767600000.000001" });
        foreach (var forged in (SlackDisturbance[])[new() { SignedWith = "another secret" }, new() { SignedWith = "" }, new() { SignedAt = slack.Clock.GetUtcNow().AddMinutes(-10) }])
        {
            var refused = await slack.DeliverAsync(mention, SlackKind.Event, forged);
            Assert.Equal((SlackDeliveryStatus.Failed, 401), (refused.Status, refused.HttpStatus));
        }
        Assert.DoesNotContain(slack.Calls, call => call.Method == "reactions.add");
    }

    [Fact]
    public async Task Bolt_installs_itself_and_refreshes_its_token()
    {
        await using var slack = await SlackServer.StartAsync();
        var second = slack.AddWorkspace("T0002", installed: false);
        var (anna, channel) = (second.AddUser("anna"), second.AddChannel("general"));
        // Under two hours of life Bolt refreshes before it uses a token.
        (slack.OAuth.Chosen, slack.OAuth.TokenRotation, slack.OAuth.TokenLife) = (second, true, TimeSpan.FromHours(1));
        await using var app = await peer.StartAsync(slack, "oauth");

        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        using var start = await browser.GetAsync(new Uri(slack.EventsUrl!, "/slack/install"));
        using var consent = await browser.GetAsync(start.Headers.Location);
        using var back = new HttpRequestMessage(HttpMethod.Get, consent.Headers.Location);
        back.Headers.Add("Cookie", start.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        using var done = await browser.SendAsync(back);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.True(second.Installed);
        var first = second.BotToken;

        await second.SlashAsync(anna, channel, "/cop", "hello");
        await slack.UntilAsync(() => second.Posts.Count == 3, "answers in the second workspace");
        Assert.NotEqual(first, second.BotToken);
        Assert.Contains(slack.Calls, call => call.Method == "oauth.v2.access" && (string?)call.Args["grant_type"] == "refresh_token" && call.Ok);
        Assert.Empty(slack.Workspace.Posts);
        Assert.Empty(slack.Problems);
    }

    private static Dictionary<string, JsonObject> Typed(string answer) => new() { ["answer"] = new() { ["value"] = answer } };
}
