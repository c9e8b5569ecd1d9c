using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>Buttons and options: a label that is read and a command line that a click sends back.</summary>
internal static class Offers
{
    /// <summary>Whether Slack takes the line whole. Part of a line would be another command, so it is never cut.</summary>
    public static bool Fits(Button button) => button.Line.Length > 0 && CodePoints.Count(button.Line) <= BlockKitLimits.ButtonValue;

    public static JsonObject Button(string label, string line, string action, bool destructive = false)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = action, ["text"] = Label.Of(label, BlockKitLimits.ButtonText, "…"), ["value"] = CodePoints.WellFormed(line) };
        if (destructive)
        {
            button["style"] = "danger";
            button["confirm"] = new JsonObject
            {
                ["title"] = Label.Of("Are you sure?", BlockKitLimits.ConfirmTitle, "…"),
                ["text"] = Label.Of($"{CodePoints.Fit(label, BlockKitLimits.ButtonText)}: this is not easily undone.", BlockKitLimits.ConfirmText, "…"),
                ["confirm"] = Label.Of("Yes, go ahead", BlockKitLimits.ConfirmButton, "…"),
                ["deny"] = Label.Of("No, leave it", BlockKitLimits.ConfirmButton, "…"),
                ["style"] = "danger",
            };
        }

        return button;
    }

    public static JsonObject Option(string label, string value) =>
        new() { ["text"] = Label.Of(label, BlockKitLimits.OptionText, "…"), ["value"] = CodePoints.WellFormed(value) };

    public static bool FitsOption(string value) => value.Length > 0 && CodePoints.Count(value) <= BlockKitLimits.OptionValue;

    public static JsonObject Actions(IEnumerable<JsonObject> elements) => new() { ["type"] = "actions", ["elements"] = new JsonArray([.. elements]) };
}
