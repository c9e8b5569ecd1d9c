using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;
using NodaTime.Text;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>
/// The inputs of a form (adaptivecards.io/explorer/Input.Text.html and its like), whose ids are the parameters' names. A known value that an input of its kind
/// would not take is shown as text, so that it can be seen and mended.
/// </summary>
internal static class TeamsInputs
{
    // From here on a text is more than a line.
    private const int LongText = 500;

    /// <summary>The inputs in a card, and the action that sends them.</summary>
    public static IEnumerable<JsonObject> Of(Form form, TeamsReader reader, int number, int room) =>
        [.. Fields(form).Select(field => Input(field, reader, room)), TeamsOffers.Set([TeamsOffers.Execute("Send", Send(form, reader, number), "positive", inputs: true)])];

    /// <summary>The fields that have inputs: two of one name would be one.</summary>
    public static IEnumerable<Field> Fields(Form form) => form.Fields.Where(field => field.Name.Length > 0).DistinctBy(field => field.Name, StringComparer.Ordinal);

    /// <summary>The data of the action that sends a form: every known value is in an input, so the command is all that goes along.</summary>
    public static JsonObject Send(Form form, TeamsReader reader, int number) =>
        TeamsOffers.Data(TeamsActions.Send, reader.Reference, number, (TeamsActions.Command, CodePoints.WellFormed(form.Command)), (TeamsActions.Known, CodePoints.WellFormed(form.Command)));

    /// <summary>One input.</summary>
    public static JsonObject Input(Field field, TeamsReader reader, int room)
    {
        var input = field.Kind switch
        {
            ParameterKind.Choice when Choosable(field) => Choice(field),
            ParameterKind.Number when Number(field.Value, out var number) => New("Input.Number", number),
            ParameterKind.Date when Date(field.Value, out var date) => New("Input.Date", date),
            ParameterKind.Flag => Flag(field),
            ParameterKind.Person or ParameterKind.People when reader.PeoplePicker && People(field, reader.Directory) is { } people => Picker(people, field.Kind == ParameterKind.People),
            _ => Text(field, room),
        };
        input["id"] = CodePoints.WellFormed(field.Name);
        input["label"] = TeamsOffers.Title(string.IsNullOrWhiteSpace(CodePoints.Line(field.Label)) ? field.Name : field.Label, TeamsLimits.Label);
        if (field.Required)
        {
            input["isRequired"] = true;
            input["errorMessage"] = field.Kind == ParameterKind.Flag ? "This has to be ticked." : "This is needed.";
        }

        return input;
    }

    private static JsonObject New(string type, JsonNode? value)
    {
        var input = new JsonObject { ["type"] = type };
        if (value is not null)
            input["value"] = value;
        return input;
    }

    private static JsonObject Text(Field field, int room)
    {
        var known = field.Value is { } value ? CodePoints.Fit(CodePoints.Readable(value), Math.Min(TeamsLimits.Input, Math.Max(room, 8))) : "";
        var input = New("Input.Text", known.Length > 0 ? known : null);
        if (field.Kind == ParameterKind.Text && (field.MaxLength >= LongText || known.Contains('\n', StringComparison.Ordinal)))
            input["isMultiline"] = true;
        if (field.Kind == ParameterKind.Link)
            input["style"] = "Url";
        if (Hint(field) is { } hint)
            input["placeholder"] = TeamsOffers.Title(hint, TeamsLimits.Label);

        // Clients count UTF-16 units. A value that is too long already can only be shortened where it is shown whole.
        if (field.MaxLength is { } most)
            input["maxLength"] = Math.Clamp(Math.Max(most, known.Length), 1, TeamsLimits.Input);
        return input;
    }

    private static string? Hint(Field field) => field.Kind switch
    {
        ParameterKind.Choice when field.Choices.Count > 0 => string.Join(" | ", field.Choices),
        ParameterKind.Number => "A number, such as 12",
        ParameterKind.Date => "A date, such as 2026-03-31, or tomorrow",
        ParameterKind.Person => "@name",
        ParameterKind.People => "@name, @name",
        _ => null,
    };

    // What was chosen cannot be taken back in such a list, so one that may be left out has an entry for that.
    private static JsonObject Choice(Field field)
    {
        var known = field.Choices.FirstOrDefault(choice => choice.Equals(field.Value?.Trim(), StringComparison.OrdinalIgnoreCase));
        var input = New("Input.ChoiceSet", known is null ? null : CodePoints.WellFormed(known));
        input["style"] = "compact";
        input["placeholder"] = "Choose …";
        input["choices"] = new JsonArray([.. field.Required ? [] : (JsonObject[])[new() { ["title"] = "(none)", ["value"] = TeamsActions.Nothing }], .. field.Choices.Select(choice => TeamsOffers.Option(choice, CodePoints.WellFormed(choice)))]);
        return input;
    }

    private static bool Choosable(Field field) =>
        field.Choices.Count is > 0 and <= TeamsLimits.Options && field.Choices.All(choice => !string.IsNullOrWhiteSpace(choice)) && field.Choices.Distinct(StringComparer.Ordinal).Count() == field.Choices.Count
        && (string.IsNullOrWhiteSpace(field.Value) || field.Choices.Contains(field.Value.Trim(), StringComparer.OrdinalIgnoreCase));

    // The title of a toggle may be read as Markdown; what it asks stands in the label.
    private static JsonObject Flag(Field field)
    {
        var input = New("Input.Toggle", field.Value?.Trim().ToLowerInvariant() is "yes" or "true" or "on" or "1" ? "yes" : "no");
        input["title"] = "Yes";
        input["valueOn"] = "yes";
        input["valueOff"] = "no";
        return input;
    }

    // Claims are called #12 in lines; this input takes digits alone.
    private static bool Number(string? value, out JsonNode? number)
    {
        var known = value?.Trim().TrimStart('#') ?? "";
        number = known.Length <= 15 && decimal.TryParse(known, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read : null;
        return known.Length == 0 || number is not null;
    }

    private static bool Date(string? value, out JsonNode? date)
    {
        var known = value?.Trim() ?? "";
        date = LocalDatePattern.Iso.Parse(known) is { Success: true, Value.Year: >= 1 } ? known : null;
        return known.Length == 0 || date is not null;
    }

    // Null where somebody is named whom the directory does not know.
    private static List<string>? People(Field field, Func<string, string?> directory)
    {
        var known = (field.Value ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name is ['<', '@', .. var id, '>'] && TeamsReader.IsObjectId(id) ? id : directory(name)).Distinct(StringComparer.Ordinal).ToList();
        return known.All(id => id is not null && TeamsReader.IsObjectId(id)) && (field.Kind == ParameterKind.People || known.Count <= 1) ? [.. known.OfType<string>()] : null;
    }

    private static JsonObject Picker(List<string> known, bool several)
    {
        var input = New("Input.ChoiceSet", known.Count > 0 ? string.Join(',', known) : null);
        input["choices"] = new JsonArray();
        input["choices.data"] = new JsonObject { ["type"] = "Data.Query", ["dataset"] = "graph.microsoft.com/users" };
        if (several)
            input["isMultiSelect"] = true;
        input["placeholder"] = "Search people";
        return input;
    }
}
