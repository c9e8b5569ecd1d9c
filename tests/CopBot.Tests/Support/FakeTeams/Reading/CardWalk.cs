using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Goes through a card from top to bottom and writes down what is shown.</summary>
internal sealed class CardWalk
{
    private readonly List<TeamsLiveThing> live = [];
    private readonly List<string> links = [], lines = [];

    public IReadOnlyList<TeamsLiveThing> Live => live;

    /// <summary>Where the card's own actions lead.</summary>
    public IReadOnlyList<string> Links => links;
    public IReadOnlyList<string> Lines => lines;

    public void Card(JsonObject card, string at)
    {
        Opens(card["selectAction"]);
        All(card["body"], $"{at}body");
        Actions(card["actions"], $"{at}actions");
    }

    private void All(JsonNode? items, string at)
    {
        foreach (var (index, item) in (items as JsonArray ?? []).OfType<JsonObject>().Index())
            Element(item, $"{at}[{index}]");
    }

    private void Element(JsonObject element, string at)
    {
        var before = lines.Count;
        Opens(element["selectAction"]);
        switch (TeamsCards.TypeOf(element))
        {
            case "TextBlock":
                lines.Add(Markdown(TeamsCards.Text(element, "text"), $"{at}.text"));
                break;
            case "RichTextBlock":
                lines.Add(string.Concat((element["inlines"] as JsonArray ?? []).Select(Run)));
                break;
            case "FactSet":
                foreach (var (index, fact) in (element["facts"] as JsonArray ?? []).OfType<JsonObject>().Index())
                    lines.Add($"{Markdown(TeamsCards.Text(fact, "title"), $"{at}.facts[{index}].title")} {Markdown(TeamsCards.Text(fact, "value"), $"{at}.facts[{index}].value")}");
                break;
            case "Container" or "Column" or "TableCell":
                All(element["items"], $"{at}.items");
                break;
            case "ColumnSet":
                All(element["columns"], $"{at}.columns");
                break;
            case "Table":
                foreach (var (index, row) in (element["rows"] as JsonArray ?? []).OfType<JsonObject>().Index())
                    Row(row, $"{at}.rows[{index}]");
                break;
            case "ActionSet":
                Actions(element["actions"], $"{at}.actions");
                break;
            case "Image" or "Media":
                lines.Add($"({TeamsCards.Text(element, "altText")})");
                break;
            case "ImageSet":
                All(element["images"], $"{at}.images");
                break;
            case var chart when chart.StartsWith("Chart.", StringComparison.Ordinal):
                lines.Add($"({TeamsCards.Text(element, "title")})");
                if (element["fallback"] is JsonObject instead)
                    Element(instead, $"{at}.fallback");
                break;
            case "Input.Toggle":
                lines.Add($"  ({Label(element, at)} {Markdown(TeamsCards.Text(element, "title"), $"{at}.title")})".Replace("( ", "(", StringComparison.Ordinal));
                break;
            case var type when type.StartsWith("Input.", StringComparison.Ordinal):
                lines.Add($"  ({Label(element, at)})");
                lines.AddRange((element["choices"] as JsonArray ?? []).OfType<JsonObject>().Select(choice => $"    {TeamsCards.Text(choice, "title")}"));
                break;
            default:
                break;
        }
        // What a toggle brings out is not read before; what is live in it counts all the same.
        if (element["isVisible"] is JsonValue visible && visible.TryGetValue<bool>(out var shown) && !shown)
            lines.RemoveRange(before, lines.Count - before);
    }

    private void Row(JsonObject row, string at)
    {
        List<string> cells = [];
        foreach (var (index, cell) in (row["cells"] as JsonArray ?? []).OfType<JsonObject>().Index())
        {
            var before = lines.Count;
            Element(cell, $"{at}.cells[{index}]");
            cells.Add(string.Join(' ', lines.Skip(before)));
            lines.RemoveRange(before, lines.Count - before);
        }
        lines.Add(string.Join(" | ", cells));
    }

    private void Actions(JsonNode? actions, string at)
    {
        foreach (var (index, action) in (actions as JsonArray ?? []).OfType<JsonObject>().Index())
        {
            lines.Add($"  [{TeamsCards.Text(action, "title")}]");
            Opens(action);
            if (action["card"] is JsonObject inner)
                Card(inner, $"{at}[{index}].card.");
        }
    }

    // Runs are shown as they are, whatever is in them.
    private string Run(JsonNode? inline)
    {
        if (inline is not JsonObject run)
            return inline?.ToString() ?? "";
        Opens(run["selectAction"]);
        return TeamsCards.Text(run, "text");
    }

    private void Opens(JsonNode? action)
    {
        if (action is JsonObject open && TeamsCards.TypeOf(open) == "Action.OpenUrl")
            links.Add(TeamsCards.Text(open, "url"));
    }

    private string Label(JsonObject input, string at) => Markdown(TeamsCards.Text(input, "label"), $"{at}.label");

    private string Markdown(string text, string at)
    {
        var markdown = new TeamsMarkdown(at);
        var shown = markdown.Shown(text);
        live.AddRange(markdown.Live);
        return shown;
    }
}
