using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The rules of each kind of block.</summary>
internal static class BlockKitBlocks
{
    public static void Check(BlockKitWalk walk, JsonObject block, string at)
    {
        var type = (string?)block["type"] ?? "";
        var where = $"{at} ({type})";
        walk.Longest(block, "block_id", 255, where, least: 1);
        if ((string?)block["block_id"] is { } id)
            walk.BlockIds.Add(id);
        switch (type)
        {
            case "section":
                Section(walk, block, where);
                break;
            case "header":
                walk.Keys(block, where, "type block_id text");
                walk.Plain(block, "text", 150, where, required: true);
                break;
            case "divider":
                walk.Keys(block, where, "type block_id");
                break;
            case "context":
                walk.Keys(block, where, "type block_id elements");
                Context(walk, block, where);
                break;
            case "actions":
                walk.Keys(block, where, "type block_id elements");
                foreach (var element in walk.Items(block, "elements", 1, 25, where))
                    Element(walk, element, where, BlockKitElements.InActions, type);
                break;
            case "input":
                Input(walk, block, where);
                break;
            case "image":
                walk.Keys(block, where, "type block_id image_url slack_file alt_text title");
                BlockKitElements.Image(walk, block, where);
                if (block["title"] is not null)
                    walk.Plain(block, "title", 2000, where);
                break;
            case "markdown":
                walk.Keys(block, where, "type block_id text");
                walk.Longest(block, "text", 12_000, where, required: true);
                OnlyIn(walk, where, BlockKitSurface.Message);
                break;
            case "rich_text":
                walk.Keys(block, where, "type block_id elements");
                RichTextRules.Check(walk, block, where);
                break;
            case "table":
                Table(walk, block, where);
                break;
            default:
                walk.Problems.Add($"{where}: a kind of block that the bot must not depend on");
                break;
        }
    }

    private static void OnlyIn(BlockKitWalk walk, string where, BlockKitSurface surface)
    {
        if (walk.Surface != surface)
            walk.Problems.Add($"{where}: not allowed in a view");
    }

    private static void Element(BlockKitWalk walk, JsonNode? node, string where, string[] allowed, string block)
    {
        if (node is not JsonObject element || !allowed.Contains((string?)element["type"] ?? ""))
            walk.Problems.Add($"{where}: an element of the type {(node as JsonObject)?["type"]} in a block of the type {block}");
        else
            BlockKitElements.Check(walk, element, where, block);
    }

    private static void Section(BlockKitWalk walk, JsonObject block, string where)
    {
        walk.Keys(block, where, "type block_id text fields accessory expand");
        if (block["text"] is null && block["fields"] is null)
            walk.Problems.Add($"{where}: neither text nor fields");
        walk.Text(block, "text", 3000, where);
        if (block["fields"] is not null)
            foreach (var field in walk.Items(block, "fields", 1, 10, where))
                walk.Text(field, 2000, $"{where}/fields");
        if (block["accessory"] is { } accessory)
            Element(walk, accessory, where, BlockKitElements.InSection, "section");
    }

    private static void Context(BlockKitWalk walk, JsonObject block, string where)
    {
        foreach (var element in walk.Items(block, "elements", 1, 10, where))
        {
            if ((string?)(element as JsonObject)?["type"] == "image")
                BlockKitElements.Check(walk, element!.AsObject(), where, "context");
            else
                walk.Text(element, 3000, $"{where}/elements");
        }
    }

    private static void Input(BlockKitWalk walk, JsonObject block, string where)
    {
        walk.Keys(block, where, "type block_id label element hint optional dispatch_action");
        walk.Plain(block, "label", 2000, where, required: true);
        walk.Plain(block, "hint", 2000, where);
        Element(walk, block["element"], where, BlockKitElements.InInput, "input");
    }

    private static void Table(BlockKitWalk walk, JsonObject block, string where)
    {
        walk.Keys(block, where, "type block_id rows column_settings");
        OnlyIn(walk, where, BlockKitSurface.Message);
        var widths = new List<int>();
        foreach (var row in walk.Items(block, "rows", 1, 100, where))
        {
            var cells = row as JsonArray ?? [];
            widths.Add(cells.Count);
            foreach (var cell in cells)
            {
                switch ((string?)(cell as JsonObject)?["type"])
                {
                    case "raw_text":
                        walk.Keys(cell!.AsObject(), $"{where} cell", "type text");
                        walk.Longest(cell.AsObject(), "text", 3000, $"{where} cell", required: true);
                        break;
                    case "rich_text":
                        walk.Keys(cell!.AsObject(), $"{where} cell", "type elements block_id");
                        RichTextRules.Check(walk, cell.AsObject(), $"{where} cell");
                        break;
                    default:
                        walk.Problems.Add($"{where}: a cell of the type {(cell as JsonObject)?["type"]}");
                        break;
                }
            }
        }
        if (widths.Distinct().Count() > 1)
            walk.Problems.Add($"{where}: rows of different widths");
        if (widths.Exists(width => width is 0 or > 20))
            walk.Problems.Add($"{where}: rows have 1 to 20 cells");
        foreach (var column in walk.Items(block, "column_settings", 0, 20, where).OfType<JsonObject>())
        {
            walk.Keys(column, $"{where} column", "align is_wrapped");
            if (column["align"] is { } align && (string?)align is not ("left" or "center" or "right"))
                walk.Problems.Add($"{where}: align {align}");
        }
        if (block["column_settings"] is JsonArray settings && widths.Count > 0 && settings.Count > widths.Max())
            walk.Problems.Add($"{where}: settings for more columns than there are");
    }
}
