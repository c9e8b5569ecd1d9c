using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Features.Announcements;

/// <summary>Local times as people write them: ISO, “tomorrow 14:00”, “next friday 15:00”, “in 2 hours”. What could mean two things is asked back.</summary>
public static partial class WhenText
{
    private static readonly LocalTimePattern[] Times = [.. ((string[])["H:mm", "HH:mm", "HH:mm:ss", "h:mmtt", "htt"]).Select(LocalTimePattern.CreateWithInvariantCulture)];
    private static readonly LocalDatePattern[] Dates = [.. ((string[])["uuuu-MM-dd", "d MMMM uuuu", "d MMM uuuu", "MMMM d uuuu", "MMM d uuuu"]).Select(LocalDatePattern.CreateWithInvariantCulture)];

    /// <summary>The local time that a text means, seen from now; a refusal says what is missing or ambiguous.</summary>
    public static LocalDateTime Read(string text, LocalDateTime now)
    {
        var words = Spaces().Replace(text.Trim().ToLowerInvariant().Replace(",", " ", StringComparison.Ordinal), " ");
        if (InA().Match(words) is { Success: true } after)
            return In(int.Parse(after.Groups["n"].Value is "a" or "an" ? "1" : after.Groups["n"].Value, CultureInfo.InvariantCulture), after.Groups["unit"].Value, now);
        if (Slashes().IsMatch(words))
            throw new Refusal($"“{new UserText(text)}” can be read with day or month first. Write it as {LocalDatePattern.Iso.Format(now.Date.PlusDays(7))} 14:00. Nothing was stored.");

        words = IsoT().Replace(words, "${date} ${time}").Replace(" at ", " ", StringComparison.Ordinal);
        var time = TimeAtEnd().Match(words);
        if (!time.Success || TimeOf(time.Groups["time"].Value) is not { } at)
            throw new Refusal($"At what time? For example {"tomorrow 14:00":code}. Nothing was stored.");

        var day = words[..time.Index].Trim();
        var date = DateOf(day, now, at) ?? throw new Refusal($"I do not understand the date “{new UserText(text)}”. Write {LocalDatePattern.Iso.Format(now.Date.PlusDays(7)) + " 14:00":code}, {"tomorrow 14:00":code}, {"next friday 15:00":code} or {"in 2 hours":code}. Nothing was stored.");
        return date + at;
    }

    /// <summary>A time of day such as <c>09:00</c> or <c>9am</c>; null where it is none.</summary>
    public static LocalTime? TimeOf(string text)
    {
        var plain = text.Trim().ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
        foreach (var pattern in Times)
        {
            if (pattern.Parse(plain) is { Success: true } parsed)
                return parsed.Value;
        }

        return plain switch
        {
            "NOON" => LocalTime.Noon,
            "MIDNIGHT" => LocalTime.Midnight,
            _ => null,
        };
    }

    private static LocalDate? DateOf(string day, LocalDateTime now, LocalTime at)
    {
        switch (day)
        {
            case "":
                return at > now.TimeOfDay ? now.Date : now.Date.PlusDays(1);
            case "today":
                return now.Date;
            case "tomorrow":
                return now.Date.PlusDays(1);
        }

        var named = day.StartsWith("next ", StringComparison.Ordinal) || day.StartsWith("this ", StringComparison.Ordinal) || day.StartsWith("on ", StringComparison.Ordinal) ? day[(day.IndexOf(' ', StringComparison.Ordinal) + 1)..] : day;
        if (named.Length > 2 && RecurrenceText.WeekdayOf(named) is { } weekday)
            return now.Date.DayOfWeek == weekday && !day.StartsWith("next ", StringComparison.Ordinal) && at > now.TimeOfDay ? now.Date : now.Date.Next(weekday);

        var titled = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(named);
        foreach (var pattern in Dates)
        {
            if (pattern.Parse(titled) is { Success: true } parsed)
                return parsed.Value;

            // Without a year, the next time that this date comes.
            if (pattern.Parse($"{titled} {now.Year}") is { Success: true } thisYear)
                return thisYear.Value >= now.Date ? thisYear.Value : thisYear.Value.PlusYears(1);
        }

        return null;
    }

    private static LocalDateTime In(int count, string unit, LocalDateTime now) => unit[0] switch
    {
        'm' when unit.StartsWith("mo", StringComparison.Ordinal) => now.PlusMonths(count),
        'm' => now.PlusMinutes(count),
        'h' => now.PlusHours(count),
        'd' => now.PlusDays(count),
        _ => now.PlusWeeks(count),
    };

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("^in (?<n>an?|\\d{1,4}) ?(?<unit>minutes?|min|m|hours?|h|days?|d|weeks?|w|months?)$")]
    private static partial Regex InA();

    [GeneratedRegex("\\b\\d{1,2}/\\d{1,2}(/\\d{2,4})?\\b|\\b\\d{1,2}\\.\\d{1,2}\\.\\d{2,4}\\b")]
    private static partial Regex Slashes();

    [GeneratedRegex("^(?<date>\\d{4}-\\d{2}-\\d{2})t(?<time>\\d{1,2}:\\d{2}.*)$")]
    private static partial Regex IsoT();

    [GeneratedRegex("(?<time>\\d{1,2}:\\d{2}( ?[ap]m)?|\\d{1,2} ?[ap]m|noon|midnight)$")]
    private static partial Regex TimeAtEnd();
}
