namespace CopBot.Platforms.Discord.Commands;

/// <summary>
/// What Discord takes of application commands; lists in items, texts in UTF-16 units, of which there are never fewer than Discord counts characters.
/// Unless a line says otherwise the page is docs.discord.com/developers/interactions/application-commands.
/// </summary>
public static class CommandLimits
{
    /// <summary>The languages that our Spanish stands for (docs.discord.com/developers/reference, “Locales”).</summary>
    public static IReadOnlyList<string> Spanish { get; } = ["es-ES", "es-419"];

    /// <summary>Commands that are typed, for all servers.</summary>
    public const int Roots = 100;

    /// <summary>Options of a command, and subcommands or groups of one level.</summary>
    public const int Options = 25;

    /// <summary>Values of a choice; also what autocomplete may offer at once.</summary>
    public const int Choices = 25;

    /// <summary>The longest name of a value, and the longest value.</summary>
    public const int Choice = 100;

    /// <summary>The longest name of a command or an option.</summary>
    public const int Name = 32;

    /// <summary>The longest description, which may not be empty.</summary>
    public const int Description = 100;

    /// <summary>All names, descriptions and values of one root together, each in its longest language.</summary>
    public const int Characters = 8000;

    /// <summary>The longest text that an option can be asked to hold.</summary>
    public const int Text = 6000;
}
