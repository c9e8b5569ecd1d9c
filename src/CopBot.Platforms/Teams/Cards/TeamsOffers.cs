using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>
/// What can be clicked, as JSON (task-modules-and-cards/cards/universal-actions-for-adaptive-cards): Action.Execute, with an Action.Submit of the same data for
/// clients that do not know it. <see cref="TeamsActions"/> reads what comes back.
/// </summary>
internal static class TeamsOffers
{
    /// <summary>Whether an action takes the line whole. Part of a line would be another command, so it is never cut.</summary>
    public static bool Carries(string line) => line.Trim().Length > 0 && CodePoints.Count(line) <= TeamsLimits.Line;

    /// <summary>A button that says a line. Before what is not easily undone there is a question.</summary>
    public static JsonObject Say(Button button, TeamsReader reader, int number)
    {
        var data = Data(TeamsActions.Say, reader.Reference, number, (TeamsActions.LineName, CodePoints.WellFormed(button.Line)));
        if (!button.Destructive)
            return Execute(Title(button.Label), data);
        return new()
        {
            ["type"] = "Action.ShowCard",
            ["title"] = Title(button.Label),
            ["style"] = "destructive",
            ["card"] = new JsonObject
            {
                ["type"] = "AdaptiveCard",
                ["version"] = TeamsMessage.Version,
                ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = "Are you sure? This is not easily undone.", ["wrap"] = true, ["weight"] = "Bolder" }),
                ["actions"] = new JsonArray(Execute("Yes, go ahead", data, "destructive")),
            },
        };
    }

    /// <summary>What belongs to CopBot in the data of an action.</summary>
    public static JsonObject Data(string what, string? reference, int number, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var own = new JsonObject { [TeamsActions.Do] = what };
        foreach (var (name, value) in more)
            own[name] = value;
        if (reference is { Length: > 0 and <= TeamsLimits.Reference })
            own[TeamsActions.CardName] = reference;
        own[TeamsActions.Number] = number;
        return new() { [TeamsActions.Own] = own };
    }

    /// <summary>An action; where it takes no inputs along, those that are empty cannot hold it up either.</summary>
    public static JsonObject Execute(string title, JsonObject data, string? style = null, bool inputs = false)
    {
        var action = Styled(new() { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = data[TeamsActions.Own]![TeamsActions.Do]!.GetValue<string>(), ["data"] = data }, style, inputs);
        action["fallback"] = Submit(title, (JsonObject)data.DeepClone(), style, inputs);
        return action;
    }

    /// <summary>An action for dialogs, which know no other.</summary>
    public static JsonObject Submit(string title, JsonObject data, string? style = null, bool inputs = false) =>
        Styled(new() { ["type"] = "Action.Submit", ["title"] = title, ["data"] = data }, style, inputs);

    /// <summary>A button that opens the dialog of a form (task-modules-and-cards/task-modules/task-modules-bots: <c>task/fetch</c> comes of Action.Submit alone).</summary>
    public static JsonObject Open(Form form, TeamsReader reader, int number)
    {
        var data = Data(TeamsActions.Form, reader.Reference, number, (TeamsActions.LineName, CodePoints.WellFormed(KnownLine.Of(form, TeamsLimits.Line, CodePoints.Count))));
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return Submit(Title($"Fill in {form.Command}"), data, "positive");
    }

    /// <summary>The options of a choice and the button behind them. An option's value is its number in the message, a colon, and its line.</summary>
    public static IEnumerable<JsonObject> Choose(IReadOnlyList<(int Number, Button Button)> options, TeamsReader reader, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{TeamsActions.Pick}{number}");
        return
        [
            new JsonObject
            {
                ["type"] = "Input.ChoiceSet",
                ["id"] = id,
                ["style"] = "compact",
                ["label"] = "Choose one",
                ["placeholder"] = "Choose …",
                ["choices"] = new JsonArray([.. options.Select(option => Option(option.Button.Label, string.Create(CultureInfo.InvariantCulture, $"{option.Number}:{CodePoints.WellFormed(option.Button.Line)}")))]),
            },
            Set([Execute("Choose", Data(TeamsActions.Say, reader.Reference, number, (TeamsActions.PickName, id)), inputs: true)]),
        ];
    }

    public static JsonObject Option(string title, string value) => new() { ["title"] = Title(title), ["value"] = value };

    public static JsonObject Set(IEnumerable<JsonObject> actions) => new() { ["type"] = "ActionSet", ["actions"] = new JsonArray([.. actions]) };

    /// <summary>One line of text where no Markdown is read.</summary>
    public static string Title(string text, int most = TeamsLimits.ActionTitle) =>
        CodePoints.Fit(CodePoints.Line(text).Trim(), most).Trim() is { Length: > 0 } shown ? Addresses.Inert(shown) : "…";

    private static JsonObject Styled(JsonObject action, string? style, bool inputs)
    {
        if (style is not null)
            action["style"] = style;
        action["associatedInputs"] = inputs ? "auto" : "none";
        return action;
    }
}
