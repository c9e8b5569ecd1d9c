using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>A form as the card of a dialog: of a task module or of a message extension.</summary>
public static class TeamsForm
{
    // What a dialog needs around its fields, and what a field needs, in pixels.
    private const int Frame = 120;
    private const int Each = 76;

    /// <summary>The dialog of a form.</summary>
    /// <param name="form">What is asked for; what is known is filled in.</param>
    /// <param name="reader">Who fills it in; its reference comes back with what was filled in.</param>
    /// <param name="title">The title, shortened to <see cref="TeamsLimits.DialogTitle"/> code points.</param>
    /// <param name="problems">What is wrong, by the parameter's name; it stands above the field, or at the top where there is none of that name.</param>
    /// <param name="number">The number of the action in its message; 0 where there was none.</param>
    public static TeamsDialog Card(Form form, TeamsReader reader, string title, IReadOnlyDictionary<string, RichText>? problems = null, int number = 0)
    {
        var fields = TeamsInputs.Fields(form).ToList();
        JsonObject card = [];
        for (var room = TeamsLimits.Input; ; room /= 2)
        {
            card = TeamsMessage.Wrap([.. Body(fields, reader, problems ?? new Dictionary<string, RichText>(), room)]);
            card["actions"] = new JsonArray(TeamsOffers.Submit("Send", TeamsInputs.Send(form, reader, number), "positive", inputs: true));
            if (TeamsMessage.Size(card) <= TeamsLimits.ContentBytes || room < 10)
                break;
        }

        var shown = CodePoints.Fit(CodePoints.Line(title).Trim(), TeamsLimits.DialogTitle).Trim();
        return new(shown.Length > 0 ? shown : "CopBot", card, Math.Clamp(Frame + Each * fields.Count, TeamsLimits.LowestDialog, TeamsLimits.HighestDialog), TeamsLimits.DialogWidth);
    }

    /// <summary>The same card as a message's, which is sent by an action that its answer may take the place of.</summary>
    public static JsonObject InPlace(JsonObject card)
    {
        var placed = card.DeepClone().AsObject();
        placed["actions"] = new JsonArray([.. placed["actions"]!.AsArray().OfType<JsonObject>().Select(send => TeamsOffers.Execute(send["title"]!.GetValue<string>(), send["data"]!.DeepClone().AsObject(), "positive", inputs: true))]);
        return placed;
    }

    private static IEnumerable<JsonObject> Body(List<Field> fields, TeamsReader reader, IReadOnlyDictionary<string, RichText> problems, int room)
    {
        if (problems.Count > 0)
            yield return CardParts.Title("Please look at this again.");
        foreach (var (_, problem) in problems.Where(one => fields.All(field => field.Name != one.Key)))
        {
            if (Problem(problem, reader) is { } text)
                yield return text;
        }

        if (fields.Count == 0)
            yield return new() { ["type"] = "TextBlock", ["text"] = "Nothing more is needed.", ["wrap"] = true };
        foreach (var field in fields)
        {
            if (problems.TryGetValue(field.Name, out var problem) && Problem(problem, reader) is { } text)
                yield return text;
            yield return TeamsInputs.Input(field, reader, room);
        }
    }

    private static JsonObject? Problem(RichText problem, TeamsReader reader) => new TeamsText(reader with { Accounts = static _ => null }, new(), TeamsLimits.Label).Say(problem, TeamsFace.Problem).Block();
}

/// <summary>A dialog (task-modules-and-cards/task-modules/invoking-task-modules, “Dialog info object”).</summary>
/// <param name="Title">The title, 1 to <see cref="TeamsLimits.DialogTitle"/> code points.</param>
/// <param name="Card">What it shows.</param>
/// <param name="Height">Pixels, from <see cref="TeamsLimits.LowestDialog"/> to <see cref="TeamsLimits.HighestDialog"/>.</param>
/// <param name="Width">Pixels.</param>
public sealed record TeamsDialog(string Title, JsonObject Card, int Height, int Width)
{
    /// <summary>The <c>value</c> of an answer of type <c>continue</c>.</summary>
    public JsonObject ToJson() => new()
    {
        ["title"] = Title,
        ["height"] = Height,
        ["width"] = Width,
        ["card"] = new JsonObject { ["contentType"] = TeamsMessage.ContentType, ["content"] = Card.DeepClone() },
    };
}
