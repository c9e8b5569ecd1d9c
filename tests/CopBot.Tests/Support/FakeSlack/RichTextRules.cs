using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The rules of rich text: sections, lists, quotes and preformatted text, and what stands in them.</summary>
internal static class RichTextRules
{
    public static void Check(BlockKitWalk walk, JsonObject block, string where)
    {
        foreach (var node in walk.Items(block, "elements", 1, int.MaxValue, where))
        {
            var part = node as JsonObject ?? [];
            var type = (string?)part["type"];
            switch (type)
            {
                case "rich_text_section":
                    Inline(walk, part, where, "type elements", textOnly: false);
                    break;
                case "rich_text_quote":
                    Inline(walk, part, where, "type elements border", textOnly: false);
                    break;
                case "rich_text_preformatted":
                    Inline(walk, part, where, "type elements border language", textOnly: true);
                    break;
                case "rich_text_list":
                    walk.Keys(part, $"{where} list", "type elements style indent offset border");
                    if ((string?)part["style"] is not ("bullet" or "ordered"))
                        walk.Problems.Add($"{where}: a list of the style {part["style"]}");
                    foreach (var item in walk.Items(part, "elements", 1, int.MaxValue, $"{where} list"))
                    {
                        if ((string?)(item as JsonObject)?["type"] != "rich_text_section")
                            walk.Problems.Add($"{where}: an item of a list is a rich_text_section");
                        else
                            Inline(walk, item!.AsObject(), where, "type elements", textOnly: false);
                    }
                    break;
                default:
                    walk.Problems.Add($"{where}: {type} in rich text");
                    break;
            }
        }
    }

    private static void Inline(BlockKitWalk walk, JsonObject part, string where, string keys, bool textOnly)
    {
        walk.Keys(part, where, keys);
        foreach (var node in walk.Items(part, "elements", 0, int.MaxValue, where))
        {
            var element = node as JsonObject ?? [];
            var type = (string?)element["type"] ?? "";
            if (textOnly && type is not ("text" or "link"))
                walk.Problems.Add($"{where}: {type} in preformatted text");
            Element(walk, element, type, where);
            if (element["style"] is JsonObject style)
                walk.Keys(style, $"{where} style", "bold italic strike code underline highlight client_highlight unlink");
            else if (element["style"] is not null)
                walk.Problems.Add($"{where}: style of {type} is no object");
        }
    }

    /// <summary>Public for the fixtures of single elements.</summary>
    public static void Element(BlockKitWalk walk, JsonObject element, string type, string where)
    {
        var (keys, needed) = type switch
        {
            "text" => ("type text style", "text"),
            "user" => ("type user_id style", "user_id"),
            "usergroup" => ("type usergroup_id style", "usergroup_id"),
            "channel" => ("type channel_id style", "channel_id"),
            "team" => ("type team_id style", "team_id"),
            "emoji" => ("type name unicode url style skin_tone", "name"),
            "link" => ("type url text unsafe style", "url"),
            "broadcast" => ("type range style", "range"),
            "color" => ("type value style", "value"),
            "date" => ("type timestamp format url fallback style", "format"),
            _ => ("", ""),
        };
        if (keys.Length == 0)
        {
            walk.Problems.Add($"{where}: {type} in rich text");
            return;
        }
        walk.Keys(element, $"{where} {type}", keys);
        walk.Longest(element, needed, int.MaxValue, $"{where} {type}", required: true);
        if (type == "broadcast" && (string?)element["range"] is not ("here" or "channel" or "everyone"))
            walk.Problems.Add($"{where}: a broadcast to {element["range"]}");
        if (type == "date" && element["timestamp"] is null)
            walk.Problems.Add($"{where}: a date without timestamp");
        if (type == "link")
            walk.Url(element, "url", where);
    }
}
