using System.Text.Json.Nodes;

namespace CopBot.Core.Chat;

/// <summary>A card as neutral JSON with every name already looked up: what <c>rehearse --json</c> prints.</summary>
public sealed class CardJson(Func<PersonId, string> names) : IBlockRenderer<JsonNode>
{
    /// <summary>The blocks of a card as an object with one array, or null where there is no card.</summary>
    public static JsonNode? Of(Card? card, Func<PersonId, string> names)
    {
        if (card is null)
            return null;

        var renderer = new CardJson(names);
        return new JsonObject { ["blocks"] = Array(card.Blocks.Select(block => block.Render(renderer))) };
    }

    public JsonNode Paragraph(Paragraph block) => Kind("paragraph", ("text", Text(block.Text)));

    public JsonNode Facts(Facts block) =>
        Kind("facts", ("items", Array(block.Items.Select(fact => new JsonObject { ["name"] = fact.Name, ["value"] = Text(fact.Value) }))));

    public JsonNode Ranking(Ranking block) =>
        Kind("ranking",
            ("rows", Array(block.Rows.Select(row => new JsonObject
            {
                ["rank"] = row.Rank,
                ["who"] = Text(row.Who),
                ["points"] = row.Points,
                ["remark"] = row.Remark is null ? null : Text(row.Remark),
                ["own"] = row.Own,
            }))),
            ("more", block.More));

    public JsonNode Progress(Progress block) =>
        Kind("progress", ("label", Text(block.Label)), ("value", block.Value), ("target", block.Target), ("unit", block.Unit));

    public JsonNode Trend(Trend block) =>
        Kind("trend",
            ("label", Text(block.Label)),
            ("points", Array(block.Points.Select(point => new JsonObject { ["label"] = point.Label, ["value"] = point.Value }))));

    public JsonNode Note(Note block) => Kind("note", ("text", Text(block.Text)));

    public JsonNode Buttons(Buttons block) => Kind("buttons", ("items", Offers(block.Items)));

    public JsonNode Choice(Choice block) => Kind("choice", ("label", block.Label), ("options", Offers(block.Options)));

    public JsonNode Form(Form block) =>
        Kind("form",
            ("command", block.Command),
            ("fields", Array(block.Fields.Select(field => new JsonObject
            {
                ["name"] = field.Name,
                ["label"] = field.Label,
                ["type"] = field.Kind.ToString().ToLowerInvariant(),
                ["required"] = field.Required,
                ["choices"] = Array(field.Choices.Select(choice => JsonValue.Create(choice))),
                ["value"] = field.Value,
            }))));

    public JsonNode Document(Document block) => Kind("document", ("name", block.Name), ("mediaType", block.MediaType), ("content", block.Content));

    private static JsonObject Kind(string kind, params (string Name, JsonNode? Value)[] members)
    {
        var block = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in members)
            block[name] = value;
        return block;
    }

    private static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    private static JsonArray Offers(IEnumerable<Button> buttons) =>
        Array(buttons.Select(button => new JsonObject { ["label"] = button.Label, ["line"] = button.Line }));

    private string Text(RichText text) => PlainText.Of(text, names);
}
