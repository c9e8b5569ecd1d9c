namespace CopBot.Core.Chat;

/// <summary>A class whose methods are commands. It is found by itself; one instance lives for one message.</summary>
public interface ICommands;

/// <summary>Makes a method a command: at most two lower-case words, and one sentence of at most 100 characters that says what it does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CommandAttribute(string name, string summary) : Attribute
{
    public string Name { get; } = name;

    public string Summary { get; } = summary;

    /// <summary>The least role that may use it.</summary>
    public Role Role { get; init; } = Role.Member;

    /// <summary>The command changes nothing, so it runs beside the writer.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>What is typed with it is kept nowhere and repeated to nobody, not even in the transcript of whoever typed it.</summary>
    public bool Secret { get; init; }

    /// <summary>A line that works as it stands, for help.</summary>
    public string? Example { get; init; }
}

/// <summary>The values a text parameter may have.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>The values a text parameter may have are a list of the content pack, such as <c>sizes</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOfPackAttribute(string list) : Attribute
{
    public string List { get; } = list;
}

/// <summary>Other names that people type for the parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AlsoAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>People who never spoke to the bot may be named here; the command invites them.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InvitesAttribute : Attribute;

/// <summary>What a person may do; each role includes the ones before it.</summary>
public enum Role
{
    Member = 0,
    Core = 1,
    Lead = 2,
}
