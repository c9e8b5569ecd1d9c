using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What Slack's own libraries do not bring about: refusals, failures on the way, things that happen twice or too late.</summary>
public sealed class FakeSlackServerTests
{
    [Fact]
    public async Task Breaches_are_refused_and_noted()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = slack.Workspace.AddChannel("general");
        using var http = new HttpClient();
        foreach (var (method, body, error, problem) in new (string, JsonObject, string, string)[]
        {
            ("chat.postMessages", [], "unknown_method", "no such method"),
            ("chat.postMessage", new() { ["text"] = "x" }, "invalid_arguments", "missing channel"),
            ("chat.postMessage", new() { ["channel"] = channel.Id, ["text"] = "x", ["client_msg_id"] = "1" }, "", "unknown argument client_msg_id"),
            ("chat.postMessage", new() { ["channel"] = channel.Id }, "no_text", "without text"),
            ("chat.postMessage", new() { ["channel"] = channel.Id, ["text"] = "x", ["blocks"] = new JsonArray(new JsonObject { ["type"] = "section" }) }, "invalid_blocks", "neither text nor fields"),
            ("chat.postMessage", new() { ["channel"] = channel.Id, ["text"] = "x", ["metadata"] = new JsonObject { ["event_type"] = "a" } }, "invalid_metadata_format", "event_payload"),
            ("users.info", new() { ["user"] = slack.Workspace.BotUser.Id }, "invalid_arguments", "JSON sent"),
            ("apps.connections.open", [], "not_allowed_token_type", "kind bot"),
        })
        {
            var before = slack.Problems.Count;
            var answer = await CallAsync(http, slack, method, body);
            Assert.Equal(error, (string?)answer["error"] ?? "");
            Assert.Contains(slack.Problems.Skip(before), said => said.Contains(problem, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_Slack_refuses_by_state_is_refused_without_being_a_breach()
    {
        await using var slack = await SlackServer.StartAsync();
        slack.RetryDelays = [];
        var (anna, inside, outside, hidden) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("in"), slack.Workspace.AddChannel("out", botIn: false), slack.Workspace.AddChannel("hidden", botIn: false, isPrivate: true));
        var group = slack.Workspace.AddUserGroup("On call", "oncall", anna);
        using var http = new HttpClient();
        var stranger = slack.Workspace.AddUser("zoe");
        inside.Members.Remove(stranger.Id);
        foreach (var (method, body, error) in new (string, JsonObject, string)[]
        {
            ("chat.postMessage", Said("C404"), "channel_not_found"),
            ("chat.postMessage", Said(outside.Id), "not_in_channel"),
            ("chat.postMessage", Said(hidden.Id), "channel_not_found"),
            ("chat.postEphemeral", Said(inside.Id, ("user", stranger.Id)), "user_not_in_channel"),
            ("chat.update", Said(inside.Id, ("ts", "1767600000.000001")), "message_not_found"),
            ("usergroups.users.update", new() { ["usergroup"] = group.Id, ["users"] = "" }, "no_users_provided"),
            ("usergroups.users.update", new() { ["usergroup"] = group.Id, ["users"] = "U404" }, "invalid_users"),
            ("views.open", new() { ["trigger_id"] = "1.2.3", ["view"] = Modal() }, "invalid_trigger_id"),
        })
            Assert.Equal((method, error), (method, (string?)(await CallAsync(http, slack, method, body))["error"]));
        await slack.Workspace.ArchiveAsync(inside);
        Assert.Equal("is_archived", (string?)(await CallAsync(http, slack, "chat.postMessage", Said(inside.Id)))["error"]);
        slack.Workspace.PaidPlan = false;
        Assert.Equal("plan_upgrade_required", (string?)(await CallAsync(http, slack, "usergroups.disable", new() { ["usergroup"] = group.Id }))["error"]);
        Assert.Empty(slack.Problems);

        slack.Workspace.Scopes.Remove("chat:write");
        Assert.Equal(("missing_scope", "chat:write"), (await CallAsync(http, slack, "chat.postMessage", Said(inside.Id))) is var refused ? ((string?)refused["error"], (string?)refused["needed"]) : default);
        Assert.Equal("invalid_auth", (string?)(await CallAsync(http, slack, "auth.test", [], "xoxb-wrong"))["error"]);
        var token = slack.Workspace.BotToken;
        await slack.Workspace.UninstallAsync();
        Assert.Equal("account_inactive", (string?)(await CallAsync(http, slack, "auth.test", [], token))["error"]);
    }

    [Fact]
    public async Task Faults_happen_as_scripted()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = slack.Workspace.AddChannel("general");
        using var http = new HttpClient();
        slack.Faults.Next("chat.postMessage", SlackFault.RateLimited(7), SlackFault.Status(503), SlackFault.NotOk("fatal_error"), SlackFault.Html, SlackFault.Empty);
        using (var limited = await SendAsync(http, slack, "chat.postMessage", Said(channel.Id)))
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (limited.StatusCode, limited.Headers.RetryAfter!.Delta));
        using (var down = await SendAsync(http, slack, "chat.postMessage", Said(channel.Id)))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal("fatal_error", (string?)(await CallAsync(http, slack, "chat.postMessage", Said(channel.Id)))["error"]);
        using (var page = await SendAsync(http, slack, "chat.postMessage", Said(channel.Id)))
            Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        using (var nothing = await SendAsync(http, slack, "chat.postMessage", Said(channel.Id)))
            Assert.Equal("", await nothing.Content.ReadAsStringAsync());
        Assert.Empty(slack.Workspace.Posts);

        slack.Faults.Next("chat.postMessage", SlackFault.CutBefore);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(http, slack, "chat.postMessage", Said(channel.Id)));
        Assert.Empty(slack.Workspace.Posts);
        slack.Faults.Next("chat.postMessage", SlackFault.CutAfter);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(http, slack, "chat.postMessage", Said(channel.Id)));
        Assert.Single(slack.Workspace.Posts);
        var rest = 2;
        slack.Faults.Always("*", SlackFault.Status(500), until: () => rest-- == 0);
        for (var call = 0; call < 2; call++)
            Assert.Equal(HttpStatusCode.InternalServerError, (await SendAsync(http, slack, "auth.test", [])).StatusCode);
        Assert.True((bool)(await CallAsync(http, slack, "auth.test", []))["ok"]!);
        Assert.Equal(9, slack.Faults.Hits.Count);
    }

    [Fact]
    public async Task Triggers_and_response_urls_run_out()
    {
        var clock = new HandClock();
        await using var slack = await SlackServer.StartAsync(clock);
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        using var http = new HttpClient();
        var command = await slack.Workspace.SlashAsync(anna, channel, "/cop", "x");
        Assert.Equal(SlackDeliveryStatus.NoReceiver, command.Status);
        Assert.True((bool)(await CallAsync(http, slack, "views.open", new() { ["trigger_id"] = command.Trigger, ["view"] = Modal() }))["ok"]!);
        Assert.Equal("exchanged_trigger_id", (string?)(await CallAsync(http, slack, "views.open", new() { ["trigger_id"] = command.Trigger, ["view"] = Modal() }))["error"]);
        var modal = slack.Workspace.ModalOf(anna)!;
        Assert.Equal("hash_conflict", (string?)(await CallAsync(http, slack, "views.update", new() { ["view_id"] = modal.Id, ["hash"] = "old", ["view"] = Modal() }))["error"]);
        Assert.True((bool)(await CallAsync(http, slack, "views.update", new() { ["view_id"] = modal.Id, ["hash"] = modal.Hash, ["view"] = Modal() }))["ok"]!);
        var late = await slack.Workspace.ShortcutAsync(anna, "a");
        clock.Now += TimeSpan.FromSeconds(4);
        Assert.Equal("expired_trigger_id", (string?)(await CallAsync(http, slack, "views.open", new() { ["trigger_id"] = late.Trigger, ["view"] = Modal() }))["error"]);

        for (var use = 1; use <= 6; use++)
        {
            using var said = await http.PostAsJsonAsync(new Uri(command.ResponseUrl), new JsonObject { ["text"] = $"{use}", ["replace_original"] = use > 2 });
            Assert.Equal(use <= 5, said.IsSuccessStatusCode);
        }
        Assert.Equal(["5", "2"], slack.Workspace.Posts.Select(post => post.Text));
        Assert.Single(slack.Problems);
    }

    [Fact]
    public async Task Messages_are_counted_out_where_rates_are_enforced()
    {
        var clock = new HandClock();
        await using var slack = await SlackServer.StartAsync(clock);
        slack.EnforceRates = true;
        var channel = slack.Workspace.AddChannel("general");
        using var http = new HttpClient();
        var answers = new List<HttpStatusCode>();
        for (var message = 0; message < 5; message++)
            answers.Add((await SendAsync(http, slack, "chat.postMessage", Said(channel.Id))).StatusCode);
        clock.Now += TimeSpan.FromSeconds(1);
        answers.Add((await SendAsync(http, slack, "chat.postMessage", Said(channel.Id))).StatusCode);
        Assert.Equal([200, 200, 200, 429, 429, 200], answers.Select(answer => (int)answer));
    }

    [Fact]
    public async Task Events_come_again_until_they_are_acknowledged()
    {
        await using var slack = await SlackServer.StartAsync();
        (slack.AckTimeout, slack.RetryDelays) = (TimeSpan.FromMilliseconds(150), [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero]);
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        using var http = new HttpClient();
        using var socket = new ClientWebSocket();
        var url = (string)(await CallAsync(http, slack, "apps.connections.open", [], slack.AppToken))["url"]!;
        await socket.ConnectAsync(new(url), default);
        Assert.Equal("hello", (string?)(await ReadAsync(socket))["type"]);

        var silent = slack.Workspace.SayAsync(anna, channel, slack.Workspace.BotUser.Mention);
        var attempts = new List<(int, string?)>();
        for (var attempt = 0; attempt < 4; attempt++)
            attempts.Add(Attempt(await ReadAsync(socket)));
        Assert.Equal([(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")], attempts);
        Assert.Equal((SlackDeliveryStatus.TimedOut, 4), (await silent) is var given ? (given.Status, given.Attempts) : default);

        var payload = slack.Workspace.Wrap(new() { ["type"] = "app_home_opened" });
        var lost = slack.DeliverAsync(payload, SlackKind.Event, new() { Lost = 1, Copies = 2, AcksLost = 1 });
        for (var copy = 0; copy < 3; copy++)
        {
            var envelope = await ReadAsync(socket);
            Assert.Equal((copy < 2 ? 1 : 2, "timeout"), Attempt(envelope));
            Assert.Equal((string?)payload["event_id"], (string?)envelope["payload"]!["event_id"]);
            await socket.SendAsync(Encoding.UTF8.GetBytes(new JsonObject { ["envelope_id"] = (string?)envelope["envelope_id"] }.ToJsonString()), WebSocketMessageType.Text, true, default);
        }
        Assert.True((await lost).Acknowledged);
        using var again = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => again.ConnectAsync(new(url), default));
        Assert.Equal("a socket opened twice with one ticket", Assert.Single(slack.Problems));
    }

    [Fact]
    public async Task What_was_said_can_be_read_back_with_its_metadata()
    {
        await using var slack = await SlackServer.StartAsync();
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        using var http = new HttpClient();
        var question = (await slack.Workspace.SayAsync(anna, channel, "question")).Post!;
        var body = Said(channel.Id, ("thread_ts", question.Ts));
        body["metadata"] = new JsonObject { ["event_type"] = "kept", ["event_payload"] = new JsonObject { ["key"] = 1 } };
        var answer = await CallAsync(http, slack, "chat.postMessage", body);
        var history = await CallAsync(http, slack, "conversations.history", new() { ["channel"] = channel.Id, ["limit"] = 10 });
        Assert.Equal(question.Ts, (string?)Assert.Single(history["messages"]!.AsArray())!["ts"]);
        using var replies = new HttpRequestMessage(HttpMethod.Get, new Uri(slack.ApiBase, $"conversations.replies?channel={channel.Id}&ts={question.Ts}&include_all_metadata=true&oldest={answer["ts"]}&inclusive=true"));
        replies.Headers.Authorization = new("Bearer", slack.Workspace.BotToken);
        var thread = JsonNode.Parse(await (await http.SendAsync(replies)).Content.ReadAsStringAsync())!["messages"]!.AsArray();
        Assert.Equal([null, "kept"], thread.Select(message => (string?)message!["metadata"]?["event_type"]));
        Assert.Empty(slack.Problems);
    }

    private static (int, string?) Attempt(JsonObject envelope) => ((int)envelope["retry_attempt"]!, (string?)envelope["retry_reason"]);

    private static JsonObject Said(string channel, params (string Name, string Value)[] more)
    {
        var body = new JsonObject { ["channel"] = channel, ["text"] = "hello" };
        foreach (var (name, value) in more)
            body[name] = value;
        return body;
    }

    private static JsonObject Modal() => JsonNode.Parse("""{"type":"modal","title":{"type":"plain_text","text":"A"},"blocks":[{"type":"divider"}]}""")!.AsObject();

    private static async Task<JsonObject> CallAsync(HttpClient http, SlackServer slack, string method, JsonObject body, string? token = null)
    {
        using var response = await SendAsync(http, slack, method, body, token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, SlackServer slack, string method, JsonObject body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(slack.ApiBase, method)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? slack.Workspace.BotToken);
        return await http.SendAsync(request);
    }

    private static async Task<JsonObject> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var frame = await socket.ReceiveAsync(buffer, default);
        return JsonNode.Parse(buffer.AsSpan(0, frame.Count))!.AsObject();
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddSeconds(1_767_600_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
