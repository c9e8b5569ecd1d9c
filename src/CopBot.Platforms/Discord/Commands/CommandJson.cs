using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>Types of options (interactions/application-commands, “Application Command Option Type”).</summary>
internal static class OptionType
{
    public const int Subcommand = 1;
    public const int Group = 2;
    public const int Text = 3;
    public const int Integer = 4;
    public const int Flag = 5;
    public const int User = 6;
    public const int Number = 10;
}

/// <summary>One root with everything in it, in English and Spanish. Members that have their default value are left out.</summary>
internal static class CommandJson
{
    /// <summary>A command that is typed.</summary>
    public static JsonObject Root(string name, IEnumerable<CommandPlace> places)
    {
        var root = Contents(name, places);
        List<JsonObject> options = [];
        foreach (var level in places.GroupBy(place => place.Group ?? place.Name, StringComparer.Ordinal))
        {
            options.Add(level.First() is { Group: { } group } ? Group(group, level) : Subcommand(level.First()));
        }

        root["options"] = new JsonArray([.. options]);
        return root;
    }

    private static JsonObject Group(string name, IEnumerable<CommandPlace> places)
    {
        var group = Contents(name, places);
        group["type"] = OptionType.Group;
        group["options"] = new JsonArray([.. places.Select(Subcommand)]);
        return group;
    }

    private static JsonObject Subcommand(CommandPlace place)
    {
        var command = place.Command;
        var json = Described(place.Name, command.Summary, place.Group ?? place.Root);
        json["type"] = OptionType.Subcommand;

        // Discord wants those that are required first.
        var options = command.Parameters.OrderByDescending(IsRequired).Select(parameter => Option(command, parameter)).ToList();
        if (options.Count > 0)
            json["options"] = new JsonArray([.. options]);
        return json;
    }

    private static JsonObject Option(Command command, CommandParameter parameter)
    {
        var option = Described(parameter.Name, parameter.Description, command.Name);
        option["type"] = parameter.Kind switch
        {
            ParameterKind.Person => OptionType.User,
            ParameterKind.Flag => OptionType.Flag,
            ParameterKind.Number => parameter.Type == typeof(int) ? OptionType.Integer : OptionType.Number,
            _ => OptionType.Text,
        };
        if (IsRequired(parameter))
            option["required"] = true;
        if (parameter.Kind == ParameterKind.Number && parameter.Type == typeof(int))
            option["min_value"] = 0;
        if (parameter.Kind == ParameterKind.Text)
            option["max_length"] = Math.Clamp(parameter.MaxLength, 1, CommandLimits.Text);
        if (HasChoices(parameter))
            option["choices"] = new JsonArray([.. parameter.Choices.Select(Choice)]);
        else if (DiscordCommands.Suggested(command, parameter))
            option["autocomplete"] = true;
        return option;
    }

    // A long text and several people are better asked for in a form, which has room for them; so is what comes with them.
    private static bool IsRequired(CommandParameter parameter) =>
        parameter is { Required: true } and not { Kind: ParameterKind.People } and not { Kind: ParameterKind.Text, MaxLength: > 100 };

    private static bool HasChoices(CommandParameter parameter) =>
        parameter.Choices.Count is > 0 and <= CommandLimits.Choices && parameter.Choices.All(choice => choice.Length is > 0 and <= CommandLimits.Choice);

    private static JsonObject Choice(string value)
    {
        var choice = new JsonObject { ["name"] = value, ["value"] = value };
        if (Spanish.Instance.Choices.GetValueOrDefault(value) is { } spanish)
            choice["name_localizations"] = Localised(spanish);
        return choice;
    }

    // What is in a root or group: the names of its commands.
    private static JsonObject Contents(string name, IEnumerable<CommandPlace> places)
    {
        var names = places.Select(place => place.Name).ToList();
        return Described(name, Listed(names), "", Listed(names.Select(one => Spanish.Instance.Name(name, one) ?? one)));

        static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? CodePoints.Fit(char.ToUpperInvariant(list[0]) + list[1..], CommandLimits.Description) : "…";
    }

    private static JsonObject Described(string name, string description, string of, string? sentence = null)
    {
        var json = new JsonObject { ["name"] = name };
        var spanish = Spanish.Instance;
        if (spanish.Name(of, name) is { } translated)
            json["name_localizations"] = Localised(translated);
        json["description"] = CodePoints.Fit(description, CommandLimits.Description);
        sentence ??= spanish.Sentences.GetValueOrDefault(description);
        if (sentence is not null)
            json["description_localizations"] = Localised(sentence);
        return json;
    }

    private static JsonObject Localised(string text) => new(CommandLimits.Spanish.Select(locale => KeyValuePair.Create<string, JsonNode?>(locale, text)));
}
