using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Chat;

/// <summary>Turns the texts of a <see cref="CommandLine"/> into the typed arguments of the command's method.</summary>
public sealed class Binder(IDirectory directory)
{
    /// <summary>The arguments in the method's order. Throws a <see cref="Refusal"/> that names each value that does not fit.</summary>
    public async Task<object?[]> BindAsync(CommandLine line, Caller caller, CancellationToken ct)
    {
        var bound = new Dictionary<string, object?>();
        var problems = new List<RichText>();
        string? cleaned = null;
        foreach (var parameter in line.Command.Parameters)
        {
            if (!line.Values.TryGetValue(parameter, out var given) || (given.Trim().Length == 0 && parameter.Kind != ParameterKind.Flag))
            {
                bound[parameter.Name] = parameter.Default;
                continue;
            }

            if (parameter.Kind == ParameterKind.Text && TextRules.Problem(given) is { } problem)
            {
                problems.Add($"{parameter.Name:code} {new RichText([new Run.Words(problem)])}.");
                cleaned = CommandLine.Write(line.Command.Name, line.Values.Select(value =>
                    KeyValuePair.Create(value.Key.Name, value.Key.Kind == ParameterKind.Text ? TextRules.Clean(value.Value) : value.Value)));
                continue;
            }

            try
            {
                // A comma after a value separates it from the next one.
                var value = parameter.Kind == ParameterKind.Text ? given.Trim() : given.Trim().TrimEnd(',', ';');
                bound[parameter.Name] = await ReadAsync(parameter, value, caller, ct);
            }
            catch (Refusal refusal)
            {
                problems.Add(refusal.Says);
            }
        }

        if (problems.Count > 0)
        {
            throw new Refusal(RichText.Of($"{RichText.Join(" ", problems)}{(line.Command.ReadsOnly ? "" : " Nothing was stored.")}"))
            {
                Offers = problems.Count == 1 && !line.Command.Secret && cleaned is not null && !cleaned.Contains("\"\"", StringComparison.Ordinal) ? [new("Send it as plain text", cleaned)] : [],
            };
        }

        return [.. line.Command.Method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(Caller) ? caller
            : parameter.ParameterType == typeof(CancellationToken) ? ct
            : bound[parameter.Name!.ToLowerInvariant()])];
    }

    /// <summary>What does not fit in a filled-in form, by the parameter's name.</summary>
    public async Task<IReadOnlyDictionary<string, RichText>> ProblemsAsync(CommandLine line, Caller caller, CancellationToken ct)
    {
        var problems = new Dictionary<string, RichText>();
        foreach (var parameter in line.Command.Parameters)
        {
            var given = line.Values.GetValueOrDefault(parameter)?.Trim() ?? "";
            if (given.Length == 0)
            {
                if (parameter.Required)
                    problems[parameter.Name] = $"{parameter.Name:code} is needed.";
            }
            else if (parameter.Kind == ParameterKind.Text && TextRules.Problem(given) is { } problem)
            {
                problems[parameter.Name] = $"{parameter.Name:code} {new RichText([new Run.Words(problem)])}.";
            }
            else
            {
                try
                {
                    await ReadAsync(parameter, given, caller, ct);
                }
                catch (Refusal refusal)
                {
                    problems[parameter.Name] = refusal.Says;
                }
            }
        }

        return problems;
    }

    /// <summary>One value of the type that a parameter has. A <see cref="Refusal"/> says what does not fit.</summary>
    public async Task<object?> ReadAsync(CommandParameter parameter, string given, Caller caller, CancellationToken ct) => parameter.Kind switch
    {
        ParameterKind.Text => given.Length <= parameter.MaxLength || TextRules.Length(given) <= parameter.MaxLength ? given
            : throw new Refusal($"{parameter.Name:code} has {TextRules.Length(given)} characters; it may have {parameter.MaxLength}."),
        ParameterKind.Choice => ToChoice(parameter, given),
        ParameterKind.Number => ToNumber(parameter, given),
        ParameterKind.Date => ToDate(parameter, given, caller.Today),
        ParameterKind.Link => ToLink(parameter, given),
        ParameterKind.Flag => ToFlag(parameter, given),
        ParameterKind.Person => await ToPersonAsync(parameter, given, caller, ct),
        ParameterKind.People => await ToPeopleAsync(parameter, given, caller, ct),
        _ => throw new InvalidOperationException($"no conversion for {parameter.Kind}"),
    };

    private static string ToChoice(CommandParameter parameter, string given)
    {
        if (parameter.Choices.FirstOrDefault(choice => choice.Equals(given, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return exact;

        var near = parameter.Choices.MaxBy(choice => Similarity.Of(choice, given))!;
        var allowed = string.Join(", ", parameter.Choices);
        throw Similarity.Of(near, given) >= 60
            ? new Refusal($"{parameter.Name:code} is one of {allowed}; did you mean {near:code}?")
            : new Refusal($"{parameter.Name:code} is one of {allowed}, not “{Short(given)}”.");
    }

    private static object ToNumber(CommandParameter parameter, string given)
    {
        var digits = given.TrimStart('#');
        if (parameter.Type == typeof(int))
        {
            if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole >= 0)
                return whole;
            if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
                throw new Refusal($"{parameter.Name:code} is a whole number, not below 0, such as {"2":code}; “{Short(given)}” is none.");
            throw parameter.Answers("claim")
                ? new Refusal($"There is no #{Short(digits)}.")
                : new Refusal($"{parameter.Name:code} is at most {int.MaxValue}, not “{Short(given)}”.");
        }

        return decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= 1_000_000_000_000m
            ? number
            : throw new Refusal($"{parameter.Name:code} is a number such as {"12.5":code}, not “{Short(given)}”.");
    }

    private static LocalDate ToDate(CommandParameter parameter, string given, LocalDate today) => given.ToLowerInvariant() switch
    {
        "today" => today,
        "tomorrow" => today.PlusDays(1),
        _ when LocalDatePattern.Iso.Parse(given) is { Success: true } parsed => parsed.Value,
        _ => throw new Refusal($"{parameter.Name:code} is a date such as {LocalDatePattern.Iso.Format(today.PlusDays(14)):code}; there is no “{Short(given)}”."),
    };

    private static Uri ToLink(CommandParameter parameter, string given)
    {
        var plain = given is ['<', .. var inner, '>'] ? inner : given;
        return plain.Length <= 2000
            && !plain.AsSpan().ContainsAny("<>\"\\ ")
            && TextRules.Problem(plain) is null
            && Uri.TryCreate(plain, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0
            && address.HostNameType != UriHostNameType.Unknown
            ? address
            : throw new Refusal($"{parameter.Name:code} is a web address such as {"https://example.org/runbook":code}, not “{Short(given)}”.");
    }

    private static bool ToFlag(CommandParameter parameter, string given) => given.TrimStart('-', '–', '—').ToLowerInvariant() switch
    {
        "yes" or "true" or "on" or "1" or "" => true,
        "no" or "false" or "off" or "0" => false,
        var word when parameter.Answers(word) => true,
        _ => throw new Refusal($"{parameter.Name:code} is {"yes":code} or {"no":code}, not “{Short(given)}”."),
    };

    private async Task<PersonId> ToPersonAsync(CommandParameter parameter, string given, Caller caller, CancellationToken ct) =>
        await FindAsync(parameter, given, caller, ct) ?? throw Nobody(given);

    private async Task<IReadOnlyList<PersonId>> ToPeopleAsync(CommandParameter parameter, string given, Caller caller, CancellationToken ct)
    {
        var people = new List<PersonId>();
        foreach (var name in given.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var person = await FindAsync(parameter, name, caller, ct) ?? throw Nobody(name);
            if (!people.Contains(person))
                people.Add(person);
        }

        return people.Count <= 50 ? people : throw new Refusal($"{parameter.Name:code} names {people.Count} people; I take at most 50.");
    }

    private Task<PersonId?> FindAsync(CommandParameter parameter, string name, Caller caller, CancellationToken ct) =>
        parameter.Invites ? directory.InvitedAsync(name, caller, ct) : directory.MentionedAsync(name, caller, ct);

    private static Refusal Nobody(string name) =>
        new($"I do not know “{Short(name)}”. I only know people who have said something to me; mention them as {"@name":code}.");

    private static UserText Short(string text) => new(PlainText.Visible(TextRules.Short(text, 60)));
}
