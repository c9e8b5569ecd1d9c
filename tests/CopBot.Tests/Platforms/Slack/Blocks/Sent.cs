using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;

namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>Messages as they are sent, in a form that can be compared.</summary>
public static class Sent
{
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonSerializerOptions Indented { get; } = new(Readable) { WriteIndented = true };

    /// <summary>Ana may be mentioned here, Eve not.</summary>
    public static SlackReader Reader { get; } = new(SampleMessages.NameOf, person => person == SampleMessages.Ana ? "U0ANA" : null);

    public static string Golden(JsonNode node) => node.ToJsonString(Indented);

    public static JsonObject Json(SlackMessage message) => new() { ["text"] = message.Text, ["blocks"] = message.Blocks };

    public static Message Message(params Block[] blocks) => new("What it is.", Card.Of(blocks));

    public static RichText Text(params Run[] runs) => new(runs);
}
