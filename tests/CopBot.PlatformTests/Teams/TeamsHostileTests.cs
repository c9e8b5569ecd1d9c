using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.Teams.Cards;
using CopBot.Tests.Platforms.WebChat;

namespace CopBot.PlatformTests.Teams;

/// <summary>A link, a mention or Markdown in a name or a title never comes to life, whatever somebody calls themselves or their work.</summary>
public sealed partial class TeamsHostileTests
{
    private const string Mark = "zq7";

    private static readonly string[] Pieces =
    [
        "https://evil.com", "http://evil.com/a?b", "www.evil.com", "evil.com", "EVIL.Example", "sub.evil.co.uk/x", "мир.рф", "例え。jp", "mailto:a@evil.com", "a@evil.com", "\\\\evil\\share", "file:///c:/x", "//evil.com", "1.2.3.4",
        "[x](https://evil.com)", "[x](javascript:alert(1))", "![i](https://evil.com/i.png)", "**b**", "_i_", "# h", "- l", "1. l", "> q", "`c`", "```\nc\n```", "~~s~~", "| a | b |", "<at>Ana</at>", "</at><at>", "<a href=\"https://evil.com\">x</a>",
        "<img src=x onerror=alert(1)>", "</code><b>", "<br/>", "&lt;at&gt;", "&#60;at&#62;", "{{DATE(2020-01-01T00:00:00Z,LONG)}}", "{{TIME(2020-01-01T00:00:00Z)}}", "${user}", "{\"type\":\"Action.OpenUrl\",\"url\":\"https://evil.com\"}",
        "\"}],\"actions\":[{\"type\":\"Action.Submit\"}]", "\\u003cat\\u003e", "]]>", "<!--", "\u2060", "\u200d", "\u00ad", "\ufffe", "\u202e", " ", "\n", "'", "\"", "@", ".", "://", "\\", "{", "<", ">", "&", "x", "😀", "é",
    ];

    private static readonly HashSet<string> Data = ["text", "title", "label", "value", "placeholder", "line", "known", "command", "x", "summary"];

    [Fact]
    public void In_five_thousand_messages_what_people_wrote_is_text_and_nothing_else()
    {
        var random = new Random(36);
        var kinds = SampleMessages.Kinds.Keys.ToList();
        var borrowed = HostileTexts.All(1000).ToList();
        for (var number = 0; number < 5000; number++)
        {
            var text = Mark + (number % 5 == 0 ? borrowed[number / 5] : string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)])));
            var block = SampleMessages.Kinds[kinds[number % kinds.Count]](text);
            TeamsReader reader = new(_ => text, person => person == SampleMessages.Eve ? "29:eve" : null, "d7") { Alone = number % 3 > 0, PeoplePicker = number % 4 > 1, Concerned = ["29:eve"] };
            var message = new Message($"{SampleMessages.Eve}: {new UserText(text)} of {SampleMessages.Ana:name}", number % 7 == 0 ? null : Card.Of(block));
            var sent = TeamsMessage.Of(message, reader);
            var problems = TeamsSent.Wrong(sent).Concat(Misplaced(sent)).Concat(Shown(sent).Where(shown => Live().IsMatch(shown)).Select(shown => $"live: {shown}")).ToList();
            Assert.True(problems.Count == 0, $"{number}: {text}\n{string.Join('\n', problems)}");
        }
    }

    [Theory]
    [InlineData("see https://x")]
    [InlineData("www.evil")]
    [InlineData("evil.com")]
    [InlineData("a@host")]
    [InlineData("mailto:x")]
    [InlineData("\\\\server")]
    [InlineData("{{DATE(")]
    public void What_is_live_would_be_seen(string text) => Assert.Matches(Live(), text);

    [Fact]
    public void What_is_misplaced_would_be_seen()
    {
        var card = new JsonObject { ["type"] = "AdaptiveCard", ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = Mark }, new JsonObject { ["type"] = "Image", ["url"] = Mark }), ["msteams"] = new JsonObject { ["entities"] = new JsonArray(new JsonObject { ["text"] = $"<at>[{Mark}]</at>" }) } };
        Assert.Equal(2, Misplaced(new(null, card, "x", [])).Count());
        Assert.NotEmpty(TeamsSent.Wrong(card));
    }

    // The marked text under a name under which it is no data, and actions that the message did not offer.
    private static IEnumerable<string> Misplaced(TeamsMessage sent)
    {
        foreach (var node in TeamsSent.Nodes(TeamsSent.Activity(sent)))
        {
            foreach (var (name, value) in node)
            {
                if (name.Contains(Mark, StringComparison.Ordinal) || (value is JsonValue one && one.TryGetValue<string>(out var text) && text.Contains(Mark, StringComparison.Ordinal) && !IsData(node, name, text)))
                    yield return $"{name}: {value}";
            }

            if (node["mentioned"] is JsonObject mentioned && ((string?)mentioned["id"] != "29:eve" || !Name().IsMatch((string)mentioned["name"]!) || (string?)node["text"] != $"<at>{mentioned["name"]}</at>"))
                yield return $"a mention is {node.ToJsonString()}";
        }
    }

    private static bool IsData(JsonObject node, string name, string text) => (string?)node["type"] switch
    {
        "mention" => Mention().IsMatch(text),
        "TextBlock" => Mentions().IsMatch(text),
        _ when name == "name" && node.ContainsKey("id") => Name().IsMatch(text),
        _ => Data.Contains(name),
    };

    // What clients look for addresses in, without the one link that is ours.
    private static IEnumerable<string> Shown(TeamsMessage sent) => sent.Text is { } text
        ? [WebUtility.HtmlDecode(Tags().Replace(text, " ")), sent.Summary]
        : [.. TeamsSent.Nodes(sent.Card).Where(node => node["selectAction"] is null).SelectMany(node => (string?[])[(string?)node["text"], (string?)node["title"], (string?)node["label"], (string?)node["placeholder"]]).OfType<string>(), sent.Summary];

    [GeneratedRegex(@"[a-z]://|(?<!\w)www\.\w|mailto:\w|\w@\w|[\w-]\.(?:com|co|uk|example|рф|evil)\b|[。]jp|\\\\\w|\{\{|(?<=\s)//\w", RegexOptions.IgnoreCase)]
    private static partial Regex Live();

    [GeneratedRegex(@"^[\p{L}\p{M}\p{N} .'-]+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^<at>[\p{L}\p{M}\p{N} .'-]+</at>\z")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^(?:<at>[\p{L}\p{M}\p{N} .'-]+</at> ?)+\z")]
    private static partial Regex Mentions();

    [GeneratedRegex("<a [^>]*>[^<]*</a>|<[^>]*>")]
    private static partial Regex Tags();
}
