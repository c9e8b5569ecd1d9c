using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>How often, as people write it: “monday”, “mon,thu”, “weekday”, “2 weeks”, “2w monday”, “15th”, “last friday”, “month”.</summary>
public static partial class CadenceText
{
    private const int MostWeeks = 52;
    private static readonly IsoDayOfWeek[] Days = Enum.GetValues<IsoDayOfWeek>()[1..];

    /// <summary>The rule that a text means with a time of day, seen from now. A refusal says what is wrong or could mean two things.</summary>
    public static Recurrence Read(string every, LocalTime at, LocalDateTime now, string language = "en")
    {
        var words = every.Trim().ToLowerInvariant();
        if (language == "es")
            words = SpanishWhen.ToEnglish(words);
        if (words is "day" or "days" or "daily")
            return Weekly(Days, 1, at, now);
        if (words is "weekday" or "weekdays" or "workday" or "workdays")
            return Weekly(Days[..5], 1, at, now);
        if (words is "week" or "weekly")
            return Weekly([now.DayOfWeek], 1, at, now);
        if (words is "month" or "monthly")
            return new Recurrence.MonthlyOnDay(now.Day, at);
        if (Weeks().Match(words) is { Success: true } weeks && DayOf(weeks, now) is { } day)
        {
            var count = int.Parse(weeks.Groups["n"].Value, CultureInfo.InvariantCulture);
            return count is >= 1 and <= MostWeeks
                ? Weekly([day], count, at, now)
                : throw new Refusal($"{"every":code} is 1 to {MostWeeks} weeks, not {count}. Nothing was stored.");
        }

        if (OfMonth().Match(words) is { Success: true } date && int.Parse(date.Groups["n"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 31 and var dayOfMonth)
            return new Recurrence.MonthlyOnDay(dayOfMonth, at);
        if (Nth().Match(words) is { Success: true } nth && RecurrenceText.WeekdayOf(nth.Groups["day"].Value) is { } weekday)
            return new Recurrence.MonthlyOnWeekday(NumberOf(nth.Groups["n"].Value), weekday, at);
        if (words.StartsWith("second ", StringComparison.Ordinal) && RecurrenceText.WeekdayOf(words[7..]) is { } second)
            throw new Refusal($"“{new UserText(every)}” can mean every two weeks, {$"every=\"2w {second.ToString().ToLowerInvariant()}\"":code}, or once a month, {$"every=\"2nd {second.ToString().ToLowerInvariant()}\"":code}. Nothing was stored.");

        var named = words.Split([",", " and ", " "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(RecurrenceText.WeekdayOf).ToList();
        return named.Count > 0 && named.All(one => one is not null)
            ? Weekly([.. named.Select(one => one!.Value).Distinct().Order()], 1, at, now)
            : throw new Refusal($"{"every":code} is a weekday such as {"monday":code}, or {"day":code}, {"weekday":code}, {"2 weeks":code}, {"15th":code} or {"last friday":code}, not “{new UserText(every)}”. Nothing was stored.");
    }

    /// <summary>The weekday that a text names; null where it names none.</summary>
    public static IsoDayOfWeek? WeekdayOf(string day, string language)
    {
        var word = day.Trim().ToLowerInvariant();
        return RecurrenceText.WeekdayOf(language == "es" ? SpanishWhen.ToEnglish(word) : word);
    }

    // The weeks are counted from the first time that is still to come.
    private static Recurrence.Weekly Weekly(IReadOnlyList<IsoDayOfWeek> days, int every, LocalTime at, LocalDateTime now)
    {
        var first = now.Date;
        while (!days.Contains(first.DayOfWeek) || first + at <= now)
            first = first.PlusDays(1);
        return new(days, every, first, at);
    }

    private static IsoDayOfWeek? DayOf(Match weeks, LocalDateTime now) =>
        weeks.Groups["day"].Success ? RecurrenceText.WeekdayOf(weeks.Groups["day"].Value) : now.DayOfWeek;

    private static int NumberOf(string nth) => nth switch
    {
        "last" => -1,
        "first" => 1,
        _ => nth[0] - '0',
    };

    [GeneratedRegex("^(?<n>-?\\d{1,9}) ?w(?:eeks?)?(?: (?:on )?(?<day>[a-z]+))?$")]
    private static partial Regex Weeks();

    [GeneratedRegex("^(?:month on )?(?<n>\\d{1,2})(?:st|nd|rd|th)$")]
    private static partial Regex OfMonth();

    [GeneratedRegex("^(?<n>1st|2nd|3rd|4th|first|last) (?<day>[a-z]+)(?: of the month)?$")]
    private static partial Regex Nth();
}
