using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What is in an Adaptive Card, wherever in it.</summary>
internal static class TeamsCards
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>The card and everything in it that has a type, in order of reading.</summary>
    public static IEnumerable<JsonObject> Elements(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject thing:
                if (thing["type"] is JsonValue)
                    yield return thing;
                // Data of an action and fields for Teams may look like elements, and are none.
                foreach (var (_, child) in thing.Where(member => member.Key is not ("data" or "msteams" or "fallback" or "authentication" or "metadata")))
                    foreach (var element in Elements(child))
                        yield return element;
                break;
            case JsonArray items:
                foreach (var element in items.SelectMany(Elements))
                    yield return element;
                break;
            default:
                break;
        }
    }

    public static IEnumerable<JsonObject> Inputs(JsonNode? card) => Elements(card).Where(element => TypeOf(element).StartsWith("Input.", StringComparison.Ordinal));

    public static IEnumerable<JsonObject> Actions(JsonNode? card) => Elements(card).Where(element => TypeOf(element).StartsWith("Action.", StringComparison.Ordinal));

    public static string TypeOf(JsonObject element) => Text(element, "type");

    public static string Text(JsonObject element, string member) => element[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>The card without what only Teams knows: its own members, and charts, for which stands what they fall back to.</summary>
    public static JsonObject Plain(JsonObject card)
    {
        var copy = card.DeepClone().AsObject();
        Strip(copy);
        return copy;

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray items)
            {
                for (var index = items.Count - 1; index >= 0; index--)
                    if (items[index] is JsonObject chart && TypeOf(chart).StartsWith("Chart.", StringComparison.Ordinal) && chart["fallback"] is { } fallback)
                        if (fallback is JsonObject instead)
                            items[index] = instead.DeepClone();
                        else
                            items.RemoveAt(index);
                foreach (var item in items)
                    Strip(item);
            }
            if (node is not JsonObject thing)
                return;
            thing.Remove("msteams");
            foreach (var (name, child) in thing)
                if (name != "data")
                    Strip(child);
        }
    }
}
