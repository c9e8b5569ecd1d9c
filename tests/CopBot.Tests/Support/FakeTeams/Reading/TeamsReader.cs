using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What people read, what in it is live, where the bot's own actions lead, and what should not be there.</summary>
public sealed record TeamsReading(string Text, IReadOnlyList<TeamsLiveThing> Live, IReadOnlyList<string> Links, IReadOnlyList<string> Problems);

/// <summary>
/// Reads a message as Teams' client shows it: marks are gone, escapes undone, mentions drawn. Strict: mentions of nobody, links that are not the bot's own actions, addresses
/// that become links by themselves, headings, lists and the like are told as problems, unless a test says that they are meant.
/// </summary>
public sealed partial class TeamsReader
{
    /// <summary>Addresses that may be live in a text.</summary>
    public HashSet<string> Links { get; } = [];

    /// <summary>Kinds of <see cref="TeamsLiveThing"/> that are problems wherever they are.</summary>
    public HashSet<string> Unwanted { get; } = ["image", "definition", "strike", "code", "heading", "list", "quote", "rule", "table", "time", "tag"];

    /// <summary>A stored message as a person sees it: with the card that was returned to them.</summary>
    public TeamsReading Read(TeamsMessage message, TeamsPerson? person = null) => person is not null && message.Card is not null && message.CardFor(person) is { } own ? ReadCard(own) : Read(message.Content.Activity);

    /// <summary>An activity of the bot's.</summary>
    public TeamsReading Read(JsonObject activity)
    {
        var text = (string?)activity["text"] ?? "";
        List<TeamsReading> parts = text.Length > 0 ? [ReadText(text, (string?)activity["textFormat"] ?? "markdown", activity["entities"])] : [];
        parts.AddRange((activity["attachments"] as JsonArray ?? []).OfType<JsonObject>().Select(attachment => attachment["content"]).OfType<JsonObject>().Select(ReadCard));
        return new(string.Join('\n', parts.Select(part => part.Text)), [.. parts.SelectMany(part => part.Live)], [.. parts.SelectMany(part => part.Links)], [.. parts.SelectMany(part => part.Problems)]);
    }

    /// <summary>A card.</summary>
    public TeamsReading ReadCard(JsonObject card)
    {
        var walk = new CardWalk();
        walk.Card(card, "");
        return Judged(string.Join('\n', walk.Lines), walk.Live, walk.Links, Named(card["msteams"]?["entities"]));
    }

    private TeamsReading ReadText(string text, string format, JsonNode? entities)
    {
        var markdown = new TeamsMarkdown("text");
        var shown = format switch
        {
            "plain" => markdown.Plain(text),
            "xml" => Xml(text, markdown),
            _ => markdown.Shown(text),
        };
        return Judged(shown, markdown.Live, [], Named(entities));
    }

    private TeamsReading Judged(string shown, IReadOnlyList<TeamsLiveThing> live, IReadOnlyList<string> links, HashSet<string> named) =>
        new(shown, live, links, [.. live.Select(thing => Problem(thing, named)).OfType<string>()]);

    private string? Problem(TeamsLiveThing thing, HashSet<string> named) => thing.Kind switch
    {
        "mention" when !named.Contains(thing.Value) => $"{thing.Where}: mentions nobody: {thing.Value}",
        "link" when !Links.Contains(thing.Value) => $"{thing.Where}: a live link: {thing.Value}",
        "address" when !Links.Contains(thing.Value) => $"{thing.Where}: an address that becomes a link: {thing.Value}",
        var kind when Unwanted.Contains(kind) => $"{thing.Where}: a live {kind}: {thing.Value}",
        _ => null,
    };

    private static HashSet<string> Named(JsonNode? entities) =>
        [.. (entities as JsonArray ?? []).OfType<JsonObject>().Select(entity => (string?)entity["text"] ?? "").Where(tag => tag.StartsWith("<at>", StringComparison.Ordinal) && tag.EndsWith("</at>", StringComparison.Ordinal)).Select(tag => WebUtility.HtmlDecode(tag["<at>".Length..^"</at>".Length]))];

    // Few tags mean something in a message; any other would be shown, or swallowed.
    private static string Xml(string text, TeamsMarkdown found)
    {
        foreach (Match anchor in Anchor().Matches(text))
            found.Add("link", WebUtility.HtmlDecode(anchor.Groups[1].Value));
        foreach (Match tag in Tag().Matches(text))
            switch (tag.Groups[1].Value.ToUpperInvariant())
            {
                case "B" or "STRONG":
                    found.Add("bold", tag.Value);
                    break;
                case "I" or "EM":
                    found.Add("italic", tag.Value);
                    break;
                case "AT" or "A" or "BR" or "P" or "DIV":
                    break;
                default:
                    found.Add("tag", tag.Value);
                    break;
            }
        var lines = Break().Replace(text.ReplaceLineEndings(" "), "\n");
        var mentions = AtTag().Replace(lines, match => $"\u0001{match.Groups[1].Value}\u0002");
        var shown = WebUtility.HtmlDecode(Tags().Replace(mentions, ""));
        // What was escaped stays a text: only the tags that stood there are mentions.
        found.Addresses(shown);
        return AtMark().Replace(shown, match => found.Mentions(match.Groups[1].Value));
    }

    [GeneratedRegex("<a\\b[^>]*\\bhref\\s*=\\s*[\"']?([^\"'\\s>]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex("<([A-Za-z][A-Za-z0-9]*)\\b[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("</?[A-Za-z][^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("<br\\s*/?>|</p>(?=.)|</div>(?=.)", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex("<at>([^<>]+)</at>")]
    private static partial Regex AtTag();

    [GeneratedRegex("\u0001([^\u0002]+)\u0002")]
    private static partial Regex AtMark();
}
