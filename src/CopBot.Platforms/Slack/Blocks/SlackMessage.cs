using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>A message as Slack takes it: the blocks that are shown, and the text that stands for them in a notification.</summary>
/// <remarks>
/// Whoever sends it adds <c>"parse":"none"</c>, <c>"link_names":false</c>, <c>"mrkdwn":false</c>, <c>"unfurl_links":false</c> and
/// <c>"unfurl_media":false</c> (docs.slack.dev/reference/methods/chat.postMessage; <c>chat.update</c> knows the first two), so that Slack looks for
/// neither names nor addresses in the text. The text holds none that could go live anyway: <c>&amp; &lt; &gt;</c> are escaped, people stand by
/// name, and the @ before channel, here and everyone is its full-width form. Where there are no blocks, leave <c>blocks</c> out.
/// </remarks>
/// <param name="Text">The summary; 1 to <see cref="BlockKitLimits.Fallback"/> code points as escaped.</param>
/// <param name="Blocks">At most <see cref="BlockKitLimits.MessageBlocks"/> blocks of at most <see cref="BlockKitLimits.MessageCharacters"/> code points in total. It has one parent at a time, as all JSON nodes: clone it to send it twice.</param>
public sealed partial record SlackMessage(string Text, JsonArray Blocks)
{
    /// <summary>Says a message to a reader.</summary>
    public static SlackMessage Of(Message message, SlackReader reader) => new(
        Fallback(message, reader),
        Fitting.Of(room => Write(message, new SlackBlocks(reader, room)), BlockKitLimits.MessageBlocks, BlockKitLimits.MessageCharacters, block => 1 + CodePoints.Size(block)));

    /// <summary>The summary, then the card.</summary>
    internal static IEnumerable<JsonObject> Write(Message message, SlackBlocks blocks, bool bold = false) =>
        [.. blocks.Sentence(message.Summary, bold), .. message.Card?.Blocks.SelectMany(block => block.Render(blocks)) ?? []];

    private static string Fallback(Message message, SlackReader reader)
    {
        var text = CodePoints.Readable(PlainText.Of(message.Summary, reader.Names));
        if (string.IsNullOrWhiteSpace(text))
            text = CodePoints.Readable(PlainText.Of(message, reader.Names));

        // The limit is held by what is sent, so a text full of ampersands keeps fewer of them.
        for (var most = BlockKitLimits.Fallback; ; most = most * 3 / 4)
        {
            var escaped = Escape(CodePoints.Fit(text, most));
            if (CodePoints.Count(escaped) <= BlockKitLimits.Fallback)
                return string.IsNullOrWhiteSpace(escaped) ? "…" : escaped;
        }
    }

    // Not every method lets one forbid that addresses become links; with these strokes, and this sign within a word, none does.
    private static string Escape(string text) => Everybody().Replace(text, "＠")
        .Replace("://", ":∕∕", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex(@"@(?=channel|here|everyone|group)|(?<=\S)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Everybody();
}
