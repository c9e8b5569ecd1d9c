using System.Text;

namespace CopBot.Core.Chat;

/// <summary>A typed line, taken apart: which command, and what was given for which parameter, still as text.</summary>
public sealed record CommandLine(Command Command, IReadOnlyDictionary<CommandParameter, string> Values)
{
    /// <summary>A line that parses to the given values; what buttons carry and forms send.</summary>
    public static string Write(string command, IEnumerable<KeyValuePair<string, string>> values)
    {
        var line = new StringBuilder(command);
        foreach (var (name, value) in values)
            line.Append(' ').Append(name).Append('=').Append(Token.Quote(value));
        return line.ToString();
    }
}

/// <summary>Reads every typed command of every platform.</summary>
/// <remarks>
/// The longest command name wins. <c>name=value</c> may stand anywhere. Parameters before the first text may be given by position,
/// people wherever they are mentioned; the rest of the line is the first text.
/// </remarks>
public sealed class CommandLineParser(CommandCatalog catalog)
{
    private const int LongestName = 2;

    /// <summary>The longest line that is read, in characters as people count them.</summary>
    public const int MaxLength = 4000;

    /// <summary>Takes a line apart, or says in a <see cref="Refusal"/> why it cannot.</summary>
    public CommandLine Parse(string line)
    {
        if (line.Length > MaxLength && TextRules.Length(line) > MaxLength)
            throw new Refusal($"That is {TextRules.Length(line)} characters; I read at most {MaxLength} in one go. Nothing was stored: put the long part behind a link and send a shorter line.");

        line = WithoutAddress(line);
        var tokens = Token.Split(line);
        var command = FindCommand(tokens, out var words) ?? throw Unknown(tokens, line);
        return new(command, Assign(command, tokens[words..]));
    }

    // "/cop share …", "@CopBot share …" and "share …" are the same.
    private static string WithoutAddress(string line)
    {
        var trimmed = line.TrimStart();
        foreach (var address in (string[])["/copbot", "/cop", "@copbot", "copbot", "cop"])
        {
            if (trimmed.StartsWith(address, StringComparison.OrdinalIgnoreCase)
                && (trimmed.Length == address.Length || char.IsWhiteSpace(trimmed[address.Length]) || trimmed[address.Length] is ',' or ':'))
                return trimmed[address.Length..].TrimStart(' ', '\t', ',', ':');
        }

        return trimmed;
    }

    private Command? FindCommand(List<Token> tokens, out int words)
    {
        for (words = Math.Min(LongestName, tokens.Count); words > 0; words--)
        {
            var head = tokens.Take(words).ToList();
            if (head.All(token => token is { Quoted: false, Name: null })
                && catalog.Find(string.Join(' ', head.Select(token => token.Text.TrimStart('/')))) is { } command)
                return command;
        }

        return null;
    }

    private Refusal Unknown(List<Token> tokens, string line)
    {
        if (tokens.Count == 0)
            return new Refusal($"I am listening. Try {"help":code}, or {"share \"What you learned\"":code}.");

        var typed = string.Join(' ', tokens.Take(LongestName).Select(token => token.Text));
        var first = tokens[0].Text;
        var begun = catalog.Commands.Where(command => command.Name.StartsWith(first + " ", StringComparison.OrdinalIgnoreCase)).ToList();
        if (begun.Count > 1 && begun.Max(command => Likeness(command, tokens)) < 60)
            return new Refusal($"{first.ToLowerInvariant():code} goes on: {RichText.Join(", ", begun.Select(command => RichText.Of($"{command.Name:code}")))}.") { Offers = [.. begun.Select(command => new Button(command.Name, command.Name)).Take(5)] };
        // Of two that are equally like it, the one that changes nothing is the better guess.
        var near = catalog.Commands
            .Select(command => (command.Name, Score: Math.Max(Similarity.Of(command.Name, typed), command.Name.Contains(' ', StringComparison.Ordinal) ? Similarity.Of(command.Name.Split(' ')[0], first) - 5 : Similarity.Of(command.Name, first)), Command: command))
            .OrderByDescending(found => found.Score)
            .ThenByDescending(found => Likeness(found.Command, tokens))
            .ThenByDescending(found => found.Command.ReadsOnly)
            .ThenBy(found => found.Name, StringComparer.Ordinal)
            .First();
        var shown = new UserText(Short(typed));
        return near.Score >= 70
            ? new Refusal($"I do not know “{shown}”. Did you mean {near.Name:code}?") { Offers = [new(near.Name, Corrected(near.Name, tokens, line))] }
            : new Refusal($"I do not know “{shown}”. {"help":code} lists what I understand.") { Offers = [new("help", "help")] };
    }

