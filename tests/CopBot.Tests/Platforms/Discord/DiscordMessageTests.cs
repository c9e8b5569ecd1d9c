using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Discord;

public sealed partial class DiscordMessageTests
{
    public static TheoryData<string> Kinds => [.. SampleMessages.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_is_this_json(string kind) => Same($"{kind}.json", kind, "plain & simple");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_with_hostile_text_is_this_json(string kind) => Same($"{kind}.hostile.json", kind, SampleMessages.Hostile);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_people_write_in_a_block_stays_text_and_within_the_limits(string kind)
    {
        foreach (var text in HostileTexts.All(600))
        {
            var message = DiscordMessage.Of(new Message($"{new UserText(text)} by {SampleMessages.Eve}", Card.Of(SampleMessages.Kinds[kind](text))), DiscordSent.Reader);
            Assert.Empty(DiscordSent.Wrong(message));
            Assert.Empty(message.Pings);
            Assert.Empty(Active(message.Content));
            Assert.All(message.Embeds, embed => Assert.Empty(Active((string)embed!["description"]!, kind is "facts" or "ranking" or "choice" or "form" or "buttons")));

            // Two bold pieces side by side show their stars.
            Assert.All(message.Embeds, embed => Assert.DoesNotContain("****", Inert().Replace((string)embed!["description"]!, "x"), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("**bold**")]
    [InlineData("<@1001>")]
    [InlineData("@everyone")]
    [InlineData("x\n- list")]
    [InlineData("1. list")]
    [InlineData("# head")]
    [InlineData("[x](https://evil.example)")]
    [InlineData("https://evil.example")]
    [InlineData("||x||")]
    public void What_is_active_would_be_seen(string text) => Assert.NotEmpty(Active(text));

    [Fact]
    public void A_mention_is_live_in_the_content_where_it_pings_somebody_who_may_be_mentioned()
    {
        var message = DiscordMessage.Of(new Message($"{SampleMessages.Ana}, {SampleMessages.Ana:name} and {SampleMessages.Eve}.", Card.Of(new Paragraph($"{SampleMessages.Ana}"))), DiscordSent.Reader with { Names = person => person == SampleMessages.Ana ? "ana" : "eve" });
        Assert.Equal(@"<@1001>, ana and \@eve.", message.Content);
        Assert.Equal(["1001"], message.Pings);
        Assert.Equal(@"\@ana", (string)message.Embeds[0]!["description"]!);
    }

    [Theory]
    [InlineData("someone", "1001")]
    [InlineData("ana", "everyone")]
    [InlineData("ana", "&1001")]
    [InlineData("ana", "")]
    public void Whom_the_reader_may_not_see_and_what_is_no_account_is_never_addressed(string name, string account)
    {
        var message = DiscordMessage.Of(new Message($"{SampleMessages.Ana}"), new(_ => name, _ => account));
        Assert.Empty(message.Pings);
        Assert.DoesNotContain("<", message.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/a?b=c_d", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://example.org/a b", false)]
    [InlineData("https://example.org>", false)]
    [InlineData("https://\u202eexample.org", false)]
    public void Only_addresses_of_the_web_are_links_and_they_show_themselves(string url, bool live)
    {
        var content = DiscordMessage.Of(new Message(new RichText([new Run.Address(url, null)])), DiscordSent.Reader).Content;
        Assert.Equal(live, content == $"<{url}>");
        Assert.Empty(Active(content));
    }

    [Fact]
    public void Nothing_said_is_nothing_sent()
    {
        var message = DiscordMessage.Of(new Message(RichText.Empty, Card.Of(new Paragraph(""), new Facts([]), new Ranking([]), new Note($"{new UserText("\u200b")}"), new Buttons([]), new Document("a.txt", "text/plain", ""))), DiscordSent.Reader);
        Assert.Equal(("…", 0, 0), (message.Content, message.Embeds.Count, message.Components.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("d17")]
    public void A_button_carries_its_line_or_refers_to_it_or_is_written(string? reference)
    {
        var longest = "share " + new string('x', 88);
        var said = DiscordSent.Message(new Buttons([new("Fits", longest), new("Does not", longest + "x"), new(" ", "help"), new("Erase", "forget me yes=yes", true), new("Erase all", longest + "y", true)]));
        var message = DiscordMessage.Of(said, DiscordSent.Reader with { Reference = reference });
        Assert.Empty(DiscordSent.Wrong(message));
        var ids = message.Components.SelectMany(row => row!["components"]!.AsArray()).Select(button => (string)button!["custom_id"]!).ToList();
        Assert.Equal(
            reference is null ? [$"say:1:{longest}", "say:3:help", "ask:4:forget me yes=yes"] : [$"say:1:{longest}", "ref:2:d17", "say:3:help", "ask:4:forget me yes=yes", "ask:5:ref:d17"], ids);
        Assert.Equal(longest + "x", DiscordLines.Find(said, 2));
        Assert.Null(DiscordLines.Find(said, 6));
        if (reference is null)
            Assert.StartsWith("▸ **Does not** share xxx", (string)message.Embeds[0]!["description"]!, StringComparison.Ordinal);
        else
            Assert.Empty(message.Embeds);
    }

    [Theory]
    [InlineData("ask:4:forget me yes=yes", "say:4:forget me yes=yes")]
    [InlineData("ask:5:ref:d17", "ref:5:d17")]
    [InlineData("say:1:help", null)]
    [InlineData("ask:x:help", null)]
    [InlineData("", null)]
    public void Before_what_cannot_be_undone_there_is_a_question(string id, string? real)
    {
        var sure = DiscordMessage.Sure("Erase *all*", id);
        Assert.Empty(DiscordSent.Wrong(sure));
        Assert.StartsWith(@"Are you sure? **Erase \*all\***", sure.Content, StringComparison.Ordinal);
        Assert.Equal(real, (string?)sure.Components.SingleOrDefault()?["components"]![0]!["custom_id"]);
    }

    [Theory]
    [InlineData(3, 10, null, 3, 3)]
    [InlineData(40, 10, null, 3, 25)]
    [InlineData(3, 101, "d1", 3, 3)]
    [InlineData(3, 101, null, 0, 0)]
    public void A_choice_is_a_menu_where_its_lines_can_be_carried(int options, int length, string? reference, int type, int shown)
    {
        var message = DiscordMessage.Of(DiscordSent.Message(new Choice("Which", [.. Enumerable.Range(0, options).Select(number => new Button($"Option {number}", $"{number:000}".PadRight(length, 'x')))])), DiscordSent.Reader with { Reference = reference });
        Assert.Empty(DiscordSent.Wrong(message));
        var text = (string)message.Embeds[0]!["description"]!;
        Assert.Equal(shown, message.Components.Sum(row => row!["components"]![0]!["options"]!.AsArray().Count));
        Assert.All(message.Components, row => Assert.Equal(type, (int)row!["components"]![0]!["type"]!));
        Assert.Equal(type != 0 && options > shown, text.Contains($"… and {options - shown} more", StringComparison.Ordinal));
        Assert.Equal(type == 0, text.Contains("▸ **Option 2** 002xx", StringComparison.Ordinal));
    }

    [Fact]
    public void Buttons_of_many_blocks_share_rows_and_what_is_too_much_is_written()
    {
        var message = DiscordMessage.Of(DiscordSent.Message([.. Enumerable.Range(0, 14).Select(number => new Buttons([new($"A{number}", $"a {number}"), new($"B{number}", $"b {number}")]))]), DiscordSent.Reader);
        Assert.Empty(DiscordSent.Wrong(message));
        Assert.Equal(20, message.Components.Sum(row => row!["components"]!.AsArray().Count));
        Assert.Contains("▸ **B13** b 13", (string)message.Embeds[0]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var message = DiscordMessage.Of(DiscordSent.Message(new Ranking([.. Enumerable.Range(1, 400).Select(rank => new RankedRow(rank, "somebody with a name", 1))], More: 7)), DiscordSent.Reader);
        var text = (string)message.Embeds[0]!["description"]!;
        var shown = text.Split('\n').Length - 1;
        Assert.EndsWith($"\n-# … and {407 - shown} more", text, StringComparison.Ordinal);
        Assert.InRange(shown, 90, 399);
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(12, 4000)]
    [InlineData(300, 4000)]
    public void Many_long_blocks_fit_together_and_the_button_at_the_end_survives(int count, int length)
    {
        Block[] blocks = [.. Enumerable.Range(0, count).Select(_ => new Paragraph(string.Concat(Enumerable.Repeat("😀*", length / 4)))), new Buttons([new("Confirm", "confirm 2")])];
        var message = DiscordMessage.Of(DiscordSent.Message(blocks), DiscordSent.Reader);
        Assert.Empty(DiscordSent.Wrong(message));
        Assert.Equal("say:1:confirm 2", (string)message.Components[^1]!["components"]![0]!["custom_id"]!);
        Assert.Equal(count == 300, ((string)message.Embeds[0]!["description"]!).Contains("… and 2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_longest_document_is_whole_and_a_longer_one_says_how_much_is_missing()
    {
        Assert.Contains(new string('x', 3800), Text(3800), StringComparison.Ordinal);
        Assert.Matches("```\n-# … and [0-9]+ more characters of my\\\\_notes.txt$", Text(5000));

        static string Text(int length) => (string)DiscordMessage.Of(DiscordSent.Message(new Note("Keep it safe."), new Document("my_notes.txt", "text/plain", new string('x', length))), DiscordSent.Reader).Embeds[0]!["description"]!;
    }

    // What Discord would make more than text of, behind the escapes, CopBot's own marks, and where nothing means anything.
    private static List<string> Active(string markdown, bool bold = false)
    {
        var rest = SmallPrint().Replace(Inert().Replace(markdown, ""), "");
        return [.. Live().Matches(bold ? Bold().Replace(rest, "") : rest).Select(match => match.Value)];
    }

    private static void Same(string file, string kind, string text)
    {
        var message = DiscordMessage.Of(DiscordSent.Message(SampleMessages.Kinds[kind](text)), DiscordSent.Reader);
        Assert.Empty(DiscordSent.Wrong(message));
        Golden.Check($"Platforms/Discord/golden/{file}", DiscordSent.Golden(DiscordSent.Json(message)));
    }

    [GeneratedRegex("^```\\n(?:(?!```)[\\s\\S])*\\n```$|`[^`\\n]+`|<https://example\\.org/[^>\\s]*>|\\\\[^0-9A-Za-z\\s]", RegexOptions.Multiline)]
    private static partial Regex Inert();

    [GeneratedRegex("^-# ", RegexOptions.Multiline)]
    private static partial Regex SmallPrint();

    [GeneratedRegex("\\*\\*[^*]*\\*\\*")]
    private static partial Regex Bold();

    [GeneratedRegex("[*_~|`\\[\\]<>@]|#|://|^\\s*[-+] |^\\s*[0-9]+[.)] ", RegexOptions.Multiline)]
    private static partial Regex Live();
}
