using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>Holds commands to Discord's limits before Discord does, whose answer names no root.</summary>
internal static partial class CommandCheck
{
    /// <summary>What is wrong, each with the path to it.</summary>
    public static IEnumerable<string> Problems(JsonArray commands)
    {
        var typed = commands.OfType<JsonObject>().Where(command => command["type"] is null || (int)command["type"]! == 1).ToList();
        return [
            .. More(typed.Count, CommandLimits.Roots, "all commands", "roots"),
            .. Twice("all commands", typed),
            .. typed.SelectMany(root => Of(root, "/" + Text(root, "name"))),
            .. typed.SelectMany(root => More(Length(root), CommandLimits.Characters, "/" + Text(root, "name"), "characters in all")),
        ];
    }

    private static IEnumerable<string> Of(JsonObject node, string path)
    {
        foreach (var name in (string[])[Text(node, "name"), .. Localised(node, "name")])
        {
            if (!Names().IsMatch(name) || !name.Equals(name.ToLowerInvariant(), StringComparison.Ordinal))
                yield return $"{path}: “{name}” is no name";
        }

        foreach (var description in (string[])[Text(node, "description"), .. Localised(node, "description")])
        {
            if (description.Length is 0 or > CommandLimits.Description)
                yield return $"{path}: the description “{description}” has {description.Length} characters";
        }

        var options = Items(node, "options");
        var choices = Items(node, "choices");
        foreach (var problem in (string[])[.. More(options.Count, CommandLimits.Options, path, "options on a level"), .. More(choices.Count, CommandLimits.Choices, path, "choices"), .. Twice(path, options)])
            yield return problem;
        if (choices.Any(choice => ((string[])[Text(choice, "name"), Text(choice, "value"), .. Localised(choice, "name")]).Any(text => text.Length is 0 or > CommandLimits.Choice)))
            yield return $"{path}: a choice is empty or too long";
        if (options.SkipWhile(Required).Any(Required))
            yield return $"{path}: a required option stands behind one that is not";
        foreach (var problem in options.SelectMany(option => Of(option, $"{path} {Text(option, "name")}")))
            yield return problem;
    }

    // In every language, siblings have to differ.
    private static IEnumerable<string> Twice(string path, IReadOnlyList<JsonObject> siblings) =>
        ((string?[])[null, .. CommandLimits.Spanish]).SelectMany(locale => siblings
            .GroupBy(node => (locale is null ? null : (string?)node["name_localizations"]?[locale]) ?? Text(node, "name"), StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => $"{path}: “{same.Key}” stands there twice ({locale ?? "en"})"));

    private static IEnumerable<string> More(int count, int most, string path, string what) =>
        count > most ? [string.Create(CultureInfo.InvariantCulture, $"{path}: {count} {what}, of which Discord takes {most}")] : [];

    /// <summary>The characters of a root as Discord counts them: names, descriptions and values, each in its longest language.</summary>
    public static int Length(JsonObject node) =>
        Longest(node, "name") + Longest(node, "description") + Text(node, "value").Length + Items(node, "options").Sum(Length) + Items(node, "choices").Sum(Length);

    private static int Longest(JsonObject node, string member) => Localised(node, member).Append(Text(node, member)).Max(text => text.Length);

    private static bool Required(JsonObject option) => option["required"] is not null && (bool)option["required"]!;

    private static string Text(JsonObject node, string member) => (string?)node[member] ?? "";

    private static IEnumerable<string> Localised(JsonObject node, string member) => (node[member + "_localizations"] as JsonObject ?? []).Select(entry => (string?)entry.Value ?? "");

    private static List<JsonObject> Items(JsonObject node, string member) => [.. (node[member] as JsonArray ?? []).OfType<JsonObject>()];

    // The pattern of “Application Command Naming”; .NET knows scripts as blocks.
    [GeneratedRegex(@"^[-_'\p{L}\p{N}\p{IsDevanagari}\p{IsThai}]{1,32}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
