using System.Text.Json.Nodes;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>Text where Slack takes no rich text: one line of <c>plain_text</c>, in which neither marks nor emoji names mean anything.</summary>
internal static class Label
{
    /// <summary>The text within its limit; <paramref name="otherwise"/> where there is nothing to read, as Slack refuses empty texts.</summary>
    public static JsonObject Of(string text, int most, string otherwise)
    {
        var shown = CodePoints.Fit(CodePoints.Line(text).Trim(), most).Trim();
        return new() { ["type"] = "plain_text", ["text"] = shown.Length > 0 ? shown : otherwise, ["emoji"] = false };
    }
}
