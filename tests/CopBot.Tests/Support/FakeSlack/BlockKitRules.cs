using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The published limits of Block Kit. Whatever breaks one is refused by Slack, mostly with <c>invalid_blocks</c>.</summary>
public static class BlockKitRules
{
    /// <summary>How the one problem begins that Slack calls <c>msg_blocks_too_long</c>.</summary>
    public const string TooLong = "all blocks together";
    private const int MostInMessage = 50;
    private const int MostInView = 100;
    private const int MostCharacters = 13_200;

    /// <summary>Everything that Slack would not accept in a message, or in the body of an answer to a response url.</summary>
    public static IReadOnlyList<string> ProblemsOfMessage(JsonObject message)
    {
        var walk = new BlockKitWalk(BlockKitSurface.Message);
        if (message["blocks"] is { } node)
            Walk(walk, node, MostInMessage);
        foreach (var attachment in (message["attachments"] as JsonArray ?? []).OfType<JsonObject>().Where(attachment => attachment["blocks"] is not null))
        {
            var inside = new BlockKitWalk(BlockKitSurface.Message);
            Walk(inside, attachment["blocks"]!, MostInMessage);
            walk.Problems.AddRange(inside.Problems.Select(problem => $"attachment: {problem}"));
        }
        if (message["attachments"] is JsonArray { Count: > 100 })
            walk.Problems.Add("more than 100 attachments");
        if (message["markdown_text"] is JsonValue markdown && BlockKitWalk.Length(markdown.ToString()) > 12_000)
            walk.Problems.Add("markdown_text of more than 12000 characters");
        if (message["blocks"] is JsonArray blocks && blocks.Sum(Characters) is > MostCharacters and var characters)
            walk.Problems.Add($"{TooLong} have {characters} characters, more than {MostCharacters}");
        return walk.Problems;
    }

    /// <summary>Everything that Slack would not accept in a modal or a home tab.</summary>
    public static IReadOnlyList<string> ProblemsOfView(JsonObject view)
    {
        var type = (string?)view["type"];
        var walk = new BlockKitWalk(type == "home" ? BlockKitSurface.Home : BlockKitSurface.Modal);
        if (type is not ("modal" or "home"))
            walk.Problems.Add($"a view of the type {type}");
        walk.Keys(view, "view", type == "home" ? "type blocks private_metadata callback_id external_id" : "type title blocks close submit private_metadata callback_id clear_on_close notify_on_close external_id submit_disabled");
        if (view["blocks"] is not JsonArray { Count: > 0 })
            walk.Problems.Add("a view without blocks");
        else
            Walk(walk, view["blocks"]!, MostInView);
        walk.Longest(view, "private_metadata", 3000, "view");
        walk.Longest(view, "callback_id", 255, "view");
        walk.Longest(view, "external_id", 255, "view");
        if (type != "modal")
            return walk.Problems;
        walk.Plain(view, "title", 24, "view", required: true);
        walk.Plain(view, "close", 24, "view");
        walk.Plain(view, "submit", 24, "view");
        if (view["submit"] is null && view["blocks"] is JsonArray blocks && blocks.Any(block => (string?)block?["type"] == "input"))
            walk.Problems.Add("a modal with inputs and no submit");
        return walk.Problems;
    }

    /// <summary>Everything that Slack would not accept in an answer to <c>block_suggestion</c>.</summary>
    public static IReadOnlyList<string> ProblemsOfOptions(JsonObject answer)
    {
        var walk = new BlockKitWalk(BlockKitSurface.Modal);
        BlockKitElements.Choices(walk, answer, "suggestion", 100, needed: true, inMenu: true, least: 0);
        return walk.Problems;
    }

    /// <summary>Everything that Slack would not accept in one element or composition of its own; for trying out fixtures.</summary>
    internal static IReadOnlyList<string> ProblemsOfElement(JsonObject element)
    {
        var walk = new BlockKitWalk(BlockKitSurface.Modal);
        BlockKitElements.Check(walk, element, "element", null);
        return walk.Problems;
    }

    /// <summary>The elements of a block that are not text.</summary>
    internal static IEnumerable<JsonObject> ElementsOf(JsonObject block) => (string?)block["type"] switch
    {
        "actions" or "context" => (block["elements"] as JsonArray ?? []).OfType<JsonObject>(),
        "section" => block["accessory"] is JsonObject accessory ? [accessory] : [],
        "input" => block["element"] is JsonObject element ? [element] : [],
        _ => [],
    };

    /// <summary>The element can be pressed, chosen in or typed into.</summary>
    internal static bool IsInteractive(JsonObject element) => BlockKitElements.Interactive.Contains((string?)element["type"] ?? "");

    private static void Walk(BlockKitWalk walk, JsonNode node, int most)
    {
        if (node is not JsonArray blocks)
        {
            walk.Problems.Add("blocks are not a list");
            return;
        }
        if (blocks.Count > most)
            walk.Problems.Add($"{blocks.Count} blocks, more than {most}");
        for (var index = 0; index < blocks.Count; index++)
        {
            if (blocks[index] is JsonObject block)
                BlockKitBlocks.Check(walk, block, $"blocks/{index}");
            else
                walk.Problems.Add($"blocks/{index} is not an object");
        }
        foreach (var twice in walk.BlockIds.GroupBy(id => id).Where(same => same.Count() > 1))
            walk.Problems.Add($"block_id {twice.Key} is used {twice.Count()} times");
        foreach (var twice in walk.ActionIds.GroupBy(id => id).Where(same => same.Count() > 1))
            walk.Problems.Add($"action_id {twice.Key} is used {twice.Count()} times");
        if (blocks.Count(block => (string?)block?["type"] == "table") > 1)
            walk.Problems.Add("more than one table");
        if (blocks.Where(block => (string?)block?["type"] == "markdown").Sum(block => BlockKitWalk.Length((string?)block!["text"] ?? "")) > 12_000)
            walk.Problems.Add("markdown blocks of more than 12000 characters together");
    }

    /// <summary>All characters that are shown.</summary>
    private static int Characters(JsonNode? node) => node switch
    {
        JsonArray items => items.Sum(Characters),
        JsonObject thing => thing.Sum(field => field.Value is JsonValue value ? (field.Key is "text" or "alt_text" && value.TryGetValue<string>(out var text) ? BlockKitWalk.Length(text) : 0) : Characters(field.Value)),
        _ => 0,
    };
}
