using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>What was clicked or sent.</summary>
/// <param name="Do">One of <see cref="TeamsActions.Say"/>, <see cref="TeamsActions.Form"/>, <see cref="TeamsActions.Send"/>, <see cref="TeamsActions.Refresh"/>.</param>
/// <param name="Line">The command line to run, or whose form to open; null for a choice of which nothing was chosen, for a form that was sent, and for a refresh.</param>
/// <param name="Command">The command of a form that was sent; else null.</param>
/// <param name="Values">What was filled in, by parameter, as text; what was left empty is left out.</param>
/// <param name="Card">The delivery that it came with; null where it had none.</param>
/// <param name="N">The number of the action in its message, from 1; with <paramref name="Card"/> it tells that a click comes a second time. 0 where there is none.</param>
public sealed record TeamsAction(string Do, string? Line, string? Command, IReadOnlyDictionary<string, string> Values, string? Card, int N)
{
    /// <summary>The line of what was known before a form was sent and had no input; else null.</summary>
    public string? Known { get; init; }
}

/// <summary>The data that actions carry, and what is read of it. It comes from a client, so anything may be in it: it may ask no more than whoever sends it could type.</summary>
public static class TeamsActions
{
    /// <summary>Run the line.</summary>
    public const string Say = "say";

    /// <summary>Open the form of the line, in a dialog.</summary>
    public const string Form = "form";

    /// <summary>Run the command with what was filled in.</summary>
    public const string Send = "send";

    /// <summary>Say the same card as it is now.</summary>
    public const string Refresh = "refresh";

    internal const string Own = "copbot", Do = "do", LineName = "line", Command = "command", Known = "known", CardName = "card", Number = "n", PickName = "pick";

    /// <summary>The value of an option that means none; clients refuse an empty one.</summary>
    internal const string Nothing = "copbot.none";

    private static readonly Dictionary<string, string> None = [];

    /// <summary>What the id of a choice's input begins with; no parameter has such a name.</summary>
    internal const string Pick = "copbot.pick.";

    /// <summary>
    /// Reads the <c>value</c> of an activity: of <c>adaptiveCard/action</c>, of a message that Action.Submit sent, of <c>task/*</c>, or of
    /// <c>composeExtension/submitAction</c>. Null where nothing of CopBot's is in it.
    /// </summary>
    public static TeamsAction? Read(JsonNode? value)
    {
        try
        {
            return Of(value);
        }
        catch (ArgumentException)
        {
            // An object has a member twice.
            return null;
        }
    }

    private static TeamsAction? Of(JsonNode? value)
    {
        if (value is not JsonObject whole || ((whole["action"] as JsonObject)?["data"] ?? whole["data"] ?? whole) is not JsonObject data || data[Own] is not JsonObject own)
            return null;

        var what = Text(own[Do]);
        var (line, card, n) = (Given(own[LineName]), Given(own[CardName]), Whole(own[Number]));
        switch (what)
        {
            case Say when Text(own[PickName]) is { } pick:
                var (number, picked) = Picked(Text(data[pick]));
                return new(what, picked, null, None, card, number ?? n);
            case Say or Form when line is not null:
                return new(what, line, null, None, card, n);
            case Send when Given(own[Command]) is { } command:
                return new(what, null, command, Values(data), card, n) { Known = Given(own[Known]) };
            case Refresh:
                return new(what, null, null, None, card, n);
            default:
                return null;
        }
    }

    /// <summary>
    /// The command line: as it is, or of a form that was sent, what was known and had no input with what was filled in. People whom the directory named stand
    /// as <c>&lt;@object-id&gt;</c>, with commas between them. Null where there is none, or the command is none of the catalogue's.
    /// </summary>
    public static string? Line(TeamsAction action, CommandCatalog catalogue)
    {
        if (action.Do != Send)
            return action.Line;
        if (action.Command is null || catalogue.Find(action.Command) is not { } command)
            return null;

        var known = Before(action, catalogue, command);
        List<KeyValuePair<string, string>> values = [];
        foreach (var parameter in command.Parameters)
        {
            if ((action.Values.TryGetValue(parameter.Name, out var given) ? Said(parameter, given) : known.GetValueOrDefault(parameter.Name)) is { } value)
                values.Add(new(parameter.Name, value));
        }

        return CommandLine.Write(command.Name, values);
    }

    private static Dictionary<string, string> Before(TeamsAction action, CommandCatalog catalogue, Command command)
    {
        try
        {
            return action.Known is { } line && new CommandLineParser(catalogue).Parse(line) is { } known && known.Command == command
                ? known.Values.ToDictionary(value => value.Key.Name, value => value.Value, StringComparer.Ordinal)
                : [];
        }
        catch (Refusal)
        {
            return [];
        }
    }

    private static string? Said(CommandParameter parameter, string given) => parameter.Kind switch
    {
        ParameterKind.Flag => given is "yes" or "true" ? "yes" : null,
        ParameterKind.Person or ParameterKind.People => string.Join(',', given.Split(',').Select(name => TeamsReader.IsObjectId(name.Trim()) ? $"<@{name.Trim()}>" : name)),
        _ => given,
    };

    private static Dictionary<string, string> Values(JsonObject data)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (name, node) in data)
        {
            if (name is not Own and not "msteams" && !name.StartsWith(Pick, StringComparison.Ordinal) && Given(node) is { } given and not Nothing)
                values[name] = given;
        }

        return values;
    }

    private static (int? Number, string? Line) Picked(string? value) =>
        value?.Split(':', 2) is [var digits, var line] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && line.Trim().Length > 0 ? (number, line) : (null, null);

    private static string? Given(JsonNode? node) => Text(node) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    // Some clients send numbers and ticks as such, others as text.
    private static string? Text(JsonNode? node) => node is not JsonValue value ? null
        : value.GetValueKind() == JsonValueKind.String ? Json.TextOf(value)
        : value.TryGetValue<bool>(out var on) ? on ? "true" : "false"
        : value.TryGetValue<int>(out var whole) ? whole.ToString(CultureInfo.InvariantCulture)
        : value.TryGetValue<decimal>(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static int Whole(JsonNode? node) => int.TryParse(Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
