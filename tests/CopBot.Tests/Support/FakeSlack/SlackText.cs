using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>One thing in a message that does something: names somebody, or leads somewhere.</summary>
/// <param name="Kind"><c>user</c>, <c>usergroup</c>, <c>channel</c>, <c>broadcast</c> or <c>link</c>.</param>
/// <param name="Value">The id, the range (here, channel, everyone) or the address.</param>
/// <param name="Where">The field it was found in.</param>
public sealed record SlackLiveThing(string Kind, string Value, string Where);

/// <summary>Reads a message as Slack's client does: what in it would notify somebody or could be followed.</summary>
public static partial class SlackText
{
    /// <summary>Everything live in the text and in all blocks. The text of a message with blocks is what the notification shows, and notifies too.</summary>
    public static IReadOnlyList<SlackLiveThing> LiveThings(JsonObject message)
    {
        var found = new List<SlackLiveThing>();
        if (message["text"] is JsonValue text && message["mrkdwn"]?.ToJsonString() != "false")
            Mrkdwn(text.ToString(), "text", verbatim: false, found);
        foreach (var (name, value) in message)
            if (name is "blocks" or "attachments")
                Walk(value, name, found);
        return found;
    }

    /// <summary>Everything live in a text as mrkdwn.</summary>
    public static IReadOnlyList<SlackLiveThing> LiveThings(string mrkdwn)
    {
        var found = new List<SlackLiveThing>();
        Mrkdwn(mrkdwn, "text", verbatim: false, found);
        return found;
    }

    private static void Walk(JsonNode? node, string where, List<SlackLiveThing> found)
    {
        if (node is JsonArray items)
            foreach (var (index, item) in items.Index())
                Walk(item, $"{where}/{index}", found);
        if (node is not JsonObject thing)
            return;
        switch (thing["type"]?.ToString())
        {
            case "mrkdwn":
                Mrkdwn(thing["text"]?.ToString() ?? "", where, thing["verbatim"]?.ToJsonString() == "true", found);
                return;
            // A client shows plain text as it is; it names nobody and leads nowhere.
            case "plain_text" or "text" or "raw_text":
                return;
            case "markdown":
                Markdown(thing["text"]?.ToString() ?? "", where, found);
                return;
            case "user":
                found.Add(new("user", thing["user_id"]?.ToString() ?? "", where));
                return;
            case "usergroup":
                found.Add(new("usergroup", thing["usergroup_id"]?.ToString() ?? "", where));
                return;
            case "channel":
                found.Add(new("channel", thing["channel_id"]?.ToString() ?? "", where));
                return;
            case "broadcast":
                found.Add(new("broadcast", thing["range"]?.ToString() ?? "", where));
                return;
        }
        foreach (var (name, value) in thing)
        {
            if (name is "url" or "title_link" or "from_url" or "author_link" && value is JsonValue)
                found.Add(new("link", value.ToString(), $"{where}/{name}"));
            else if (name is "text" or "pretext" or "fallback" && value is JsonValue)
                Mrkdwn(value.ToString(), $"{where}/{name}", verbatim: false, found);
            else
                Walk(value, $"{where}/{name}", found);
        }
    }

    private static void Mrkdwn(string text, string where, bool verbatim, List<SlackLiveThing> found)
    {
        var rest = Angle().Replace(text, match =>
        {
            if (Angled(match.Groups[1].Value) is { } thing)
                found.Add(thing with { Where = where });
            return " ";
        });
        // Without verbatim Slack finds addresses, channels and people by itself in what is left.
        if (verbatim)
            return;
        foreach (Match bare in Bare().Matches(rest))
            found.Add(new("link", bare.Value, where));
        foreach (Match broadcast in AtAll().Matches(rest))
            found.Add(new("broadcast", broadcast.Groups[1].Value, where));
    }

    private static SlackLiveThing? Angled(string inside)
    {
        var target = inside.Split('|')[0];
        return target switch
        {
            ['@', .. var user] when UserId().IsMatch(user) => new("user", user, ""),
            ['#', .. var channel] when channel.Length > 0 => new("channel", channel, ""),
            ['!', 's', 'u', 'b', 't', 'e', 'a', 'm', '^', .. var group] => new("usergroup", group, ""),
            "!here" or "!channel" or "!everyone" or "!group" => new("broadcast", target[1..], ""),
            ['!', ..] => null,
            _ when Address().IsMatch(target) => new("link", target, ""),
            _ => null,
        };
    }

    /// <summary>A markdown block: links in both spellings, images, bare addresses, and Slack's own angled mentions.</summary>
    private static void Markdown(string text, string where, List<SlackLiveThing> found)
    {
        var rest = MarkdownLink().Replace(text, match =>
        {
            found.Add(new("link", match.Groups[1].Value, where));
            return " ";
        });
        Mrkdwn(rest, where, verbatim: false, found);
    }

    [GeneratedRegex("<([^<>]+)>")]
    private static partial Regex Angle();

    [GeneratedRegex(@"^[UW][A-Z0-9]+$")]
    private static partial Regex UserId();

    [GeneratedRegex(@"^(?:https?|mailto|tel|slack|ftp):", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?:(?<!\w)(?:https?|ftp)://[^\s<>|]+|(?<![\w@.-])(?:www\.)[a-z0-9-]+\.[^\s<>|]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|de|uk|eu|ru|cn|info|biz|ly|me|co|gg|xyz)(?![\w-])(?:/[^\s<>|]*)?|[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<![\w@])@(here|channel|everyone)\b")]
    private static partial Regex AtAll();

    [GeneratedRegex(@"\[[^\]]*\]\(\s*<?([^)\s>]+)[^)]*\)")]
    private static partial Regex MarkdownLink();
}
