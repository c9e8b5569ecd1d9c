using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Platforms.Slack.Blocks;

namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>
/// What Slack would refuse, and what would go live, in blocks as they are sent. It lists what CopBot may send and finds everything else wrong.
/// </summary>
public sealed partial class WireRules
{
    private readonly List<string> wrong = [];
    private readonly HashSet<string> actions = [];

    /// <summary>The ids of the user elements.</summary>
    public List<string> Users { get; } = [];

    /// <summary>The addresses of the links.</summary>
    public List<string> Links { get; } = [];

    public IReadOnlyList<string> Wrong => wrong;

    public static WireRules OfMessage(SlackMessage message)
    {
        var rules = new WireRules();
        var sent = message.Blocks.ToJsonString();
        rules.Blocks(JsonNode.Parse(sent)!.AsArray(), 50);
        rules.Length("message", Runes(message.Text), 1, 3000);
        rules.Length("all blocks", sent.Length <= 12_000 ? sent.Length : Escaped().Replace(sent, "x").Length, 0, 12_000);
        return rules;
    }

    public static WireRules OfView(JsonObject view)
    {
        var rules = new WireRules();
        var sent = view.ToJsonString();
        var parsed = JsonNode.Parse(sent)!.AsObject();
        rules.Length("view", sent.Length, 1, 250_000);
        rules.Blocks(parsed["blocks"]!.AsArray(), 100);
        Assert.NotEmpty(parsed["blocks"]!.AsArray());
        if (parsed["type"]!.GetValue<string>() == "modal")
        {
            rules.Only(parsed, "type", "callback_id", "title", "submit", "close", "blocks", "private_metadata?");
            rules.Plain(parsed["title"], 24);
            rules.Plain(parsed["submit"], 24);
            rules.Plain(parsed["close"], 24);
        }
        else
        {
            rules.Only(parsed, "type", "blocks");
        }

        return rules;
    }

    private static int Runes(string text) => text.EnumerateRunes().Count();

    // One character each, however they are written.
    [GeneratedRegex(@"\\uD[89AB]..\\uD[C-F]..|\\u....|\\.")]
    private static partial Regex Escaped();

