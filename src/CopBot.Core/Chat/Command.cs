using System.Reflection;

namespace CopBot.Core.Chat;

/// <summary>The types of parameter; every platform has an input for each.</summary>
public enum ParameterKind
{
    Text,
    Person,
    People,
    Number,
    Date,
    Choice,
    Link,
    Flag,
}

/// <summary>One parameter of a command.</summary>
public sealed record CommandParameter
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required ParameterKind Kind { get; init; }

    public required bool Required { get; init; }

    public required Type Type { get; init; }

    /// <summary>What the method receives when the parameter is not given.</summary>
    public object? Default { get; init; }

    /// <summary>The allowed values of a choice, in the order in which they are offered.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other names under which it may be given.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether people who never spoke to the bot may be named.</summary>
    public bool Invites { get; init; }

    /// <summary>The longest text, in characters as people count them.</summary>
    public int MaxLength { get; init; } = 300;

    /// <summary>Whether people call it by this name.</summary>
    public bool Answers(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A command of the catalogue: a method with what is known of it.</summary>
public sealed record Command
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public required Role Role { get; init; }

    public required bool ReadsOnly { get; init; }

    /// <summary>Whether what is typed with it is kept nowhere and repeated to nobody.</summary>
    public bool Secret { get; init; }

    public required IReadOnlyList<CommandParameter> Parameters { get; init; }

    public required MethodInfo Method { get; init; }

    public string? Example { get; init; }

    /// <summary>The usage line, such as <c>kudos &lt;to&gt; &lt;reason&gt;</c>; square brackets mark what may be left out.</summary>
    public string Usage => string.Join(' ', Parameters.Select(Show).Prepend(Name));

    private static string Show(CommandParameter parameter)
    {
        var value = parameter switch
        {
            { Kind: ParameterKind.Flag } => parameter.Name,
            { Kind: ParameterKind.Choice } => $"{parameter.Name}={string.Join('|', parameter.Choices)}",
            { Required: true } => $"<{parameter.Name}>",
            _ => $"{parameter.Name}=…",
        };
        return parameter.Required ? value : $"[{value}]";
    }
}
