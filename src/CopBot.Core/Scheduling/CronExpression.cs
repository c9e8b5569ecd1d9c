using System.Globalization;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday; names are understood).
/// Lists, ranges and steps as in crontab(5); when both days are restricted, either one is enough.
/// </summary>
public sealed class CronExpression : IEquatable<CronExpression>
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly bool[] daysOfMonth;
    private readonly bool[] months;
    private readonly bool[] daysOfWeek;
    private readonly bool anyDayOfMonth;
    private readonly bool anyDayOfWeek;

    private CronExpression(string text, string[] fields)
    {
        Text = text;
        var minutes = Field(fields[0], "minute", 0, 59, []);
        var hours = Field(fields[1], "hour", 0, 23, []);
        daysOfMonth = Field(fields[2], "day of month", 1, 31, []);
        months = Field(fields[3], "month", 1, 12, Months, firstName: 1);
        daysOfWeek = Field(fields[4], "day of week", 0, 7, Weekdays);
        daysOfWeek[0] |= daysOfWeek[7];
        anyDayOfMonth = fields[2].StartsWith('*');
        anyDayOfWeek = fields[4].StartsWith('*');
        Times = [.. from hour in Enumerable.Range(0, 24) where hours[hour] from minute in Enumerable.Range(0, 60) where minutes[minute] select new LocalTime(hour, minute)];
    }

    /// <summary>The expression as it was written, with single spaces.</summary>
    public string Text { get; }

    /// <summary>The times of a day on which it runs.</summary>
    public IReadOnlyList<LocalTime> Times { get; }

    /// <summary>Reads an expression; a <see cref="FormatException"/> names the field that is wrong.</summary>
    public static CronExpression Parse(string text)
    {
        var fields = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            throw new FormatException($"a cron expression has five fields (minute hour day month weekday), not {fields.Length}");
        var expression = new CronExpression(string.Join(' ', fields), fields);
        return expression.EverRuns()
            ? expression
            : throw new FormatException("no date matches that day and month");
    }

    /// <summary>Whether it runs on a date.</summary>
    public bool RunsOn(LocalDate date)
    {
        var ofMonth = daysOfMonth[date.Day];
        var ofWeek = daysOfWeek[(int)date.DayOfWeek % 7];
        return months[date.Month] && (anyDayOfMonth || anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek);
    }

    public bool Equals(CronExpression? other) => other?.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as CronExpression);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool[] Field(string text, string name, int min, int max, string[] names, int firstName = 0)
    {
        var set = new bool[max + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, 1),
                [var all, var by] when int.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 60 => (all, number),
                _ => throw new FormatException($"“{part}” is no {name}"),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*"] => (min, name == "day of week" ? 6 : max),
                [var one] => (Value(one), part.Contains('/', StringComparison.Ordinal) ? max : Value(one)),
                [var first, var last] => (Value(first), Value(last)),
                _ => throw new FormatException($"“{part}” is no {name}"),
            };
            if (from > to)
                throw new FormatException($"“{part}” runs backwards; write the smaller {name} first");
            for (var value = from; value <= to; value += step)
                set[value] = true;
        }

        return set;

        int Value(string word)
        {
            var named = Array.IndexOf(names, word);
            return named >= 0 ? named + firstName
                : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
                : throw new FormatException($"“{word}” is no {name}; it is {min} to {max}");
        }
    }

    // 29 February comes at least once in eight years.
    private bool EverRuns()
    {
        var first = new LocalDate(2000, 1, 1);
        return Enumerable.Range(0, 366 * 8).Any(day => RunsOn(first.PlusDays(day)));
    }
}
