using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>How texts and cards read, and what in them should not be there.</summary>
public sealed class FakeTeamsReaderTests
{
    [Theory]
    [InlineData("**bold** *it* _it_ plain", "bold it it plain", "")]
    [InlineData(@"\*\*not\*\* \_it\_ \# no \[a\](b)", "**not** _it_ # no [a](b)", "")]
    [InlineData("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4", "")]
    [InlineData("2*3*4", "234", "")]
    [InlineData("a ~~gone~~ b", "a gone b", "a live strike: gone")]
    [InlineData("# Big", "Big", "a live heading: Big")]
    [InlineData("a # not", "a # not", "")]
    [InlineData("#not", "#not", "")]
    [InlineData("> said", "said", "a live quote: said")]
    [InlineData("- one", "• one", "a live list: one")]
    [InlineData(@"\- one", "- one", "")]
    [InlineData("1. one", "1. one", "a live list: one")]
    [InlineData(@"1\. one", "1. one", "")]
    [InlineData("2026 was", "2026 was", "")]
    [InlineData("`code` x", "code x", "a live code: code")]
    [InlineData("[click](https://evil.example/x)", "click", "a live link: https://evil.example/x")]
    [InlineData("[a [b] c](https://evil.example/x \"t\")", "a [b] c", "a live link: https://evil.example/x")]
    [InlineData("![alt](https://evil.example/x.png)", "alt", "a live image: https://evil.example/x.png")]
    [InlineData("<https://evil.example>", "https://evil.example", "a live link: https://evil.example")]
    [InlineData("see https://evil.example/a.", "see https://evil.example/a.", "an address that becomes a link: https://evil.example/a")]
    [InlineData("see www.evil.example now", "see www.evil.example now", "an address that becomes a link: www.evil.example")]
    [InlineData("[x]: https://evil.example", "", "a live definition: https://evil.example")]
    [InlineData("&lt;b&gt; &amp; &unknown;", "<b> & &unknown;", "")]
    [InlineData("<at>Nobody</at>", "@Nobody", "mentions nobody: Nobody")]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}", "{{DATE(2026-01-01T00:00:00Z)}}", "a live time: {{DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("**open and `shut", "**open and `shut", "")]
    [InlineData("Title\n---", "Title\n", "a live heading: Title")]
    public void Text_blocks_are_read_as_the_client_shows_them(string text, string shown, string problems)
    {
        var card = new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }) };
        var reading = new TeamsReader().ReadCard(card);
        Assert.Equal((shown, problems), (reading.Text, string.Join('|', reading.Problems).Replace("body[0].text: ", "", StringComparison.Ordinal)));
        // A run of plain text is never anything else.
        card["body"]![0] = new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text }) };
        Assert.Equal((text, 0), (new TeamsReader().ReadCard(card) is var plain ? plain.Text : "", plain.Live.Count));
    }

    [Theory]
    [InlineData("plain", "**a** <at>Anna</at> &amp;", "**a** @Anna &amp;", "")]
    [InlineData("plain", "https://evil.example", "https://evil.example", "text: an address that becomes a link: https://evil.example")]
    [InlineData("xml", "<b>a</b> <at>Anna</at> &amp;<br/>c", "a @Anna &\nc", "")]
    [InlineData("xml", "<a href=\"https://evil.example\">a</a>", "a", "text: a live link: https://evil.example")]
    [InlineData("xml", "<script>x</script>", "x", "text: a live tag: <script>")]
    [InlineData("xml", "&lt;at&gt;Bert&lt;/at&gt;", "<at>Bert</at>", "")]
    [InlineData("xml", "<at>Bert</at>", "@Bert", "text: mentions nobody: Bert")]
    [InlineData("markdown", "**a** <at>Anna</at>", "a @Anna", "")]
    [InlineData("markdown", "<at>Bert</at>", "@Bert", "text: mentions nobody: Bert")]
    public void Texts_are_read_by_their_format(string format, string text, string shown, string problems)
    {
        var reading = new TeamsReader().Read(new JsonObject { ["type"] = "message", ["text"] = text, ["textFormat"] = format, ["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>Anna</at>", ["mentioned"] = new JsonObject { ["id"] = "29:1" } }) });
        Assert.Equal((shown, problems), (reading.Text, string.Join('|', reading.Problems)));
    }

    [Fact]
    public void Everything_in_a_card_is_read()
    {
        var card = JsonNode.Parse("""
            {"type":"AdaptiveCard","version":"1.5","body":[
              {"type":"ColumnSet","columns":[{"type":"Column","items":[{"type":"TextBlock","text":"Left"}]},{"type":"Column","items":[{"type":"TextBlock","text":"Right"}]}]},
              {"type":"FactSet","facts":[{"title":"Points","value":"*3*"},{"title":"[x](https://evil.example)","value":"4"}]},
              {"type":"Table","rows":[{"type":"TableRow","cells":[{"type":"TableCell","items":[{"type":"TextBlock","text":"1"}]},{"type":"TableCell","items":[{"type":"TextBlock","text":"2"}]}]}]},
              {"type":"Container","isVisible":false,"items":[{"type":"TextBlock","text":"hidden https://evil.example"}]},
              {"type":"RichTextBlock","inlines":["Open ",{"type":"TextRun","text":"the *page*","selectAction":{"type":"Action.OpenUrl","url":"https://ours.example/"}}]},
              {"type":"Input.Text","id":"a","label":"Why"},
              {"type":"ActionSet","actions":[{"type":"Action.OpenUrl","title":"Go","url":"https://ours.example/go"}]}],
             "actions":[{"type":"Action.ShowCard","title":"More","card":{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"inner"}]}}]}
            """)!.AsObject();
        var reading = new TeamsReader().ReadCard(card);
        Assert.Equal("Left\nRight\nPoints 3\nx 4\n1 | 2\nOpen the *page*\n  (Why)\n  [Go]\n  [More]\ninner", reading.Text);
        Assert.Equal(["https://ours.example/", "https://ours.example/go"], reading.Links);
        Assert.Equal(["body[1].facts[1].title: a live link: https://evil.example", "body[3].items[0].text: an address that becomes a link: https://evil.example"], reading.Problems);
    }

    [Fact]
    public void A_chart_stands_for_what_it_falls_back_to()
    {
        Required.Unless(TeamsSpecs.AreHere, "no descriptions of Teams: set COPBOT_SPECS to the folder with teams/ and graph/");
        var card = JsonNode.Parse("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Chart.HorizontalBar","title":"Points","fallback":{"type":"FactSet","facts":[{"title":"Anna","value":"3"}]}},{"type":"Chart.Line","fallback":"drop"}]}""")!.AsObject();
        Assert.Empty(CardRules.Problems(card));
        Assert.Equal("(Points)\nAnna 3\n()", new TeamsReader().ReadCard(card).Text);
        card["body"]![0]!.AsObject().Remove("fallback");
        Assert.NotEmpty(CardRules.Problems(card));
    }
}
