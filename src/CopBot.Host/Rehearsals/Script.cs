using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Features.People;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Host.Rehearsals;

/// <summary>One line of a rehearsal.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>Somebody says something, in the channel or in private.</summary>
    public sealed record Say(string Name, bool Private, string Text) : Step;

    /// <summary>The clock moves by a duration.</summary>
    public sealed record Wait(Duration By) : Step;

    /// <summary>The clock moves to a local time.</summary>
    public sealed record MoveTo(LocalDateTime Local) : Step;
}

/// <summary>A line that is none of those; the rehearsal stops with exit code 2.</summary>
public sealed class UnreadableLine(int number, string problem) : Exception($"line {number.ToString(CultureInfo.InvariantCulture)}: {problem}");

/// <summary>Reads the lines of a rehearsal.</summary>
public static partial class Script
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>The step of a line; null for a comment or an empty line.</summary>
    public static Step? Read(string line, int number)
    {
        var text = line.Trim();
        if (text.Length == 0 || text.StartsWith('#'))
            return null;
        if (Clock().Match(text) is { Success: true } clock)
            return ReadClock(clock.Groups["to"].Value, number);
        if (Speech().Match(text) is { Success: true } speech)
        {
            var name = speech.Groups["name"].Value;
            return LocalNames.IsName(name)
                ? new Step.Say(name, speech.Groups["private"].Success, speech.Groups["text"].Value.Trim())
                : throw new UnreadableLine(number, $"“{name}” is not a name; names have letters, digits, dots, dashes and underscores");
        }

        throw new UnreadableLine(number, "expected “name: what they say”, “name (private): …”, “clock +7d” or “# a comment”");
    }

    private static Step ReadClock(string to, int number)
    {
        if (By().Match(to) is { Success: true } by && by.Length > 1)
        {
            return new Step.Wait(
                Duration.FromDays(Number(by.Groups["d"])) + Duration.FromHours(Number(by.Groups["h"])) + Duration.FromMinutes(Number(by.Groups["m"])));
        }

        return Minutes.Parse(to) is { Success: true } local
            ? new Step.MoveTo(local.Value)
            : throw new UnreadableLine(number, $"the clock moves by “+7d”, “+2h30m” or “+90m”, or to a local time such as “2026-03-29T02:30”, not to “{to}”");
    }

    private static int Number(Group group) =>
        group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^clock\s+(?<to>[^#]*[^#\s])\s*(#.*)?$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?<name>[^\s:()]+)(?<private>\s*\(private\))?\s*:(?<text>.*)$", RegexOptions.Singleline)]
    private static partial Regex Speech();

    [GeneratedRegex(@"^\+((?<d>\d{1,5})d)?((?<h>\d{1,6})h)?((?<m>\d{1,7})m)?$")]
    private static partial Regex By();
}