    // How like what follows the first word is to what follows it in a command's name, from 0 to 100.
    private static int Likeness(Command command, List<Token> tokens)
    {
        var words = command.Name.Split(' ');
        return words.Length == 1 ? 0 : Similarity.Of(string.Join(' ', words.Skip(1)), string.Join(' ', tokens.Skip(1).Take(words.Length - 1).Select(token => token.Text)));
    }

    // The rest of the line comes along: as many words as the command has are taken to be its name.
    private static string Corrected(string name, List<Token> tokens, string line)
    {
        var words = name.Split(' ').Length;
        return tokens.Count > words ? $"{name} {line[tokens[words].Start..]}" : name;
    }

    private static Dictionary<CommandParameter, string> Assign(Command command, List<Token> tokens)
    {
        var values = new Dictionary<CommandParameter, string>();
        var rest = new List<Token>();
        foreach (var token in Spaced(command, tokens))
        {
            if (token.Name is null)
            {
                // "--yes" means the flag wherever it stands; a plain "yes" may be part of a title.
                if (!token.Quoted && FlagOf(command, token.Text) is { } flag)
                    values[flag] = "yes";
                else
                    rest.Add(token);
                continue;
            }

            if (command.Parameters.FirstOrDefault(parameter => parameter.Answers(token.Name)) is { } named)
            {
                if (token is { Quoted: false, Text: "" })
                    throw new Refusal($"{named.Name + "=":code} has no value. Nothing was stored: write it right behind, or leave {named.Name:code} out.");
                if (!values.TryAdd(named, token.Text))
                    throw new Refusal($"{named.Name:code} is given twice. Nothing was stored: send it once.");
            }
            else
            {
                throw NoSuchOption(command, token.Name);
            }
        }

        Position(command, rest, values);
        return values;
    }

