using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>How a message reads, and what in it should not be there.</summary>
public sealed class FakeDiscordReaderTests
{
    [Theory]
    [InlineData("**bold** *it* _it_ plain", "bold it it plain", "")]
    [InlineData(@"\*\*not\*\* \_it\_ \<\@1\> \# no", "**not** _it_ <@1> # no", "")]
    [InlineData("snake_case_name 2*3*4", "snake_case_name 234", "")]
    [InlineData("`**code** <@1>` end", "**code** <@1> end", "")]
    [InlineData("```cs\nvar x = 1;\n```", "var x = 1;", "")]
    [InlineData("# Big", "Big", "content: a live heading: Big")]
    [InlineData("a # not", "a # not", "")]
    [InlineData(@"\# Small", "# Small", "")]
    [InlineData("> said", "said", "content: a live quote: said")]
    [InlineData("-# little", "little", "content: a live subtext: little")]
    [InlineData("||hidden||", "hidden", "content: a live spoiler: hidden")]
    [InlineData("[click](https://evil.example/x)", "click", "content: a live link: https://evil.example/x")]
    [InlineData(@"\[click\](https\://evil.example)", "[click](https://evil.example)", "")]
    [InlineData("see https://evil.example/a.", "see https://evil.example/a.", "content: a live link: https://evil.example/a")]
    [InlineData("<https://evil.example>", "https://evil.example", "content: a live link: https://evil.example")]
    [InlineData("<@99>", "@unknown-user", "content: names nobody: 99")]
    [InlineData("<@&99> <#99>", "@deleted-role #unknown", "content: names no role: 99|content: names no channel: 99")]
    [InlineData("@everyone", "@everyone", "content: a live everyone: @everyone")]
    [InlineData("</cop:123>", "/cop", "content: a live command: /cop")]
    [InlineData("<t:1767600000:d>", "05/01/2026", "")]
    [InlineData("<t:1767607200:R>", "in 2 hours", "")]
    [InlineData("**open and `shut", "**open and `shut", "")]
    public async Task Texts_are_read_as_the_client_shows_them(string text, string shown, string problems)
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        var reading = new DiscordReader(discord).Read(discord.Guild.AddChannel("general"), text, [], []);
        Assert.Equal((shown, problems), (reading.Text, string.Join('|', reading.Problems)));
    }

    [Fact]
    public async Task Embeds_buttons_and_known_people_are_read_too()
    {
        await using var discord = await DiscordServer.StartAsync();
        var anna = discord.Guild.AddPerson("anna", "Anna", "Captain");
        var channel = discord.Guild.AddChannel("general");
        var embeds = JsonNode.Parse($$$"""[{"title":"**T**","url":"https://ours.example/","description":"By {{{anna.Mention}}} <https://ours.example/>","fields":[{"name":"F","value":"https://other.example"}],"footer":{"text":"*as is*"}}]""")!.AsArray();
        var components = JsonNode.Parse("""[{"type":1,"components":[{"type":2,"style":1,"label":"Go","custom_id":"g"},{"type":2,"style":5,"label":"Open","url":"https://ours.example/page"}]}]""")!.AsArray();
        var reading = new DiscordReader(discord).Read(channel, "", embeds, components);
        Assert.Equal("T\nBy @Captain https://ours.example/\nF\nhttps://other.example\n*as is*\n  [Go]\n  [Open]", reading.Text);
        Assert.Equal(["embeds[0].fields[0].value: a live link: https://other.example"], reading.Problems);
    }

    [Fact]
    public void A_schema_finds_what_is_wrong_and_knows_all_its_words()
    {
        var specs = NeededSpecs.Discord();
        Assert.Empty(specs.Problems("MessageCreateRequest", JsonNode.Parse("""{"content":"x","nonce":7,"embeds":null,"allowed_mentions":{"parse":["users"]}}""")));
        foreach (var (body, path) in new[]
        {
            ("""{"content":1}""", "content"), ("""{"nonce":"xxxxxxxxxxxxxxxxxxxxxxxxxx"}""", "nonce"), ("""{"allowed_mentions":{"parse":["all"]}}""", "allowed_mentions.parse[0]"), ("""{"embeds":[{"color":16777216}]}""", "embeds[0].color"),
            ("""{"sticker_ids":["x"]}""", "sticker_ids[0]"), ("""{"components":[{"type":1,"components":[{"type":2,"style":9}]}]}""", "components[0].components[0].style"), ("""{"message_reference":{}}""", "message_reference.message_id"),
            ("""{"allowed_mentions":{"users":["1","1"]}}""", "allowed_mentions.users"), ("""{"embeds":[{"timestamp":"yesterday"}]}""", "embeds[0].timestamp"),
        })
            Assert.Contains(specs.Problems("MessageCreateRequest", JsonNode.Parse(body)), problem => problem.Path == path);
        using var strange = System.Text.Json.JsonDocument.Parse("""{"propertyNames":{}}""");
        Assert.Throws<NotSupportedException>(() => new JsonSchema(strange.RootElement).Problems(strange.RootElement, strange.RootElement));
    }
}
