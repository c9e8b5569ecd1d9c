using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Slack.Blocks;

public sealed class SlackBlocksTests
{
    public static TheoryData<string> Kinds => [.. SampleMessages.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_is_this_json(string kind) => Same($"{kind}.json", kind, "plain & simple");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_with_hostile_text_is_this_json(string kind) => Same($"{kind}.hostile.json", kind, SampleMessages.Hostile);

    [Fact]
    public void A_mention_is_live_where_it_pings_somebody_who_may_be_mentioned()
    {
        var message = SlackMessage.Of(new Message($"{SampleMessages.Ana}, {SampleMessages.Ana:name} and {SampleMessages.Eve}."), Sent.Reader with { Names = person => person == SampleMessages.Ana ? "ana" : "eve" });
        Assert.Equal("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U0ANA"},{"type":"text","text":", ana and @eve."}]}]}]""", message.Blocks.ToJsonString());
        Assert.Equal("@ana, ana and @eve.", message.Text);
    }

    [Theory]
    [InlineData("someone", "U0ANA")]
    [InlineData("ana", "everyone")]
    [InlineData("ana", "U1|x")]
    [InlineData("ana", "")]
    [InlineData("ana", "S0GROUP")]
    public void Whom_the_reader_may_not_see_and_what_is_no_account_is_never_addressed(string name, string account) =>
        Assert.Empty(WireRules.OfMessage(SlackMessage.Of(new Message($"{SampleMessages.Ana}"), new(_ => name, _ => account))).Users);

    [Theory]
    [InlineData("https://example.org/a?b=c", true)]
    [InlineData("http://example.org", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://example.org/a b", false)]
    [InlineData("https://example.org|label", false)]
    [InlineData("slack://channel?id=C1", false)]
    [InlineData("/relative", false)]
    [InlineData("https://\u202eexample.org", false)]
    public void Only_addresses_of_the_web_are_links_and_they_show_themselves(string url, bool live)
    {
        var message = SlackMessage.Of(new Message(Sent.Text(new Run.Address(url, null))), Sent.Reader);
        Assert.Equal(live ? [url] : [], WireRules.OfMessage(message).Links);
        Assert.DoesNotContain("label\":", message.Blocks.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_said_is_nothing_sent()
    {
        var message = SlackMessage.Of(new Message(RichText.Empty, Card.Of(new Paragraph(""), new Facts([]), new Ranking([]), new Note($"{new UserText("\u200b")}"), new Buttons([]), new Document("a.txt", "text/plain", ""))), Sent.Reader);
        Assert.Empty(message.Blocks);
        Assert.Equal("…", message.Text);
    }

    [Fact]
    public void A_button_keeps_its_line_whole_or_is_written()
    {
        var longest = "share " + new string('x', 1994);
        var message = SlackMessage.Of(Sent.Message(new Buttons([new("Fits", longest), new("Does not", longest + "x"), new(" ", "help")])), Sent.Reader);
        Assert.Empty(WireRules.OfMessage(message).Wrong);
        Assert.Equal([longest, "help"], message.Blocks[2]!["elements"]!.AsArray().Select(button => button!["value"]!.GetValue<string>()));
        Assert.StartsWith("  [Does not] share xxx", message.Blocks[1]!["elements"]![0]!["elements"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 10, "static_select", 3)]
    [InlineData(150, 10, "static_select", 100)]
    [InlineData(3, 76, "button", 3)]
    [InlineData(40, 76, "button", 25)]
    public void A_choice_is_a_menu_where_its_lines_fit(int options, int length, string element, int shown)
    {
        var message = SlackMessage.Of(Sent.Message(new Choice("Which", [.. Enumerable.Range(0, options).Select(number => new Button($"Option {number}", $"{number:000}".PadRight(length, 'x')))])), Sent.Reader);
        Assert.Empty(WireRules.OfMessage(message).Wrong);
        var elements = message.Blocks[2]!["elements"]!.AsArray();
        Assert.All(elements, one => Assert.Equal(element, one!["type"]!.GetValue<string>()));
        Assert.Equal(shown, element == "button" ? elements.Count : elements[0]!["options"]!.AsArray().Count);
        Assert.Equal(options > shown, message.Blocks.ToJsonString(Sent.Readable).Contains($"… and {options - shown} more", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var message = SlackMessage.Of(Sent.Message(new Ranking([.. Enumerable.Range(1, 400).Select(rank => new RankedRow(rank, "somebody with a name", 1))], More: 7)), Sent.Reader);
        var text = string.Join("\n", message.Blocks.Skip(1).Select(block => Assert.Single(block!["elements"]![0]!["elements"]!.AsArray())!["text"]!.GetValue<string>()));
        var shown = text.Split('\n').Length - 1;
        Assert.EndsWith($"\n   … and {407 - shown} more", text, StringComparison.Ordinal);
        Assert.InRange(shown, 300, 399);
    }

    [Fact]
    public void A_long_document_says_how_much_is_missing()
    {
        var message = SlackMessage.Of(Sent.Message(new Document("notes.txt", "text/plain", new string('x', 5000))), Sent.Reader);
        var shown = message.Blocks[1]!["elements"]![0]!["elements"]![0]!["text"]!.GetValue<string>();
        Assert.Equal($"… and {5000 - shown.Length} more characters of notes.txt", message.Blocks[2]!["elements"]![0]!["elements"]![0]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(12, 4000)]
    [InlineData(300, 4000)]
    public void Many_long_blocks_fit_together_and_the_button_at_the_end_survives_where_it_can(int count, int length)
    {
        Block[] blocks = [.. Enumerable.Range(0, count).Select(_ => new Paragraph(string.Concat(Enumerable.Repeat("😀", length / 2)))), new Buttons([new("Confirm", "confirm 2")])];
        var message = SlackMessage.Of(Sent.Message(blocks), Sent.Reader);
        Assert.Empty(WireRules.OfMessage(message).Wrong);
        var last = message.Blocks[^1]!;
        Assert.True(count == 300 ? last["text"]!["text"]!.GetValue<string>().StartsWith("… and ", StringComparison.Ordinal) : last["type"]!.GetValue<string>() == "actions");
    }

    [Theory]
    [InlineData("@channel <!here> &", "＠channel &lt;!here&gt; &amp;")]
    [InlineData("@Everyone", "＠Everyone")]
    [InlineData("@\u200bhere", "＠here")]
    [InlineData("a@example.org", "a＠example.org")]
    public void The_text_of_a_notification_cannot_go_live(string said, string text) =>
        Assert.Equal(text, SlackMessage.Of(new Message($"{new UserText(said)}"), Sent.Reader).Text);

    [Fact]
    public void The_text_of_a_notification_is_held_as_escaped()
    {
        var text = SlackMessage.Of(new Message($"{new UserText(new string('&', 3000))}"), Sent.Reader).Text;
        Assert.InRange(text.Length, 2000, 3000);
        Assert.EndsWith("&amp;…", text, StringComparison.Ordinal);
    }

    private static void Same(string file, string kind, string text)
    {
        var message = SlackMessage.Of(Sent.Message(SampleMessages.Kinds[kind](text)), Sent.Reader);
        Assert.Empty(WireRules.OfMessage(message).Wrong);
        Golden.Check($"Platforms/Slack/Blocks/golden/{file}", Sent.Golden(Sent.Json(message)));
    }
}
