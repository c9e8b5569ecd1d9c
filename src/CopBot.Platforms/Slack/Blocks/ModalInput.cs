using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;
using NodaTime.Text;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// The input that suits a field's type (docs.slack.dev/reference/block-kit/block-elements). A known value that the input would not
/// take is left out, as Slack would refuse the whole view for it.
/// </summary>
internal static class ModalInput
{
    // From here on a text is more than a line.
    private const int LongText = 500;

    public static JsonObject Of(Field field, string id, Func<string, string?> accounts, int room)
    {
        var input = Of(field, accounts, room);
        input["action_id"] = id;
        return input;
    }

    private static JsonObject Of(Field field, Func<string, string?> accounts, int room) => field.Kind switch
    {
        ParameterKind.Choice when field.Choices.Count > 0 && field.Choices.All(Offers.FitsOption) && field.Choices.Distinct().Count() == field.Choices.Count => Select(field),
        ParameterKind.Number => Number(field),
        ParameterKind.Date => Input("datepicker", "initial_date", field.Value is { } date && LocalDatePattern.Iso.Parse(date.Trim()) is { Success: true, Value.Year: >= 1 } ? date.Trim() : null),
        ParameterKind.Link => Input("url_text_input", "initial_value", Address(field.Value)),
        ParameterKind.Flag => Flag(field),
        ParameterKind.Person => Input("users_select", "initial_user", People(field, accounts).FirstOrDefault()),
        ParameterKind.People => Input("multi_users_select", "initial_users", People(field, accounts) is { Length: > 0 } people ? new JsonArray([.. people.Select(id => JsonValue.Create(id))]) : null),
        _ => Text(field, room),
    };

    private static JsonObject Input(string type, string known, JsonNode? value = null)
    {
        var input = new JsonObject { ["type"] = type, ["action_id"] = "" };
        if (value is not null)
            input[known] = value;
        return input;
    }

    private static JsonObject Text(Field field, int room)
    {
        var known = field.Value is { } value ? CodePoints.Fit(CodePoints.Readable(value), Math.Min(BlockKitLimits.Input, room)) : "";
        var input = Input("plain_text_input", "initial_value", known.Length > 0 ? known : null);
        if (field.MaxLength >= LongText || known.Contains('\n', StringComparison.Ordinal))
            input["multiline"] = true;

        // A value that is too long already can only be shortened where it is shown whole.
        if (field.MaxLength is { } most)
            input["max_length"] = Math.Clamp(Math.Max(most, CodePoints.Count(known)), 1, BlockKitLimits.Input);
        return input;
    }

    private static JsonObject Select(Field field)
    {
        var known = field.Choices.FirstOrDefault(choice => choice.Equals(field.Value, StringComparison.OrdinalIgnoreCase));
        var input = Input(field.Choices.Count > BlockKitLimits.Options ? "external_select" : "static_select", "initial_option", known is null ? null : Offers.Option(known, known));
        if (field.Choices.Count > BlockKitLimits.Options)
            input["min_query_length"] = 0;
        else
            input["options"] = new JsonArray([.. field.Choices.Select(choice => Offers.Option(choice, choice))]);
        return input;
    }

    // Claims are called #12 in lines; this input takes digits alone, and gives a phone its number keys.
    private static JsonObject Number(Field field)
    {
        var input = Input("number_input", "initial_value");
        var known = field.Value?.Trim().TrimStart('#');
        if (known is { Length: > 0 and <= 20 } && decimal.TryParse(known, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            input["initial_value"] = number.ToString(CultureInfo.InvariantCulture);
        input["is_decimal_allowed"] = true;
        return input;
    }

    private static JsonObject Flag(Field field)
    {
        var input = Input("checkboxes", "initial_options", field.Value?.Trim().ToLowerInvariant() is "yes" or "true" or "on" or "1" ? new JsonArray(Offers.Option("Yes", "yes")) : null);
        input["options"] = new JsonArray(Offers.Option("Yes", "yes"));
        return input;
    }

    private static string? Address(string? value) =>
        value is not null && value.Length <= BlockKitLimits.Url && CodePoints.Readable(value) == value && !value.Any(char.IsWhiteSpace)
        && Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? value : null;

    private static string[] People(Field field, Func<string, string?> accounts) =>
        [.. (field.Value ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name is ['<', '@', .. var id, '>'] && SlackReader.IsAccount(id) ? id : accounts(name))
            .Where(id => id is not null && SlackReader.IsAccount(id)).OfType<string>().Distinct(StringComparer.Ordinal)];
}
