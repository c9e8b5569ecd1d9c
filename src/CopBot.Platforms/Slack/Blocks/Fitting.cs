using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// Makes blocks fit together. First the texts get less room each, so that buttons survive a long text above them; then texts
/// that follow one another share a block; what is still too much is left out at the end, with a line that counts it.
/// </summary>
internal static class Fitting
{
    /// <summary>The room for each part, in code points, from the most to the least.</summary>
    public static IReadOnlyList<int> Rooms { get; } = [3 * BlockKitLimits.Text, 2 * BlockKitLimits.Text, BlockKitLimits.Text, 1500, 700, 300, 150];

    /// <param name="write">Writes everything, with so much room for each text.</param>
    /// <param name="most">How many blocks there may be.</param>
    /// <param name="budget">What they may come to.</param>
    /// <param name="size">What one comes to.</param>
    public static JsonArray Of(Func<int, IEnumerable<JsonObject>> write, int most, int budget, Func<JsonObject, int> size)
    {
        List<JsonObject> blocks = [];
        foreach (var room in Rooms)
        {
            blocks = [.. write(room)];
            if (blocks.Count > most)
                blocks = Joined(blocks);
            if (blocks.Count <= most && blocks.Sum(size) <= budget)
                return new([.. blocks]);
        }

        // The line that counts the rest is paid for first.
        var left = budget - size(Rest(blocks.Count));
        var kept = blocks.TakeWhile((block, at) => at < most - 1 && (left -= size(block)) >= 0).ToList();
        return new([.. kept, Rest(blocks.Count - kept.Count)]);
    }

    private static List<JsonObject> Joined(List<JsonObject> blocks)
    {
        List<JsonObject> joined = [];
        foreach (var block in blocks)
        {
            if (joined is [.., var last] && IsText(last) && IsText(block))
            {
                var elements = block["elements"]!.AsArray();
                while (elements.Count > 0)
                {
                    var element = elements[0];
                    elements.RemoveAt(0);
                    last["elements"]!.AsArray().Add(element);
                }
            }
            else
            {
                joined.Add(block);
            }
        }

        return joined;
    }

    private static bool IsText(JsonObject block) => block["type"]!.GetValue<string>() == "rich_text";

    private static JsonObject Rest(int count) => new()
    {
        ["type"] = "section",
        ["text"] = Label.Of(string.Create(CultureInfo.InvariantCulture, $"… and {count} more"), BlockKitLimits.Text, "…"),
    };
}
