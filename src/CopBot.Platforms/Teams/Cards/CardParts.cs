using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>Pieces that cards are put together from. Colours are those that have a meaning, which each theme chooses for itself.</summary>
internal static class CardParts
{
    /// <summary>Columns side by side.</summary>
    public static JsonObject Columns(string spacing, params JsonObject[] columns) => new() { ["type"] = "ColumnSet", ["spacing"] = spacing, ["columns"] = new JsonArray([.. columns]) };

    public static JsonObject Column(JsonNode width, JsonObject? item) => new() { ["type"] = "Column", ["width"] = width, ["items"] = item is null ? [] : new JsonArray(item) };

    /// <summary>A name and its value. Names that are all short take no more than they need.</summary>
    public static JsonObject Fact(int longestName, JsonObject? name, JsonObject? value)
    {
        const int Short = 12;
        return longestName <= Short
            ? Columns("Small", Column(string.Create(CultureInfo.InvariantCulture, $"{16 + 9 * longestName}px"), name), Column("stretch", value))
            : Columns("Small", Column(1, name), Column(2, value));
    }

    public static JsonObject Container(string? style, IEnumerable<JsonObject> items)
    {
        var container = new JsonObject { ["type"] = "Container", ["items"] = new JsonArray([.. items]) };
        if (style is not null)
            container["style"] = style;
        return container;
    }

    /// <summary>A bar of two parts; the words below it say the same for those who do not see it.</summary>
    public static JsonObject Bar(int full, int steps)
    {
        List<JsonObject> parts = [];
        if (full > 0)
            parts.Add(Stretch(full, full == steps ? "good" : "accent"));
        if (full < steps)
            parts.Add(Stretch(steps - full, "emphasis"));
        return Columns("Small", [.. parts]);
    }

    /// <summary>Ranks, names, points. The first row is the heading unless one says otherwise; the published schemas disagree on how to say so.</summary>
    public static JsonObject Table(IEnumerable<JsonObject> rows) => new()
    {
        ["type"] = "Table",
        ["columns"] = new JsonArray(Width("56px"), Width(1), Width("64px")),
        ["showGridLines"] = false,
        ["rows"] = new JsonArray([.. rows]),
    };

    /// <summary>The row with the names of the columns, the last of them at the right.</summary>
    public static JsonObject Heading(params string[] words)
    {
        return Row(null, [.. words.Select((word, at) => Cell(word, at == words.Length - 1))]);

        static IEnumerable<JsonObject> Cell(string word, bool right)
        {
            var text = new JsonObject { ["type"] = "TextBlock", ["text"] = word, ["weight"] = "Bolder", ["size"] = "Small", ["wrap"] = true };
            if (right)
                text["horizontalAlignment"] = "Right";
            return [text];
        }
    }

    public static JsonObject Row(string? style, params IEnumerable<JsonObject>[] cells)
    {
        var row = new JsonObject { ["type"] = "TableRow", ["cells"] = new JsonArray([.. cells.Select(items => new JsonObject { ["type"] = "TableCell", ["items"] = new JsonArray([.. items]) })]) };
        if (style is not null)
            row["style"] = style;
        return row;
    }

    /// <summary>The product's own words as a heading that screen readers find.</summary>
    public static JsonObject Title(string words) => new() { ["type"] = "TextBlock", ["text"] = words, ["style"] = "heading", ["wrap"] = true };

    private static JsonObject Width(JsonNode width) => new() { ["width"] = width };

    private static JsonObject Stretch(int share, string style) =>
        new() { ["type"] = "Column", ["width"] = share, ["style"] = style, ["spacing"] = "None", ["minHeight"] = "8px", ["items"] = new JsonArray() };
}
