using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What application commands may be called, and how much of them there may be.</summary>
internal sealed partial class CommandRules(List<(string Path, string Problem)> problems)
{
    private const int Subcommand = 1, Group = 2;

    public void All(JsonArray commands)
    {
        var kinds = commands.OfType<JsonObject>().GroupBy(TypeOf).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (type, most) in (ReadOnlySpan<(int, int)>)[(1, 100), (2, 15), (3, 15)])
            Unless(kinds.GetValueOrDefault(type) <= most, "_", $"Maximum number of application commands of type {type} reached ({most})");
        foreach (var twice in commands.OfType<JsonObject>().GroupBy(command => (TypeOf(command), command["name"]?.ToString())).Where(group => group.Count() > 1))
            problems.Add(("_", $"Application command names must be unique: {twice.Key.Item2}"));
        foreach (var (index, command) in commands.Index())
            if (command is JsonObject one)
                Command(one, $"[{index}]");
    }

    public void Command(JsonObject command, string path)
    {
        if (TypeOf(command) != 1)
        {
            Unless(MessageRules.Length(command["name"]) is >= 1 and <= 32, $"{path}.name", "Must be between 1 and 32 in length.");
            Unless(MessageRules.Length(command["description"]) == 0, $"{path}.description", "Context menu commands cannot have description");
            Unless(command["options"] is null or JsonArray { Count: 0 }, $"{path}.options", "Context menu commands cannot have options");
            return;
        }
        Named(command, path);
        Options(command, path, depth: 0);
        var size = Size(command);
        Unless(size <= 8000, path, $"Command exceeds maximum size (8000): {size}");
    }

    private void Options(JsonObject of, string path, int depth)
    {
        var options = (of["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        Unless(options.Count <= 25, $"{path}.options", "Must be 25 or fewer in length.");
        Unless(options.Select(option => option["name"]?.ToString()).Distinct().Count() == options.Count, $"{path}.options", "Option names must be unique");
        var nested = options.Count(option => TypeOf(option) is Subcommand or Group);
        Unless(nested == 0 || nested == options.Count, $"{path}.options", "Sub-command and sub-command group option types are mutually exclusive to all other types");
        var optional = false;
        foreach (var (index, option) in options.Index())
        {
            var at = $"{path}.options[{index}]";
            Named(option, at);
            if (TypeOf(option) is Subcommand or Group)
            {
                Unless(TypeOf(option) == Subcommand ? depth <= 1 : depth == 0, at, "is nested too deep");
                Options(option, at, TypeOf(option) == Group ? 1 : 2);
                continue;
            }
            var required = option["required"]?.ToJsonString() == "true";
            Unless(!required || !optional, at, "Required options must be placed before non-required options");
            optional |= !required;
            Choices(option, at);
        }
    }

    private void Choices(JsonObject option, string path)
    {
        var choices = (option["choices"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        Unless(choices.Count <= 25, $"{path}.choices", "Must be 25 or fewer in length.");
        Unless(choices.Count == 0 || option["autocomplete"]?.ToJsonString() != "true", $"{path}.autocomplete", "has choices: nothing to complete");
        Unless(option["autocomplete"]?.ToJsonString() != "true" || TypeOf(option) is 3 or 4 or 10, $"{path}.autocomplete", "only texts and numbers are completed");
        foreach (var by in (string[])["name", "value"])
            Unless(choices.Select(choice => choice[by]?.ToString()).Distinct().Count() == choices.Count, $"{path}.choices", $"Choice {by}s must be unique");
        foreach (var choice in choices)
        {
            Unless(MessageRules.Length(choice["name"]) is >= 1 and <= 100, $"{path}.choices", "Must be between 1 and 100 in length.");
            Unless(TypeOf(option) != 3 || MessageRules.Length(choice["value"]) <= 100, $"{path}.choices", "Must be 100 or fewer in length.");
        }
    }

    private void Named(JsonObject thing, string path)
    {
        foreach (var (locale, name) in Localised(thing, "name"))
        {
            Unless(Name().IsMatch(name) && !name.Any(char.IsUpper), $"{path}.name", $"Command name is invalid: {name}");
            Unless(locale is null || Locales.Contains(locale), $"{path}.name_localizations.{locale}", "is no locale of Discord's");
        }
        Unless(thing["description"] is not null, $"{path}.description", "This field is required");
        foreach (var (locale, text) in Localised(thing, "description"))
        {
            Unless(MessageRules.Length(text) is >= 1 and <= 100, $"{path}.description", "Must be between 1 and 100 in length.");
            Unless(locale is null || Locales.Contains(locale), $"{path}.description_localizations.{locale}", "is no locale of Discord's");
        }
    }

    /// <summary>Of each text the longest of its translations counts.</summary>
    private static int Size(JsonObject thing) =>
        Longest(thing, "name") + Longest(thing, "description")
        + (thing["options"] as JsonArray ?? []).OfType<JsonObject>().Sum(Size)
        + (thing["choices"] as JsonArray ?? []).OfType<JsonObject>().Sum(choice => Longest(choice, "name") + MessageRules.Length(choice["value"]));

    private static int Longest(JsonObject thing, string name) => Localised(thing, name).Select(text => text.Text.Length).DefaultIfEmpty(0).Max();

    private static IEnumerable<(string? Locale, string Text)> Localised(JsonObject thing, string name) =>
        (thing[name] is { } usual ? [(null, usual.ToString())] : Array.Empty<(string?, string)>())
        .Concat((thing[$"{name}_localizations"] as JsonObject ?? []).Where(pair => pair.Value is not null).Select(pair => ((string?)pair.Key, pair.Value!.ToString())));

    private static int TypeOf(JsonObject thing) => DiscordRules.Number(thing["type"]) ?? 1;

    private void Unless(bool fine, string path, string problem)
    {
        if (!fine)
            problems.Add((path, problem));
    }

    private static readonly HashSet<string> Locales =
    [
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
    ];

    // The scripts that Discord names besides letters and digits are Devanagari and Thai, for their vowel signs.
    [GeneratedRegex(@"^[-_'\p{L}\p{N}\u0900-\u097F\u0E00-\u0E7F]{1,32}$")]
    private static partial Regex Name();
}
