using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The rules that the server applies, against what is published about Slack.</summary>
public sealed class FakeSlackRulesTests
{
    private static readonly string[] OurBlocks = ["section", "header", "divider", "context", "actions", "input", "image", "markdown", "rich_text", "table"];
    private static readonly string[] NotOurElements = ["workflow_button", "url", "feedback_buttons", "icon_button"];

    [Fact]
    public void The_table_of_methods_is_the_published_one()
    {
        var published = SlackSpecs.Read("methods.subset.json")["methods"]!.AsObject();
        foreach (var (name, method) in SlackMethods.All)
        {
            var said = published[name]!;
            Assert.Equal((bool)said["json"]!, method.Json);
            Assert.Equal(Names(said["args"]), method.Arguments.Order(StringComparer.Ordinal));
            Assert.Equal(Names(said["required"]), method.Required.Order(StringComparer.Ordinal));
            Assert.Equal(Names(said["scope"]!["bot"]), method.Scopes.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Published_examples_of_the_blocks_we_use_pass()
    {
        var used = SlackSpecs.All("blockkit-limits/fixtures/valid/blocks").Where(fixture => OurBlocks.Contains((string?)fixture.Content["type"])).ToList();
        Assert.Equal(OurBlocks.Order(StringComparer.Ordinal), used.Select(fixture => (string)fixture.Content["type"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(used, fixture => Assert.Empty(BlockKitRules.ProblemsOfMessage(Message(fixture.Content.DeepClone().AsObject()))));
    }

    [Fact]
    public void Published_examples_of_elements_and_views_pass()
    {
        Assert.All(SlackSpecs.All("blockkit-limits/fixtures/valid/elements").Where(fixture => fixture.Content["type"] is { } type && !NotOurElements.Contains((string?)type)),
            fixture => Assert.Empty(BlockKitRules.ProblemsOfElement(fixture.Content).Select(problem => $"{fixture.Name}: {problem}")));
        Assert.All(SlackSpecs.All("blockkit-limits/fixtures/valid/views"), fixture => Assert.DoesNotContain(BlockKitRules.ProblemsOfView(fixture.Content), problem => !problem.Contains("block_id", StringComparison.Ordinal)));
    }

    [Fact]
    public void Newer_blocks_are_refused() =>
        Assert.All(SlackSpecs.All("blockkit-limits/fixtures/valid/blocks").Where(fixture => !OurBlocks.Contains((string?)fixture.Content["type"])),
            fixture => Assert.NotEmpty(BlockKitRules.ProblemsOfMessage(Message(fixture.Content.DeepClone().AsObject()))));

    [Theory]
    [InlineData("section", 3000, """{"type":"section","text":{"type":"mrkdwn","text":"@"}}""")]
    [InlineData("field", 2000, """{"type":"section","fields":[{"type":"mrkdwn","text":"@"}]}""")]
    [InlineData("header", 150, """{"type":"header","text":{"type":"plain_text","text":"@"}}""")]
    [InlineData("context", 3000, """{"type":"context","elements":[{"type":"mrkdwn","text":"@"}]}""")]
    [InlineData("block_id", 255, """{"type":"divider","block_id":"@"}""")]
    [InlineData("button text", 75, """{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"@"}}]}""")]
    [InlineData("button value", 2000, """{"type":"actions","elements":[{"type":"button","action_id":"a","value":"@","text":{"type":"plain_text","text":"x"}}]}""")]
    [InlineData("action_id", 255, """{"type":"actions","elements":[{"type":"button","action_id":"@","text":{"type":"plain_text","text":"x"}}]}""")]
    [InlineData("confirm title", 100, """{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"confirm":{"title":{"type":"plain_text","text":"@"},"text":{"type":"mrkdwn","text":"x"},"confirm":{"type":"plain_text","text":"x"},"deny":{"type":"plain_text","text":"x"}}}]}""")]
    [InlineData("option text", 75, """{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"@"},"value":"x"}]}]}""")]
    [InlineData("option value", 75, """{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"x"},"value":"@"}]}]}""")]
    [InlineData("placeholder", 150, """{"type":"actions","elements":[{"type":"users_select","action_id":"a","placeholder":{"type":"plain_text","text":"@"}}]}""")]
    [InlineData("label", 2000, """{"type":"input","label":{"type":"plain_text","text":"@"},"element":{"type":"plain_text_input","action_id":"a"}}""")]
    [InlineData("alt_text", 2000, """{"type":"image","image_url":"https://example.test/a.png","alt_text":"@"}""")]
    [InlineData("markdown", 12000, """{"type":"markdown","text":"@"}""")]
    public void A_limit_is_kept_to_the_character(string what, int limit, string block)
    {
        // One that takes two of .NET's characters counts once.
        var most = string.Concat(Enumerable.Repeat("\U0001F600", limit));
        Assert.DoesNotContain(BlockKitRules.ProblemsOfMessage(Message(JsonNode.Parse(block.Replace("@", most, StringComparison.Ordinal))!)), problem => !problem.StartsWith(BlockKitRules.TooLong, StringComparison.Ordinal));
        Assert.True(BlockKitRules.ProblemsOfMessage(Message(JsonNode.Parse(block.Replace("@", most + "x", StringComparison.Ordinal))!)) is [var problem, ..] && problem.Contains("more than", StringComparison.Ordinal), what);
    }

    [Theory]
    [InlineData("""[{"type":"section"}]""", "neither")]
    [InlineData("""[{"type":"section","text":{"type":"plain_text","text":""}}]""", "empty")]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}]""", "unknown property")]
    [InlineData("""[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]""", "type mrkdwn")]
    [InlineData("""[{"type":"banner"}]""", "kind of block")]
    [InlineData("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""", "block_id a is used 2")]
    [InlineData("""[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"y"}}]}]""", "action_id a is used 2")]
    [InlineData("""[{"type":"actions","elements":[]}]""", "0 elements")]
    [InlineData("""[{"type":"context","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}}]}]""", "text of the type button")]
    [InlineData("""[{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"x"},"value":"1"}],"initial_option":{"text":{"type":"plain_text","text":"y"},"value":"1"}}]}]""", "not among")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","id":"U1"}]}]}]""", "user_id")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"bold","text":"x"}]}]}]""", "bold in rich text")]
    [InlineData("""[{"type":"table","rows":[[{"type":"raw_text","text":"a"}],[]]}]""", "different widths")]
    [InlineData("""[{"type":"actions","elements":[{"type":"button","action_id":"a","style":"default","text":{"type":"plain_text","text":"x"}}]}]""", "style default")]
    public void What_Slack_refuses_is_found(string blocks, string says) =>
        Assert.Contains(BlockKitRules.ProblemsOfMessage(new() { ["blocks"] = JsonNode.Parse(blocks) }), problem => problem.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void Numbers_of_blocks_and_characters_are_limited()
    {
        Assert.Empty(BlockKitRules.ProblemsOfMessage(Many(50)));
        Assert.Single(BlockKitRules.ProblemsOfMessage(Many(51)));
        var long5 = new JsonObject { ["blocks"] = new JsonArray([.. Enumerable.Range(0, 5).Select(_ => JsonNode.Parse("""{"type":"section","text":{"type":"mrkdwn","text":"@"}}""".Replace("@", new string('x', 2700), StringComparison.Ordinal)))]) };
        Assert.StartsWith(BlockKitRules.TooLong, Assert.Single(BlockKitRules.ProblemsOfMessage(long5)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<@U01> and <@W02|bob>", "user U01, user W02")]
    [InlineData("<!channel> <!here|here> <!everyone>", "broadcast channel, broadcast here, broadcast everyone")]
    [InlineData("<!subteam^S01|@oncall> <#C01|general>", "usergroup S01, channel C01")]
    [InlineData("<https://example.test/a|look> https://example.test/b www.example.test example.com a@example.test", "link https://example.test/a, link https://example.test/b, link www.example.test, link example.com, link a@example.test")]
    [InlineData("&lt;@U01&gt; &lt;!channel&gt; <!date^1^{date}|then> readme.md 3.14", "")]
    [InlineData("@here", "broadcast here")]
    public void Live_things_in_mrkdwn_are_seen(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", SlackText.LiveThings(text).Select(thing => $"{thing.Kind} {thing.Value}")));

    [Fact]
    public void Live_things_in_blocks_are_seen()
    {
        var message = JsonNode.Parse("""
            {"text":"<@U01>","blocks":[
              {"type":"section","text":{"type":"plain_text","text":"<@U02> https://example.test"}},
              {"type":"section","text":{"type":"mrkdwn","text":"https://example.test/x <@U03>","verbatim":true},"accessory":{"type":"button","url":"https://example.test/y","text":{"type":"plain_text","text":"x"}}},
              {"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[
                {"type":"text","text":"<@U04>"},{"type":"user","user_id":"U05"},{"type":"usergroup","usergroup_id":"S01"},{"type":"broadcast","range":"here"},{"type":"channel","channel_id":"C01"},{"type":"link","url":"https://example.test/z"}]}]}]},
              {"type":"table","rows":[[{"type":"raw_text","text":"<@U06>"}]]},
              {"type":"markdown","text":"[a](https://example.test/m) <@U07>"}]}
            """)!.AsObject();
        Assert.Equal("U01, U03, https://example.test/y, U05, S01, here, C01, https://example.test/z, https://example.test/m, U07", string.Join(", ", SlackText.LiveThings(message).Select(thing => thing.Value)));
    }

    private static IEnumerable<string> Names(JsonNode? list) => (list as JsonArray ?? []).Select(name => (string)name!).Where(name => name != "token").Order(StringComparer.Ordinal);

    private static JsonObject Message(JsonNode block) => new() { ["text"] = "x", ["blocks"] = new JsonArray(block) };

    private static JsonObject Many(int count) => new() { ["blocks"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => new JsonObject { ["type"] = "divider" })]) };
}
