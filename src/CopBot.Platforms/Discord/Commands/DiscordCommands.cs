using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>
/// The catalogue as application commands, and back (docs.discord.com/developers/interactions/application-commands). How they are spread over roots is
/// <see cref="CommandRoots"/>'s; decision 18 says why.
/// </summary>
public static class DiscordCommands
{
    /// <summary>On a message: log it as a share.</summary>
    public const string LogAsShare = "Log as share";

    /// <summary>On a message: thank whoever wrote it; on a person: thank them.</summary>
    public const string Thank = "Thank";

    // What these parameters name can be listed.
    private static readonly HashSet<string> Listed = ["number", "claim", "gap", "objective", "gathering", "topic", "rotation", "squad", "badge", "command"];

    // And these, in some commands.
    private static readonly HashSet<string> ListedThere = ["squad join name", "okr template name", "template post name", "outcome from", "kr move to"];

    /// <summary>All commands, for <c>PUT /applications/{app}/commands</c>. Throws where one would break a limit of Discord's, and names it.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="guild">Whether they are for one server, where Discord knows neither contexts nor kinds of installation.</param>
    public static JsonArray Of(CommandCatalog catalog, bool guild = false)
    {
        var roots = CommandRoots.Of(catalog).GroupBy(place => place.Root, StringComparer.Ordinal).OrderBy(root => root.Key, StringComparer.Ordinal).Select(root => CommandJson.Root(root.Key, root));
        JsonArray commands =
        [
            .. roots,
            Menu(LogAsShare, DiscordClicked.Message, "Registrar como aporte"),
            Menu(Thank, DiscordClicked.Message, "Agradecer"),
            Menu(Thank, DiscordClicked.User, "Agradecer"),
        ];
        if (!guild)
        {
            foreach (var command in commands)
            {
                // In a server, in private with the bot, and elsewhere for whoever has it installed for themselves, who is answered in private.
                command!["contexts"] = new JsonArray(0, 1, 2);
                command["integration_types"] = new JsonArray(0, 1);
            }
        }

        var problems = CommandCheck.Problems(commands).ToList();
        return problems.Count == 0 ? commands : throw new InvalidOperationException($"Discord would refuse the commands: {string.Join("; ", problems)}");
    }

    /// <summary>
    /// The command line that an interaction stands for, people as <c>&lt;@id&gt;</c>; null where it is for no command of the catalogue. The lines of the
    /// menus of messages and people are there to open their form.
    /// </summary>
    /// <param name="data">The <c>data</c> of an APPLICATION_COMMAND interaction.</param>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="guild">The server that it comes from, for the address of a message; null in private.</param>
    public static string? Line(JsonObject data, CommandCatalog catalog, string? guild = null) =>
        DiscordClicked.IsMenu(data) ? DiscordClicked.Line(data, catalog, guild)
        : DiscordTyped.Read(data, catalog) is { } typed ? CommandLine.Write(typed.Command.Name, typed.Values) : null;

    /// <summary>What is being typed, for autocomplete; null where that is for nothing in the catalogue.</summary>
    /// <param name="data">The <c>data</c> of an APPLICATION_COMMAND_AUTOCOMPLETE interaction.</param>
    /// <param name="catalog">The catalogue.</param>
    public static DiscordFocus? Focused(JsonObject data, CommandCatalog catalog)
    {
        if (DiscordTyped.Read(data, catalog) is not { Focus: { } focus } typed || typed.Command.Parameters.FirstOrDefault(parameter => parameter.Name == focus.Key) is not { } parameter)
            return null;
        return new(typed.Command, parameter, focus.Value, typed.Values);
    }

    /// <summary>Whether the bot can offer values for a parameter while it is typed.</summary>
    public static bool Suggested(Command command, CommandParameter parameter) => parameter.Kind switch
    {
        ParameterKind.People => true,
        ParameterKind.Choice => parameter.Choices.Count > CommandLimits.Choices,
        ParameterKind.Text or ParameterKind.Number => Listed.Contains(parameter.Name) || ListedThere.Contains($"{command.Name} {parameter.Name}"),
        _ => false,
    };

    /// <summary>Whether what Discord has is not what it should have. It gives the translations only when asked with <c>with_localizations=true</c>.</summary>
    public static bool Differs(JsonArray have, JsonArray want) => CommandComparison.Differs(have, want);

    private static JsonObject Menu(string name, int type, string spanish) => new()
    {
        ["name"] = name,
        ["name_localizations"] = new JsonObject(CommandLimits.Spanish.Select(locale => KeyValuePair.Create<string, JsonNode?>(locale, spanish))),
        ["type"] = type,
    };
}

/// <summary>What somebody is typing.</summary>
/// <param name="Command">The command.</param>
/// <param name="Parameter">Its parameter that has the focus.</param>
/// <param name="Typed">What is typed so far.</param>
/// <param name="Others">The values of other parameters, as a line would say them.</param>
public sealed record DiscordFocus(Command Command, CommandParameter Parameter, string Typed, IReadOnlyList<KeyValuePair<string, string>> Others);
