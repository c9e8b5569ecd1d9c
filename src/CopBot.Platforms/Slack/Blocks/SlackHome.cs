using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// The home tab: sections with a line between them, each a message with its summary in bold. At most <see cref="BlockKitLimits.ViewBlocks"/>
/// blocks and <see cref="BlockKitLimits.ViewBytes"/> bytes (docs.slack.dev/reference/views); the ids of its actions differ over all of it.
/// </summary>
public static class SlackHome
{
    /// <summary>The view that <c>views.publish</c> takes.</summary>
    public static JsonObject Of(IReadOnlyList<Message> sections, SlackReader reader) => new()
    {
        ["type"] = "home",
        // The default writer escapes everything beyond ASCII: no other one makes more bytes of it.
        ["blocks"] = Fitting.Of(room => Write(sections, new SlackBlocks(reader, room)), BlockKitLimits.ViewBlocks, BlockKitLimits.ViewBytes, block => 1 + block.ToJsonString().Length),
    };

    private static IEnumerable<JsonObject> Write(IReadOnlyList<Message> sections, SlackBlocks blocks)
    {
        List<JsonObject> all = [];
        foreach (var section in sections.Select(section => SlackMessage.Write(section, blocks, bold: true).ToList()).Where(section => section.Count > 0))
            all.AddRange([.. all.Count > 0 ? [new JsonObject { ["type"] = "divider" }] : (JsonObject[])[], .. section]);
        return all.Count > 0 ? all : blocks.Sentence("There is nothing to show yet.");
    }
}
