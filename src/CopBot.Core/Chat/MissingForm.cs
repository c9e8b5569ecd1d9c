namespace CopBot.Core.Chat;

/// <summary>Asks for the parameters that a command cannot do without.</summary>
public static class MissingForm
{
    /// <summary>A form with what is known filled in; null when nothing is missing.</summary>
    public static Message? Of(CommandLine line)
    {
        var missing = line.Command.Parameters.Where(parameter => parameter.Required && !IsGiven(line, parameter)).ToList();
        if (missing.Count == 0)
            return null;

        var all = missing.Select(parameter => RichText.Of($"{parameter.Name:code}")).ToList();
        var names = all.Count == 1 ? all[0] : RichText.Of($"{RichText.Join(", ", all[..^1])} and {all[^1]}");
        return new Message(
            $"{line.Command.Name:code} still needs {names}. Nothing was stored yet.",
            Card.Of(
                Whole(line),
                line.Command.Example is { } example ? new Note($"For example: {example:code}") : new Note($"It goes like this: {line.Command.Usage:code}")));
    }

    /// <summary>The form of a command, with what is known filled in.</summary>
    public static Form Whole(CommandLine line) => new(line.Command.Name, [.. line.Command.Parameters.Select(parameter => FieldOf(parameter, line))]);

    private static bool IsGiven(CommandLine line, CommandParameter parameter) =>
        line.Values.TryGetValue(parameter, out var given) && given.Trim().Length > 0;

    private static Field FieldOf(CommandParameter parameter, CommandLine line) =>
        new(parameter.Name, parameter.Description, parameter.Kind, parameter.Required, parameter.Choices, line.Values.GetValueOrDefault(parameter),
            parameter.Kind == ParameterKind.Text ? parameter.MaxLength : null);
}
