using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>Brings commands into one form, whatever defaults Discord added or left out.</summary>
internal static class CommandComparison
{
    // What decides; ids, versions and translations for one reader do not.
    private static readonly string[] Members =
    [
        "type", "name", "name_localizations", "description", "description_localizations", "required", "autocomplete", "choices", "options", "min_value", "max_value", "min_length",
        "max_length", "channel_types", "value", "default_member_permissions", "nsfw",
    ];

    // Discord fills these in, and only for commands of all servers.
    private static readonly string[] Global = ["contexts", "integration_types"];

    public static bool Differs(JsonArray have, JsonArray want)
    {
        var wanted = want.OfType<JsonObject>().ToDictionary(Key, StringComparer.Ordinal);
        var there = have.OfType<JsonObject>().ToList();
        return there.Count != wanted.Count || there.Any(one => !wanted.TryGetValue(Key(one), out var other)
            || !JsonNode.DeepEquals(Normal(one, other), Normal(other, other)));
    }

    private static string Key(JsonObject command) => $"{Number(command["type"]) ?? "1"} {command["name"]}";

    private static JsonObject Normal(JsonObject command, JsonObject wanted)
    {
        var normal = (JsonObject)Of(command)!;
        normal.TryAdd("type", JsonValue.Create("1"));
        foreach (var member in Global.Where(wanted.ContainsKey))
            normal[member] = new JsonArray([.. (command[member] as JsonArray ?? []).Select(Number).Order(StringComparer.Ordinal).Select(number => JsonValue.Create(number))]);
        return normal;
    }

    private static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(Members.Where(name => !IsDefault(map[name])).Select(name =>
            KeyValuePair.Create(name, name.EndsWith("_localizations", StringComparison.Ordinal) ? Sorted(map[name]!.AsObject()) : Of(map[name])))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        _ when Number(node) is { } number => JsonValue.Create(number),
        _ => node?.DeepClone(),
    };

    private static JsonObject Sorted(JsonObject map) => new(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    private static bool IsDefault(JsonNode? node) => node switch
    {
        null => true,
        JsonArray items => items.Count == 0,
        JsonObject map => map.Count == 0,
        JsonValue value => value.TryGetValue<bool>(out var flag) ? !flag : value.TryGetValue<string>(out var text) && text.Length == 0,
        _ => false,
    };

    // 0 and 0.0 are the same.
    private static string? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture) : null;
}
