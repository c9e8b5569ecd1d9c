using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Teams' client does not let a person do this: a required field left empty, a button that is gone, a choice that is not offered.</summary>
public sealed class TeamsClientRefusal(string reason) : Exception(reason);

/// <summary>A person fills the inputs of a card and presses an action; the client lets nothing through that the card does not allow.</summary>
internal static class CardInput
{
    /// <summary>The action that a title, an id or a verb names.</summary>
    public static JsonObject Find(JsonObject card, string named)
    {
        var actions = TeamsCards.Actions(card).ToList();
        var found = actions.FindAll(action => TeamsCards.Text(action, "title") == named) is { Count: > 0 } titled ? titled : actions.FindAll(action => TeamsCards.Text(action, "id") == named || TeamsCards.Text(action, "verb") == named);
        if (found.Count == 0)
            throw new TeamsClientRefusal($"the card has no action “{named}”, but {string.Join(", ", actions.Select(action => $"“{TeamsCards.Text(action, "title")}”"))}");
        if (found[0]["isEnabled"] is JsonValue enabled && enabled.TryGetValue<bool>(out var can) && !can)
            throw new TeamsClientRefusal($"“{named}” cannot be pressed");
        return found[0];
    }

    /// <summary>What the inputs hold when the action is pressed: what the card began with, and over it what the person filled in.</summary>
    public static JsonObject Fill(JsonObject card, JsonObject action, IReadOnlyList<(string Id, object Value)> filled)
    {
        if (TeamsCards.Text(action, "associatedInputs").Equals("none", StringComparison.OrdinalIgnoreCase))
            return filled.Count == 0 ? [] : throw new TeamsClientRefusal("the action sends no inputs");
        var inputs = Associated(card, action).ToList();
        foreach (var (id, _) in filled)
            if (!inputs.Exists(input => TeamsCards.Text(input, "id") == id))
                throw new TeamsClientRefusal($"the card has no input “{id}”, but {string.Join(", ", inputs.Select(input => TeamsCards.Text(input, "id")))}");
        var values = new JsonObject();
        foreach (var input in inputs)
        {
            var id = TeamsCards.Text(input, "id");
            var value = filled.Any(pair => pair.Id == id) ? AsText(input, filled.Last(pair => pair.Id == id).Value) : Beginning(input);
            if (Problem(input, value) is { } problem)
                throw new TeamsClientRefusal($"{id}: {problem}" + (TeamsCards.Text(input, "errorMessage") is { Length: > 0 } message ? $" ({message})" : ""));
            // Everything goes as text, numbers too, and what is empty not at all.
            if (value.Length > 0)
                values[id] = value;
        }
        return values;
    }

    /// <summary>The data of an action with the inputs in it.</summary>
    public static JsonNode Data(JsonObject action, JsonObject inputs)
    {
        JsonNode data = action["data"] switch
        {
            JsonObject own => own.DeepClone().AsObject(),
            null => new JsonObject(),
            // A text cannot take inputs: the client sends it as it is where there are none.
            var text when inputs.Count == 0 => text.DeepClone(),
            _ => new JsonObject(),
        };
        if (data is JsonObject merged)
            foreach (var (id, value) in inputs)
                merged[id] = value?.DeepClone();
        return data;
    }

    /// <summary>Inputs on the card; those on a card within it only for its own actions.</summary>
    private static IEnumerable<JsonObject> Associated(JsonObject card, JsonObject action)
    {
        var inner = TeamsCards.Actions(card).Where(shown => TeamsCards.TypeOf(shown) == "Action.ShowCard").Select(shown => shown["card"]).OfType<JsonObject>().ToList();
        var hidden = inner.Where(part => !TeamsCards.Actions(part).Any(each => ReferenceEquals(each, action))).SelectMany(TeamsCards.Inputs).ToHashSet();
        return TeamsCards.Inputs(card).Where(input => !hidden.Contains(input));
    }

    private static string Beginning(JsonObject input) => TeamsCards.TypeOf(input) == "Input.Toggle" && input["value"] is null ? On(input, "valueOff", "false") : input["value"] is { } value ? value.ToString() : "";

    private static string AsText(JsonObject input, object value) => value switch
    {
        bool on => on ? On(input, "valueOn", "true") : On(input, "valueOff", "false"),
        IEnumerable<string> several => string.Join(',', several),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    } is var text && TeamsCards.TypeOf(input) == "Input.ChoiceSet" ? Chosen(input, text) : text;

    // A person picks what is written there; the value goes over the wire.
    private static string Chosen(JsonObject input, string text) =>
        (input["choices"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(choice => TeamsCards.Text(choice, "title") == text) is { } choice && !Values(input).Contains(text) ? TeamsCards.Text(choice, "value") : text;

    private static string On(JsonObject input, string member, string otherwise) => TeamsCards.Text(input, member) is { Length: > 0 } own ? own : otherwise;

    private static string? Problem(JsonObject input, string value)
    {
        if (value.Length == 0)
            return Is(input, "isRequired") ? "is required" : null;
        return TeamsCards.TypeOf(input) switch
        {
            "Input.Text" => TextProblem(input, value),
            "Input.Number" => !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? "is no number" : Outside(input, number),
            "Input.Date" => !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "is no date" : Beyond(input, value),
            "Input.Time" => !TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "is no time" : Beyond(input, value),
            "Input.Toggle" => value == On(input, "valueOn", "true") ? null : value != On(input, "valueOff", "false") ? "is neither on nor off" : Is(input, "isRequired") ? "must be on" : null,
            // What is typed into a filtered list that asks the bot is not among its choices.
            "Input.ChoiceSet" when input["choices.data"] is null && (Is(input, "isMultiSelect") ? value.Split(',') : [value]).FirstOrDefault(one => !Values(input).Contains(one)) is { } strange => $"“{strange}” is not offered",
            _ => null,
        };
    }

    private static string? TextProblem(JsonObject input, string value) =>
        input["maxLength"] is JsonValue most && value.Length > most.GetValue<int>() ? $"is longer than {most}"
        : !Is(input, "isMultiline") && value.Contains('\n', StringComparison.Ordinal) ? "has one line only"
        : TeamsCards.Text(input, "regex") is { Length: > 0 } pattern && !Regex.IsMatch(value, pattern, RegexOptions.ECMAScript) ? $"does not match {pattern}"
        : null;

    private static string? Outside(JsonObject input, decimal number) =>
        input["min"] is JsonValue least && number < least.GetValue<decimal>() ? $"is less than {least}" : input["max"] is JsonValue most && number > most.GetValue<decimal>() ? $"is more than {most}" : null;

    private static string? Beyond(JsonObject input, string value) =>
        TeamsCards.Text(input, "min") is { Length: > 0 } least && string.CompareOrdinal(value, least) < 0 ? $"is before {least}" : TeamsCards.Text(input, "max") is { Length: > 0 } most && string.CompareOrdinal(value, most) > 0 ? $"is after {most}" : null;

    private static HashSet<string> Values(JsonObject input) => [.. (input["choices"] as JsonArray ?? []).OfType<JsonObject>().Select(choice => TeamsCards.Text(choice, "value"))];

    private static bool Is(JsonObject input, string member) => input[member] is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;
}
