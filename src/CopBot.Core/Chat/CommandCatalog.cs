using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Every command there is, built from the methods that carry <see cref="CommandAttribute"/>.</summary>
public sealed class CommandCatalog
{
    private readonly Dictionary<string, Command> byName;

    /// <param name="types">Classes to look through.</param>
    /// <param name="choices">The lists of the content pack by name.</param>
    public CommandCatalog(IEnumerable<Type> types, Func<string, IReadOnlyList<string>> choices)
    {
        Commands = [.. types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<CommandAttribute>()))
            .Where(found => found.Attribute is not null)
            .Select(found => Describe(found.Method, found.Attribute!, choices))
            .OrderBy(command => command.Name, StringComparer.Ordinal)];
        byName = Commands.ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All commands by name.</summary>
    public IReadOnlyList<Command> Commands { get; }

    /// <summary>The classes in an assembly that hold commands.</summary>
    public static IEnumerable<Type> CommandClasses(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(ICommands).IsAssignableFrom(type));

    /// <summary>The command of exactly that name, or null.</summary>
    public Command? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The secret command that a line begins with, or may have meant to; null where it begins with none.</summary>
    public Command? SecretIn(string line)
    {
        var words = line.Trim().TrimStart('/').Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        var named = Enumerable.Range(1, Math.Min(2, words.Length)).Select(count => Find(string.Join(' ', words.Take(count)))).FirstOrDefault(command => command is not null);
        var meant = named ?? Commands.FirstOrDefault(command => words.Length > 0 && command.Secret && command.Name.StartsWith(words[0] + ' ', StringComparison.OrdinalIgnoreCase));
        return meant is { Secret: true } ? meant : null;
    }

    private static Command Describe(MethodInfo method, CommandAttribute attribute, Func<string, IReadOnlyList<string>> choices) => new()
    {
        Name = attribute.Name,
        Summary = attribute.Summary,
        Role = attribute.Role,
        ReadsOnly = attribute.ReadsOnly,
        Secret = attribute.Secret,
        Example = attribute.Example,
        Method = method,
        Parameters = [.. method.GetParameters()
            .Where(parameter => parameter.ParameterType != typeof(Caller) && parameter.ParameterType != typeof(CancellationToken))
            .Select(parameter => Describe(parameter, choices))],
    };

    private static CommandParameter Describe(ParameterInfo parameter, Func<string, IReadOnlyList<string>> choices)
    {
        var allowed = parameter.GetCustomAttribute<OneOfAttribute>()?.Values
            ?? (parameter.GetCustomAttribute<OneOfPackAttribute>() is { } fromPack ? choices(fromPack.List) : []);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new()
        {
            Name = parameter.Name!.ToLowerInvariant(),
            Description = parameter.GetCustomAttribute<DescriptionAttribute>()?.Description
                ?? throw new InvalidOperationException($"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}: parameter {parameter.Name} needs a [Description]"),
            Kind = KindOf(parameter, type, allowed),
            Required = !parameter.HasDefaultValue,
            Default = parameter.HasDefaultValue ? parameter.DefaultValue : null,
            Type = type,
            Choices = allowed,
            Aliases = parameter.GetCustomAttribute<AlsoAttribute>()?.Names ?? [],
            Invites = parameter.IsDefined(typeof(InvitesAttribute)),
            MaxLength = parameter.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? 300,
        };
    }

    private static ParameterKind KindOf(ParameterInfo parameter, Type type, IReadOnlyList<string> allowed) => type switch
    {
        _ when type == typeof(string) => allowed.Count > 0 ? ParameterKind.Choice : ParameterKind.Text,
        _ when type == typeof(PersonId) => ParameterKind.Person,
        _ when type == typeof(IReadOnlyList<PersonId>) => ParameterKind.People,
        _ when type == typeof(int) || type == typeof(decimal) => ParameterKind.Number,
        _ when type == typeof(LocalDate) => ParameterKind.Date,
        _ when type == typeof(Uri) => ParameterKind.Link,
        _ when type == typeof(bool) => ParameterKind.Flag,
        _ => throw new InvalidOperationException($"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}: no input for a parameter of type {type.Name}"),
    };
}
