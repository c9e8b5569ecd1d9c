using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Teams.Cards;

/// <summary>Messages as they are sent, what is wrong with them, and a form that can be compared.</summary>
public static partial class TeamsSent
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Readable) { WriteIndented = true };

    // What a TextBlock may say: Markdown is read there, so it is nobody's but the product's.
    private static readonly HashSet<string> FixedWords = ["Rank", "Who", "Points", "…", "Are you sure? This is not easily undone.", "Nothing more is needed.", "Please look at this again."];

    /// <summary>Ana may be mentioned here, Eve not.</summary>
    public static TeamsReader Reader { get; } = new(SampleMessages.NameOf, person => person == SampleMessages.Ana ? "29:ana" : null, "d7");

    public static string Golden(JsonNode node) => node.ToJsonString(Indented);

    public static Message Message(params Block[] blocks) => new("What it is.", Card.Of(blocks));

    /// <summary>The activity that a message becomes.</summary>
    public static JsonObject Activity(TeamsMessage message)
    {
        var activity = new JsonObject { ["type"] = "message", ["summary"] = message.Summary };
        if (message.Text is not null)
        {
            activity["textFormat"] = "xml";
            activity["text"] = message.Text;
            activity["entities"] = message.Entities.DeepClone();
        }
        else
        {
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsMessage.ContentType, ["content"] = message.Card!.DeepClone() });
        }

        return JsonNode.Parse(activity.ToJsonString())!.AsObject();
    }

    /// <summary>What Teams would refuse of it, and what must not stand where it would act.</summary>
    public static IReadOnlyList<string> Wrong(TeamsMessage message)
    {
        var activity = Activity(message);
        List<string> wrong = [];
        if ((message.Text is null) == (message.Card is null))
            wrong.Add("it is both a text and a card, or neither");
        if (Math.Max(2 * activity.ToJsonString(Readable).Length, activity.ToJsonString().Length) > 80 * 1024)
            wrong.Add("it is too large");
        if (message.Summary.Trim().Length == 0 || message.Summary.Contains('\n', StringComparison.Ordinal))
            wrong.Add("the summary is wrong");
        if (message.Text is { } text && (text.Trim().Length == 0 || !Encoded().IsMatch(text)))
            wrong.Add($"the text is wrong: {text}");
        if (message.Entities.Any(entity => !message.Text!.Contains((string)entity!["text"]!, StringComparison.Ordinal)))
            wrong.Add("a mention does not stand in the text");
        return [.. wrong, .. message.Card is { } card ? Wrong(card) : []];
    }

    /// <summary>The same of a card alone.</summary>
    public static IEnumerable<string> Wrong(JsonObject card)
    {
        var dialect = CardSpecs.TeamsProblems(card);
        var schema = card.ToJsonString(Readable) is var json && json.Contains("\"choices.data\"", StringComparison.Ordinal) ? [] : CardSpecs.Problems(card);
        return [.. schema, .. dialect, .. Nodes(JsonNode.Parse(card.ToJsonString())!).SelectMany(Acts), .. Ids(card)];
    }

    /// <summary>A node and all objects in it.</summary>
    public static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Nodes(member.Value)).Prepend(map),
        JsonArray items => items.SelectMany(Nodes),
        _ => [],
    };

    private static IEnumerable<string> Acts(JsonObject node)
    {
        if (Is(node, "TextBlock") && (string)node["text"]! is var text && !FixedWords.Contains(text) && !OwnWords().IsMatch(text))
            yield return $"a TextBlock says {text}";
        if (node["url"] is { } url && !Leads().IsMatch((string)url!))
            yield return $"an address leads to {url}";
        if (node["actions"] is JsonArray { Count: > 6 })
            yield return "too many actions";
        if (Is(node, "Action.Submit") && (string)node["data"]!["copbot"]!["do"]! is var what && what is not ("say" or "form" or "send"))
            yield return $"an action does {what}";
    }

    private static IEnumerable<string> Ids(JsonObject card) =>
        Nodes(card["body"]).Where(node => node["type"] is JsonValue type && ((string)type!).StartsWith("Input.", StringComparison.Ordinal)).GroupBy(node => (string)node["id"]!).Where(same => same.Count() > 1).Select(same => $"two inputs are {same.Key}");

    private static bool Is(JsonObject node, string type) => node["type"] is JsonValue value && value.TryGetValue<string>(out var text) && text == type;

    [GeneratedRegex("^(?:[^<>&]|&(?:amp|lt|gt|quot|#39);|<br/>|<code>[^<>]*</code>|<at>[\\p{L}\\p{M}\\p{N} .'-]+</at>|<a href=\"https?://example\\.org[^\"<>]*\">https?://example\\.org[^<>]*</a>)*\\z")]
    private static partial Regex Encoded();

    [GeneratedRegex("^https?://example\\.org(?:/|\\z)")]
    private static partial Regex Leads();

    [GeneratedRegex("^(?:<at>[\\p{L}\\p{M}\\p{N} .'-]+</at> ?)+\\z|^… and [0-9]+ more\\z")]
    private static partial Regex OwnWords();
}
