using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Where blocks are shown; not every block may be everywhere.</summary>
internal enum BlockKitSurface
{
    Message,
    Modal,
    Home,
}

/// <summary>One reading of a message or view: what was found wrong, and which ids were met.</summary>
internal sealed class BlockKitWalk(BlockKitSurface surface)
{
    public BlockKitSurface Surface { get; } = surface;
    public List<string> Problems { get; } = [];
    public List<string> BlockIds { get; } = [];
    public List<string> ActionIds { get; } = [];

    /// <summary>Slack counts characters, not halves of them.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>Slack refuses properties that it does not know.</summary>
    public void Keys(JsonObject thing, string where, string known)
    {
        var names = known.Split(' ');
        foreach (var (key, _) in thing)
            if (!names.Contains(key))
                Problems.Add($"{where}: unknown property {key}");
    }

    /// <summary>A text of the thing itself.</summary>
    public void Longest(JsonObject thing, string name, int most, string where, bool required = false, int least = 0)
    {
        if (thing[name] is not { } node)
        {
            if (required)
                Problems.Add($"{where}: no {name}");
            return;
        }
        if (node.GetValueKind() != JsonValueKind.String)
            Problems.Add($"{where}: {name} is not a text");
        else if (Length((string)node!) > most)
            Problems.Add($"{where}: {name} of more than {most} characters");
        else if (Length((string)node!) < Math.Max(least, required ? 1 : 0))
            Problems.Add($"{where}: {name} is empty");
    }

    /// <summary>A text object that has to be plain.</summary>
    public void Plain(JsonObject thing, string name, int most, string where, bool required = false) => Text(thing, name, most, where, required, plain: true);

    /// <summary>A text object, plain or mrkdwn.</summary>
    public void Text(JsonObject thing, string name, int most, string where, bool required = false, bool plain = false)
    {
        if (thing[name] is not { } node)
        {
            if (required)
                Problems.Add($"{where}: no {name}");
            return;
        }
        Text(node, most, $"{where}/{name}", plain);
    }

    /// <summary>A text object.</summary>
    public void Text(JsonNode? node, int most, string where, bool plain = false)
    {
        if (node is not JsonObject text)
        {
            Problems.Add($"{where}: not a text object");
            return;
        }
        var type = (string?)text["type"];
        if (type is not ("plain_text" or "mrkdwn") || (plain && type != "plain_text"))
            Problems.Add($"{where}: a text of the type {type}");
        Keys(text, where, type == "mrkdwn" ? "type text verbatim" : "type text emoji");
        Longest(text, "text", most, where, required: true);
    }

    /// <summary>A list with bounds; empty where it is missing or no list.</summary>
    public IReadOnlyList<JsonNode?> Items(JsonObject thing, string name, int least, int most, string where)
    {
        if (thing[name] is not JsonArray items)
        {
            if (least > 0 || thing[name] is not null)
                Problems.Add($"{where}: {name} is not a list");
            return [];
        }
        if (items.Count < least || items.Count > most)
            Problems.Add($"{where}: {items.Count} {name}, allowed are {least} to {most}");
        return [.. items];
    }

    /// <summary>A web address.</summary>
    public void Url(JsonObject thing, string name, string where, bool required = false)
    {
        Longest(thing, name, 3000, where, required);
        if (thing[name] is JsonValue value && value.TryGetValue<string>(out var url) && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto" or "slack" or "tel"))
            Problems.Add($"{where}: {name} is no web address");
    }
}
