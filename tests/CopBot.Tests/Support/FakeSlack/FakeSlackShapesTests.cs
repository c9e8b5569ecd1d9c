using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What the server sends has no field that Slack's published payloads do not have.</summary>
public sealed class FakeSlackShapesTests
{
    // Real fields that the published samples lack.
    private static readonly string[] NotInSamples = ["context_team_id", "context_enterprise_id", "authorizations", "state", "response_urls", "event_ts", "channel_type", "cache_ts", "locale", "metadata", "hidden", "enterprise"];

    [Fact]
    public async Task Events_have_the_published_fields()
    {
        await using var slack = await SlackServer.StartAsync();
        slack.RetryDelays = [];
        slack.SubscribedEvents.Add("message.channels");
        var workspace = slack.Workspace;
        var (anna, channel) = (workspace.AddUser("anna"), workspace.AddChannel("general"));
        var group = workspace.AddUserGroup("On call", "oncall", anna);
        var said = (await workspace.SayAsync(anna, channel, workspace.BotUser.Mention)).Post!;
        await workspace.EditAsync(said, "changed");
        await workspace.ReactAsync(anna, channel, said.Ts, "eyes");
        await workspace.ReactAsync(anna, channel, said.Ts, "eyes", added: false);
        await workspace.RemoveAsync(said);
        await workspace.OpenHomeAsync(anna);
        await workspace.RenameAsync(channel, "renamed");
        await workspace.JoinAsync(anna, channel);
        await workspace.RemoveBotAsync(channel);
        await workspace.ArchiveAsync(channel);
        await workspace.ChangeMembersAsync(group);
        await workspace.DeactivateAsync(anna);
        await workspace.UninstallAsync();
        foreach (var (_, payload) in slack.Sent)
        {
            var type = (string)payload["event"]!["type"]! + ((string?)payload["event"]!["subtype"] is { } subtype ? $"_{subtype["message_".Length..]}" : "");
            var sample = SlackSpecs.Read($"samples/events/{Pascal(type)}Payload.json").AsObject();
            Assert.Equal((type, ""), (type, string.Join(", ", Unknown(payload, sample, ""))));
        }
        Assert.True(slack.Sent.Count >= 15);
    }

    [Fact]
    public async Task Interactions_have_the_published_fields()
    {
        await using var slack = await SlackServer.StartAsync();
        var workspace = slack.Workspace;
        var (anna, channel) = (workspace.AddUser("anna"), workspace.AddChannel("general"));
        var post = (await workspace.SayAsync(anna, channel, "x")).Post!;
        post.Become(new("x", [JsonNode.Parse("""{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"a","value":"1","text":{"type":"plain_text","text":"A"}}]}""")], null), post.Ts);
        var modal = slack.Locked(() => workspace.Show(anna, JsonNode.Parse("""{"type":"modal","title":{"type":"plain_text","text":"A"},"submit":{"type":"plain_text","text":"B"},"notify_on_close":true,"blocks":[{"type":"divider"}]}""")!.AsObject(), null, ""));
        await workspace.SlashAsync(anna, channel, "/cop", "x");
        await workspace.ClickAsync(anna, post, "a");
        await workspace.MessageShortcutAsync(anna, "s", post);
        await workspace.SubmitAsync(anna, modal);
        await workspace.CloseAsync(anna, modal);
        Assert.Equal(["SlashCommand", "BlockAction", "MessageShortcut", "ViewSubmission", "ViewClosed"], slack.Sent.Zip(["SlashCommand", "BlockAction", "MessageShortcut", "ViewSubmission", "ViewClosed"], (sent, name) =>
            string.Join(", ", Unknown(sent.Payload, SlackSpecs.Read($"samples/app-backend/{name}Payload.json").AsObject(), "")) is { Length: > 0 } unknown ? $"{name}: {unknown}" : name));
    }

    /// <summary>Fields that the sample does not have, at any depth; blocks are looked at by their own rules.</summary>
    private static IEnumerable<string> Unknown(JsonObject sent, JsonObject sample, string at)
    {
        foreach (var (key, value) in sent)
        {
            if (NotInSamples.Contains(key) || key is "blocks" or "actions")
                continue;
            if (!sample.ContainsKey(key))
                yield return $"{at}{key}";
            else if (value is JsonObject inside && sample[key] is JsonObject known)
                foreach (var unknown in Unknown(inside, known, $"{at}{key}."))
                    yield return unknown;
        }
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