    // "size = medium" and "size= medium" mean size=medium, where the command has a size.
    private static IEnumerable<Token> Spaced(Command command, List<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            var next = at + 1 < tokens.Count ? tokens[at + 1] : default;
            if (token is { Name: null, Quoted: false } && next is { Name: null, Quoted: false, Text: ['=', ..] } && command.Parameters.Any(parameter => parameter.Answers(token.Text)))
            {
                token = next with { Name = token.Text, Text = next.Text[1..] };
                next = ++at + 1 < tokens.Count ? tokens[at + 1] : default;
            }

            if (token is { Name: not null, Quoted: false, Text: "" } && next is { Name: null, Text.Length: > 0 })
            {
                token = next with { Name = token.Name };
                at++;
            }

            yield return token;
        }
    }

    private static CommandParameter? FlagOf(Command command, string text) =>
        text.TrimStart('-', '–', '—') is { Length: > 0 } name && name.Length < text.Length
            ? command.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Flag && parameter.Answers(name))
            : null;

    private static void Position(Command command, List<Token> rest, Dictionary<CommandParameter, string> values)
    {
        var text = command.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Text && !values.ContainsKey(parameter));
        var anyText = command.Parameters.Any(parameter => parameter.Kind == ParameterKind.Text);
        var leading = anyText ? command.Parameters.TakeWhile(parameter => parameter.Kind != ParameterKind.Text) : command.Parameters;
        var open = leading.Where(parameter => !values.ContainsKey(parameter)).ToList();
        var words = new List<Token>();
        foreach (var token in rest)
        {
            if (TakePerson(command, token, values))
            {
                open.RemoveAll(values.ContainsKey);
                continue;
            }

            var slot = words.Count == 0 && (!token.Quoted || text is null) ? open.FirstOrDefault(parameter => Looks(parameter, token.Text)) ?? Meant(token) : null;
            if (slot is not null)
            {
                values[slot] = token.Text;
                open.Remove(slot);
            }
            else
            {
                words.Add(token);
            }
        }

        // A word where a choice, a number or a person has to stand is meant as one; the binder says what is wrong with it.
        CommandParameter? Meant(Token token) =>
            !token.Quoted && open.FirstOrDefault() is { Required: true } first
            && (first.Kind is ParameterKind.Choice or ParameterKind.Number || (first.Kind == ParameterKind.Person && !values.ContainsKey(first) && !rest.Any(other => other.Text.StartsWith('@'))))
                ? first : null;

        if (words.Count == 0)
            return;

        var target = text
            ?? open.FirstOrDefault(parameter => parameter.Required)
            ?? open.FirstOrDefault(parameter => parameter.Kind is ParameterKind.Choice or ParameterKind.Number or ParameterKind.Date or ParameterKind.Link or ParameterKind.Person)
            ?? throw new Refusal($"I do not know what to do with “{Said(words)}” there. It goes like this: {command.Usage:code}");

        // Behind a text in quotes a flag's name is the flag: "Core team" revoke.
        if (words[0].Quoted)
            words.RemoveAll(word => !word.Quoted && command.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Flag && parameter.Answers(word.Text)) is { } flag && values.TryAdd(flag, "yes"));

        // Whoever quotes a text has said where it ends; what is left over is a slip, and must not become part of it.
        if (words[0].Quoted && words.Count > 1)
            throw new Refusal($"I do not know what to do with “{Said(words[1..])}” beside “{Said(words[..1])}”. Nothing was stored: a value with spaces stands in quotes, as in {"name=\"two words\"":code}.");
        values[target] = string.Join(' ', words.Select(word => word.Text));

        static UserText Said(IEnumerable<Token> words) => new(Short(string.Join(' ', words.Select(word => word.Text))));
    }

    private static bool TakePerson(Command command, Token token, Dictionary<CommandParameter, string> values)
    {
        if (token.Quoted || !token.Text.StartsWith('@') || token.Text.Length < 2)
            return false;

        if (command.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Person && !values.ContainsKey(parameter)) is { } person)
        {
            values[person] = token.Text.TrimEnd(',');
            return true;
        }

        if (command.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.People) is { } people)
        {
            values[people] = values.TryGetValue(people, out var before) ? $"{before},{token.Text.Trim(',')}" : token.Text.Trim(',');
            return true;
        }

        return false;
    }

    private static bool Looks(CommandParameter parameter, string text) => parameter.Kind switch
    {
        ParameterKind.Choice => parameter.Choices.Contains(text, StringComparer.OrdinalIgnoreCase),
        ParameterKind.Number => text.TrimStart('#') is { Length: > 0 } digits && digits.All(c => char.IsAsciiDigit(c) || c is '.' or '-'),
        ParameterKind.Flag => parameter.Answers(text.TrimStart('-', '–', '—')),
        ParameterKind.Date => text.Length > 0 && char.IsAsciiDigit(text[0]),
        ParameterKind.Link => text.Contains("://", StringComparison.Ordinal),
        _ => false,
    };

    private static Refusal NoSuchOption(Command command, string name)
    {
        var near = command.Parameters.MaxBy(parameter => Similarity.Of(parameter.Name, name));
        return near is not null && Similarity.Of(near.Name, name) >= 60
            ? new Refusal($"{command.Name:code} has no “{new UserText(Short(name))}”. Did you mean {near.Name + "=…":code}? Nothing was stored.")
            : new Refusal($"{command.Name:code} has no “{new UserText(Short(name))}”. It goes like this: {command.Usage:code} Nothing was stored.");
    }

    private static string Short(string text) => TextRules.Short(text, 40);
}