    private void Blocks(JsonArray blocks, int most)
    {
        Length("blocks", blocks.Count, 0, most);
        foreach (var block in blocks.Select(block => block!.AsObject()))
            Block(block);
        var ids = blocks.Select(block => block!["block_id"]?.GetValue<string>()).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count)
            wrong.Add("two blocks have one id");
    }

    private void Block(JsonObject block)
    {
        switch (Kind(block))
        {
            case "divider":
                Only(block, "type");
                break;
            case "section":
                Only(block, "type", "text");
                Plain(block["text"], 3000);
                break;
            case "rich_text":
                Only(block, "type", "elements");
                Some(block, "elements", 1000, RichPart);
                break;
            case "actions":
                Only(block, "type", "elements");
                Some(block, "elements", 25, Element);
                break;
            case "input":
                Only(block, "type", "block_id", "label", "element", "optional?");
                Length("block_id", Runes(block["block_id"]!.GetValue<string>()), 1, 255);
                Plain(block["label"], 2000);
                Element(block["element"]!.AsObject());
                break;
            case var kind:
                wrong.Add($"block {kind}");
                break;
        }
    }

    private void RichPart(JsonObject part)
    {
        Only(part, "type", "elements");
        if (Kind(part) is not ("rich_text_section" or "rich_text_preformatted"))
            wrong.Add($"part {Kind(part)}");
        Some(part, "elements", 1000, RichElement);
    }

    private void RichElement(JsonObject element)
    {
        switch (Kind(element))
        {
            case "text":
                Only(element, "type", "text", "style?");
                Length("text", Runes(element["text"]!.GetValue<string>()), 1, 3000);
                Seen(element["text"]!.GetValue<string>());
                break;
            case "user":
                Only(element, "type", "user_id", "style?");
                Users.Add(element["user_id"]!.GetValue<string>());
                break;
            case "link":
                Only(element, "type", "url", "style?");
                Length("url", Runes(element["url"]!.GetValue<string>()), 1, 3000);
                Links.Add(element["url"]!.GetValue<string>());
                break;
            case var kind:
                wrong.Add($"element {kind}");
                break;
        }
    }

    private void Element(JsonObject element)
    {
        var id = element["action_id"]!.GetValue<string>();
        Length("action_id", Runes(id), 1, 255);
        if (!actions.Add(id))
            wrong.Add($"two actions are {id}");
        switch (Kind(element))
        {
            case "button":
                Only(element, "type", "action_id", "text", "value", "style?", "confirm?");
                Plain(element["text"], 75);
                Length("value", Runes(element["value"]!.GetValue<string>()), 1, 2000);
                if (element["confirm"] is JsonObject confirm)
                {
                    Only(confirm, "title", "text", "confirm", "deny", "style");
                    Plain(confirm["title"], 100);
                    Plain(confirm["text"], 300);
                    Plain(confirm["confirm"], 30);
                    Plain(confirm["deny"], 30);
                }

                break;
            case "static_select":
                Only(element, "type", "action_id", "options", "placeholder?", "initial_option?");
                Some(element, "options", 100, Option);
                if (element["initial_option"] is JsonObject known && !element["options"]!.AsArray().Any(option => JsonNode.DeepEquals(option, known)))
                    wrong.Add("the initial option is none of the options");
                break;
            case "external_select":
                Only(element, "type", "action_id", "min_query_length", "initial_option?");
                break;
            case "checkboxes":
                Only(element, "type", "action_id", "options", "initial_options?");
                Some(element, "options", 10, Option);
                break;
            case "plain_text_input":
                Only(element, "type", "action_id", "initial_value?", "max_length?", "multiline?");
                Length("initial_value", Runes(element["initial_value"]?.GetValue<string>() ?? "x"), 1, element["max_length"]?.GetValue<int>() ?? 3000);
                Length("max_length", element["max_length"]?.GetValue<int>() ?? 1, 1, 3000);
                break;
            case "number_input":
                Only(element, "type", "action_id", "is_decimal_allowed", "initial_value?");
                Assert.True(decimal.TryParse(element["initial_value"]?.GetValue<string>() ?? "0", CultureInfo.InvariantCulture, out _));
                break;
            case "datepicker":
                Only(element, "type", "action_id", "initial_date?");
                Assert.Matches("^\\d{4}-\\d\\d-\\d\\d$", element["initial_date"]?.GetValue<string>() ?? "2026-01-05");
                break;
            case "url_text_input":
                Only(element, "type", "action_id", "initial_value?");
                break;
            case "users_select":
                Only(element, "type", "action_id", "initial_user?");
                Users.AddRange(element["initial_user"] is { } user ? [user.GetValue<string>()] : []);
                break;
            case "multi_users_select":
                Only(element, "type", "action_id", "initial_users?");
                Users.AddRange(element["initial_users"]?.AsArray().Select(one => one!.GetValue<string>()) ?? []);
                break;
            case var kind:
                wrong.Add($"element {kind}");
                break;
        }
    }

    private void Option(JsonObject option)
    {
        Only(option, "text", "value");
        Plain(option["text"], 75);
        Length("option", Runes(option["value"]!.GetValue<string>()), 1, 75);
    }

    private void Plain(JsonNode? node, int most)
    {
        var text = node!.AsObject();
        Only(text, "type", "text", "emoji");
        if (Kind(text) != "plain_text" || text["emoji"]!.GetValue<bool>())
            wrong.Add("a text that is not plain");
        Length("plain text", Runes(text["text"]!.GetValue<string>().Trim()), 1, most);
        Seen(text["text"]!.GetValue<string>());
    }

    // No control but the line break, no half character, nothing that turns a line around.
    private void Seen(string text)
    {
        if (text.Any(c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u200b' or '\u2066') || text.EnumerateRunes().Any(rune => rune.Value is >= 0xd800 and <= 0xdfff))
            wrong.Add("a character that hides");
    }

    private void Some(JsonObject node, string member, int most, Action<JsonObject> each)
    {
        Length(member, node[member]!.AsArray().Count, 1, most);
        foreach (var item in node[member]!.AsArray())
            each(item!.AsObject());
    }

    private void Only(JsonObject node, params string[] members)
    {
        wrong.AddRange(node.Where(member => member.Value is null).Select(member => $"{member.Key} is null"));
        wrong.AddRange(node.Select(member => member.Key).Except(members.Select(member => member.TrimEnd('?'))).Select(member => $"{Kind(node)} has {member}"));
        wrong.AddRange(members.Where(member => !member.EndsWith('?') && node[member] is null).Select(member => $"{Kind(node)} lacks {member}"));
    }

    private void Length(string what, int length, int least, int most)
    {
        if (length < least || length > most)
            wrong.Add($"{what} is {length}, not {least} to {most}");
    }

    private static string Kind(JsonObject node) => node["type"]?.GetValue<string>() ?? "object";
}
