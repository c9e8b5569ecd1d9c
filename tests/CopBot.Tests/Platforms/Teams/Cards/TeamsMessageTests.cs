using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Teams.Cards;

public sealed class TeamsMessageTests
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
    public void Whatever_stands_in_a_block_Teams_takes_it(string kind)
    {
        TeamsReader[] readers = [TeamsSent.Reader, TeamsSent.Reader with { Alone = true, Reference = null }, TeamsSent.Reader with { Alone = true, PeoplePicker = true, Concerned = ["29:ana"] }];
        foreach (var (text, index) in HostileTexts.All(90).Select((text, index) => (text, index)))
            Assert.Empty(TeamsSent.Wrong(TeamsMessage.Of(new Message($"{new UserText(text)} by {SampleMessages.Ana}", Card.Of(SampleMessages.Kinds[kind](text))), readers[index % 3])));
    }

    [Fact]
    public void A_sentence_is_a_text_and_keeps_its_lines()
    {
        var sent = TeamsMessage.Of(new Message($"One & <b>two</b>\nthree {"share \"x\"":code}, see {new Link(new Uri("https://example.org/r?a=1&b=2"))}."), TeamsSent.Reader);
        Assert.Null(sent.Card);
        Assert.Equal("One &amp; &lt;b&gt;two&lt;/b&gt;<br/>three <code>share &quot;x&quot;</code>, see <a href=\"https://example.org/r?a=1&amp;b=2\">https://example.org/r?a=1&amp;b=2</a>.", sent.Text);
        Assert.Empty(TeamsSent.Wrong(sent));
    }

    [Fact]
    public void A_mention_is_live_where_it_pings_somebody_who_may_be_mentioned()
    {
        RichText said = $"{SampleMessages.Ana}, {SampleMessages.Ana:name} and {SampleMessages.Eve}.";
        var reader = TeamsSent.Reader with { Names = person => person == SampleMessages.Ana ? "Ana [x](y) O'Neil-R. 7 evil.com" : "eve" };
        var text = TeamsMessage.Of(new Message(said), reader);
        const string Mark = "<at>Ana x y O'Neil-R. 7 evil com</at>";
        Assert.StartsWith(Mark + ", Ana [x](y) O&#39;Neil", text.Text, StringComparison.Ordinal);
        var entity = Assert.Single(text.Entities)!;
        Assert.Equal((Mark, "29:ana"), ((string)entity["text"]!, (string)entity["mentioned"]!["id"]!));

        var card = TeamsMessage.Of(new Message(said, Card.Of(new Paragraph(said))), reader);
        Assert.Equal(Mark, (string)card.Card!["body"]![0]!["text"]!);
        Assert.Equal(entity.ToJsonString(), Assert.Single(card.Card["msteams"]!["entities"]!.AsArray())!.ToJsonString());
        Assert.Empty(card.Entities);
    }

    [Fact]
    public void Two_of_one_name_are_two_and_too_many_are_only_named()
    {
        var people = Enumerable.Range(0, TeamsLimits.Mentions + 5).Select(number => new PersonId(Guid.Parse($"0198c0de-0000-7000-8000-{number:d12}"))).ToList();
        var sent = TeamsMessage.Of(new Message(RichText.Join(" ", people.Select(person => RichText.Of($"{person}")))), new(_ => "sam", person => "29:" + person.ToString()[^6..]));
        Assert.Empty(TeamsSent.Wrong(sent));
        Assert.Equal(TeamsLimits.Mentions, sent.Entities.Select(entity => (string)entity!["text"]!).Distinct().Count());
        Assert.EndsWith("@sam @sam @sam", sent.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("someone", "29:ana")]
    [InlineData("ana", "everyone")]
    [InlineData("ana", "28:bot")]
    [InlineData("ana", "")]
    public void Whom_the_reader_may_not_see_and_what_is_no_account_is_never_addressed(string name, string account)
    {
        TeamsReader reader = new(_ => name, _ => account);
        Assert.Empty(TeamsMessage.Of(new Message($"{SampleMessages.Ana}"), reader).Entities);
        Assert.Null(TeamsMessage.Of(new Message($"{SampleMessages.Ana}", Card.Of(new Note("x"))), reader).Card!["msteams"]);
    }

    [Theory]
    [InlineData("https://example.org/a?b=c_d", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://example.org/a b", false)]
    [InlineData("https://example.org\">", false)]
    [InlineData("https://\u202eexample.org", false)]
    public void Only_addresses_of_the_web_are_links_and_they_show_themselves(string url, bool live)
    {
        RichText said = new([new Run.Address(url, null)]);
        Assert.Equal(live, TeamsMessage.Of(new Message(said), TeamsSent.Reader).Text == $"<a href=\"{url}\">{url}</a>");
        var run = TeamsMessage.Of(new Message("See:", Card.Of(new Paragraph(said))), TeamsSent.Reader).Card!["body"]![1]!["inlines"]![0]!;
        Assert.Equal(live ? url : null, (string?)run["selectAction"]?["url"]);
        Assert.Equal(live, (string)run["text"]! == url);
    }

    [Fact]
    public void Nothing_said_is_nothing_sent()
    {
        var card = TeamsMessage.Of(new Message(RichText.Empty, Card.Of(new Paragraph(""), new Facts([]), new Ranking([]), new Note($"{new UserText("\u200b")}"), new Buttons([]), new Document("a.txt", "text/plain", ""))), TeamsSent.Reader);
        Assert.Equal("…", (string)Assert.Single(card.Card!["body"]!.AsArray())!["text"]!);
        Assert.Equal("…", TeamsMessage.Of(new Message(RichText.Empty), TeamsSent.Reader).Text);
        Assert.Empty(TeamsSent.Wrong(card));
    }

    [Fact]
    public void Who_is_concerned_sees_the_card_as_it_is_now()
    {
        List<string> many = [.. Enumerable.Range(0, 70).Select(number => $"29:{number % 65}"), "somebody"];
        var card = TeamsMessage.Of(TeamsSent.Message(new Note("x")), TeamsSent.Reader with { Concerned = many }).Card!;
        Assert.Equal(many.Take(TeamsLimits.RefreshUsers), card["refresh"]!["userIds"]!.AsArray().Select(id => (string)id!));
        Assert.Equal((TeamsActions.Refresh, "d7"), (TeamsActions.Read(new JsonObject { ["action"] = card["refresh"]!["action"]!.DeepClone() })!.Do, "d7"));
        Assert.Null(TeamsMessage.Of(TeamsSent.Message(new Note("x")), TeamsSent.Reader).Card!["refresh"]);
    }

    [Fact]
    public void A_trend_is_a_line_of_bars_and_says_its_values()
    {
        var body = TeamsMessage.Of(TeamsSent.Message(new Trend("Shares", [new("week 1", 4), new("week 2", 9.25m)])), TeamsSent.Reader).Card!["body"]!.AsArray();
        Assert.Contains("\\u2581", body[^1]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("week 1 4, week 2 9.25", (string)body[^1]!["inlines"]!.AsArray()[^1]!["text"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 40)]
    [InlineData(12, 4000)]
    [InlineData(900, 4000)]
    public void Many_long_blocks_fit_together_and_what_is_left_out_is_counted(int count, int length)
    {
        Block[] blocks = [.. Enumerable.Range(0, count).Select(_ => new Paragraph(string.Concat(Enumerable.Repeat("😀*", length / 4)))), new Buttons([new("Confirm", "confirm 2")])];
        var message = TeamsMessage.Of(TeamsSent.Message(blocks), TeamsSent.Reader);
        Assert.Empty(TeamsSent.Wrong(message));
        var body = message.Card!["body"]!.AsArray();
        Assert.Equal(count == 900 ? "TextBlock" : "ActionSet", (string)body[^1]!["type"]!);
        if (count == 900)
            Assert.Equal($"… and {902 - (body.Count - 1)} more", (string)body[^1]!["text"]!);
    }

    [Fact]
    public void Rows_that_have_no_room_are_counted()
    {
        var body = TeamsMessage.Of(TeamsSent.Message(new Ranking([.. Enumerable.Range(1, 400).Select(rank => new RankedRow(rank, "somebody with a name", 1))], More: 7)), TeamsSent.Reader).Card!["body"]!.AsArray();
        var shown = body[1]!["rows"]!.AsArray().Count - 1;
        Assert.InRange(shown, 50, 399);
        Assert.Equal($"… and {407 - shown} more", (string)body[2]!["inlines"]![0]!["text"]!);
    }

    [Fact]
    public void The_longest_document_is_whole_and_a_longer_one_says_how_much_is_missing()
    {
        Assert.Contains(new string('"', TeamsLimits.LongestDocument), Text(TeamsLimits.LongestDocument), StringComparison.Ordinal);
        Assert.Contains("… and 2000 more characters of notes.\u2060txt", Text(TeamsLimits.LongestDocument + 2000), StringComparison.Ordinal);

        static string Text(int length) => string.Join('\n', TeamsSent.Nodes(TeamsMessage.Of(TeamsSent.Message(new Note("Keep it safe."), new Document("notes.txt", "text/plain", new string('"', length))), TeamsSent.Reader).Card).Select(node => node["text"]?.ToString()));
    }

    private static void Same(string file, string kind, string text)
    {
        var sent = TeamsMessage.Of(TeamsSent.Message(SampleMessages.Kinds[kind](text)), TeamsSent.Reader with { Alone = true });
        Assert.Empty(TeamsSent.Wrong(sent));
        Golden.Check($"Platforms/Teams/golden/{file}", TeamsSent.Golden(TeamsSent.Activity(sent)));
    }
}
