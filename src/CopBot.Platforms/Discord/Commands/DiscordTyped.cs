using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>A command that was typed with its options (interactions/receiving-and-responding, “Application Command Data”), read with care: it may lack anything.</summary>
internal sealed partial record DiscordTyped(Command Command, IReadOnlyList<KeyValuePair<string, string>> Values, KeyValuePair<string, string>? Focus)
{
    public static DiscordTyped? Read(JsonObject data, CommandCatalog catalog)
    {
        List<string> path = [Text(data["name"])];
        var options = Options(data);
        while (options is [var only] && Number(only["type"]) is OptionType.Subcommand or OptionType.Group && path.Count < 3)
        {
            path.Add(Text(only["name"]));
            options = Options(only);
        }

        if (CommandRoots.Find(catalog, [.. path]) is not { } command)
            return null;

        List<KeyValuePair<string, string>> values = [];
        KeyValuePair<string, string>? focus = null;
        foreach (var option in options.Where(option => Name().IsMatch(Text(option["name"]))))
        {
            var value = KeyValuePair.Create(Text(option["name"]), Value(option));
            if (option["focused"] is JsonValue focused && focused.GetValueKind() == JsonValueKind.True)
                focus = value;
            else if (value.Value.Length > 0)
                values.Add(value);
        }

        return new(command, values, focus);
    }

    private static string Value(JsonObject option) => Number(option["type"]) switch
    {
        OptionType.User => DiscordReader.IsAccount(Text(option["value"])) ? $"<@{Text(option["value"])}>" : "",
        OptionType.Flag => option["value"] is JsonValue value ? value.GetValueKind() == JsonValueKind.True ? "yes" : "no" : "",
        OptionType.Integer or OptionType.Number => Digits(option["value"]),
        _ => People().Replace(Text(option["value"]), "<@$1>").Replace("><@", ">,<@", StringComparison.Ordinal),
    };

    // While a number is being typed it is still a text.
    private static string Digits(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : ""
        : Text(node);

    private static List<JsonObject> Options(JsonObject from) => [.. (from["options"] as JsonArray ?? []).OfType<JsonObject>()];

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    [GeneratedRegex("^[a-z][a-z0-9_-]*\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("<@!([0-9]+)>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex People();
}
