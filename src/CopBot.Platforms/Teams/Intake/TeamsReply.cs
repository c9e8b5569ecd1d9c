using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>What an activity is answered with over HTTP; what the bot has to say comes by itself.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The answer of an invoke (bots/how-to/conversations, “Invoke activity”); null for none.</param>
public sealed record TeamsReply(int Status, JsonNode? Body = null)
{
    public static TeamsReply Taken { get; } = new(200);

    /// <summary>What the bot does not know, such as a kind of invoke that is newer than it.</summary>
    public static TeamsReply Unknown { get; } = new(501);

    /// <summary>A word to whoever clicked, which stays nowhere (work-with-universal-actions-for-adaptive-cards, “Response format”).</summary>
    public static TeamsReply Word(string text) => new(200, new JsonObject { ["statusCode"] = 200, ["type"] = "application/vnd.microsoft.activity.message", ["value"] = text });

    /// <summary>The card in place of the one that was clicked, for whoever clicked alone.</summary>
    public static TeamsReply Card(JsonObject card) => new(200, new JsonObject { ["statusCode"] = 200, ["type"] = TeamsMessage.ContentType, ["value"] = card });

    /// <summary>A click that cannot be understood.</summary>
    public static TeamsReply Bad(string text) => new(200, new JsonObject { ["statusCode"] = 400, ["type"] = "application/vnd.microsoft.error", ["value"] = new JsonObject { ["code"] = "BadRequest", ["message"] = text } });

    /// <summary>A dialog, of a task module or of a message extension.</summary>
    public static TeamsReply Dialog(TeamsDialog dialog) => new(200, new JsonObject { ["task"] = new JsonObject { ["type"] = "continue", ["value"] = dialog.ToJson() } });

    /// <summary>The dialog of the app's settings.</summary>
    public static TeamsReply Config(TeamsDialog dialog) => new(200, new JsonObject { ["responseType"] = "config", ["config"] = new JsonObject { ["type"] = "continue", ["value"] = dialog.ToJson() } });

    /// <summary>A word in place of that dialog.</summary>
    public static TeamsReply ConfigWord(string text) => new(200, new JsonObject { ["responseType"] = "config", ["config"] = new JsonObject { ["type"] = "message", ["value"] = text } });

    /// <summary>A word in place of the dialog.</summary>
    public static TeamsReply LastWord(string text) => new(200, new JsonObject { ["task"] = new JsonObject { ["type"] = "message", ["value"] = text } });
}
