using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// The input that suits a field's type (components/reference). Modals have no pickers for dates and numbers, so these are typed. A known value that the
/// input would not take is left out, as Discord would refuse the whole modal for it.
/// </summary>
internal static class ModalInput
{
    public const int Select = 3;
    public const int TextInput = 4;
    public const int UserSelect = 5;
    public const int Checkbox = 23;

    private const int OneLine = 1;
    private const int Lines = 2;

    // From here on a text is more than a line.
    private const int LongText = 500;

    public static JsonObject Of(Field field, Func<string, string?> accounts) => field.Kind switch
    {
        ParameterKind.Choice when field.Choices.Count is > 0 and <= DiscordLimits.Options && field.Choices.All(FitsOption) && field.Choices.Distinct(StringComparer.Ordinal).Count() == field.Choices.Count => Options(field),
        ParameterKind.Choice => Text(field, string.Join(" | ", field.Choices)),
        ParameterKind.Number => Text(field, "A number, such as 12", 40),
        ParameterKind.Date => Text(field, "A date, such as 2026-03-31, or tomorrow", 40),
        ParameterKind.Link => Text(field, "https://…", 2000),
        ParameterKind.Flag => new() { ["type"] = Checkbox, ["custom_id"] = field.Name, ["default"] = field.Value?.Trim().ToLowerInvariant() is "yes" or "true" or "on" or "1" },
        ParameterKind.Person => People(field, accounts, 1),
        ParameterKind.People => People(field, accounts, DiscordLimits.Options),
        _ => Text(field, ""),
    };

    private static bool FitsOption(string choice) => choice.Trim().Length > 0 && choice.Length <= DiscordLimits.OptionValue;

    private static JsonObject Text(Field field, string hint, int most = DiscordLimits.Input)
    {
        var known = field.Value is { } value ? CodePoints.First(CodePoints.Readable(value), DiscordLimits.Input / 2) : "";
        known = field.Value is { Length: <= DiscordLimits.Input } whole ? CodePoints.Readable(whole) : known;

        // A value that is too long already can only be shortened where it is shown whole.
        var longest = Math.Clamp(Math.Max(Math.Min(most, field.MaxLength ?? most), known.Length), 1, DiscordLimits.Input);
        var input = new JsonObject
        {
            ["type"] = TextInput,
            ["custom_id"] = field.Name,
            ["style"] = field.MaxLength >= LongText || known.Contains('\n', StringComparison.Ordinal) ? Lines : OneLine,
            ["required"] = field.Required,
            ["max_length"] = longest,
        };
        if (known.Trim().Length > 0)
            input["value"] = known;
        if (hint.Length > 0)
            input["placeholder"] = DiscordRows.Label(hint, DiscordLimits.InputPlaceholder);
        return input;
    }

    private static JsonObject Options(Field field)
    {
        var options = field.Choices.Select(choice =>
        {
            var option = new JsonObject { ["label"] = DiscordRows.Label(choice, DiscordLimits.OptionLabel), ["value"] = CodePoints.WellFormed(choice) };
            if (choice.Equals(field.Value?.Trim(), StringComparison.OrdinalIgnoreCase))
                option["default"] = true;
            return option;
        }).ToList();

        // Choices may differ in their letters' size alone; only one of them is known.
        foreach (var second in options.Where(option => option.ContainsKey("default")).Skip(1))
            second.Remove("default");
        return new() { ["type"] = Select, ["custom_id"] = field.Name, ["required"] = field.Required, ["options"] = new JsonArray([.. options]) };
    }

    private static JsonObject People(Field field, Func<string, string?> accounts, int most)
    {
        var known = (field.Value ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name is ['<', '@', .. var id, '>'] && DiscordReader.IsAccount(id) ? id : accounts(name))
            .Where(id => id is not null && DiscordReader.IsAccount(id)).OfType<string>().Distinct(StringComparer.Ordinal).Take(most).ToList();
        var input = new JsonObject { ["type"] = UserSelect, ["custom_id"] = field.Name, ["required"] = field.Required };
        if (most > 1)
            input["max_values"] = most;
        if (known.Count > 0)
            input["default_values"] = new JsonArray([.. known.Select(id => new JsonObject { ["id"] = id, ["type"] = "user" })]);
        return input;
    }
}
