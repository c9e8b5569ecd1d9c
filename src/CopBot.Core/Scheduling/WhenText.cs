using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Scheduling;

/// <summary>Local times as people write them: ISO, “tomorrow 14:00”, “next friday”, “in 2 hours”. A date alone means nine o'clock.</summary>
public static partial class WhenText
{
    private static readonly LocalTime Usual = new(9, 0);
    private static readonly LocalTimePattern[] Times = [.. ((string[])["H:mm", "h:mmtt", "htt"]).Select(LocalTimePattern.CreateWithInvariantCulture)];
    private static readonly LocalDatePattern[] Dates = [.. ((string[])["uuuu-MM-dd", "d.M.uuuu", "d MMMM uuuu", "d MMM uuuu", "MMMM d uuuu", "MMM d uuuu"]).Select(LocalDatePattern.CreateWithInvariantCulture)];

    /// <summary>What a text means, seen from now: one local time, or several of which a person has to pick. A refusal says what cannot be read.</summary>
    /// <param name="language">The community's; its words are understood beside English and figures.</param>
    public static IReadOnlyList<LocalDateTime> Read(string text, ZonedDateTime now, string language = "en")
    {
        var words = Spaces().Replace(text.Trim().ToLowerInvariant().Replace(',', ' '), " ");
        if (language == "es")
            words = Spaces().Replace(SpanishWhen.ToEnglish(words), " ");
        if (InA().Match(words) is { Success: true } after)
            return [In(NumberOf(after), after.Groups["unit"].Value, now)];

        words = IsoT().Replace(words, "${date} ${time}");
        var time = Clock().Match(words);
        var at = time.Success ? TimesOf(time.Groups["time"].Value) : [];
        if (time.Success && at.Count == 0)
            throw new Refusal($"“{new UserText(time.Groups["time"].Value)}” is no time of day; write it like {"14:00":code}. Nothing was stored.");

        var day = Spaces().Replace(words.Remove(time.Index, time.Length), " ").Trim();
        var dates = time.Success && day.Length == 0
            ? at.Select(one => one > now.TimeOfDay ? now.Date : now.Date.PlusDays(1)).Distinct().ToList()
            : DatesOf(day, now, time.Success ? at[0] : Usual);
        if (dates.Count == 0)
            throw new Refusal($"I do not understand the date “{new UserText(text)}”. Write {LocalDatePattern.Iso.Format(now.Date.PlusDays(7)) + " 14:00":code}, {"tomorrow 14:00":code}, {"next friday 15:00":code} or {"in 2 hours":code}. Nothing was stored.");
        return [.. from date in dates from one in time.Success ? at : [Usual] orderby date + one select date + one];
    }

    /// <summary>A time of day such as <c>09:00</c> or <c>9am</c>; null where it is none or could be two.</summary>
    public static LocalTime? TimeOf(string text) => TimesOf(text) is [var only] ? only : null;

    // A bare hour up to twelve is in the morning or in the afternoon.
    private static IReadOnlyList<LocalTime> TimesOf(string text)
    {
        var plain = text.Trim().ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (plain == "NOON")
            return [LocalTime.Noon];
        if (int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
            return hour is > 12 and < 24 ? [new(hour, 0)] : hour is >= 1 and <= 12 ? [new(hour % 12, 0), new(hour % 12 + 12, 0)] : [];
        return [.. Times.Select(pattern => pattern.Parse(plain)).Where(parsed => parsed.Success).Select(parsed => parsed.Value).Take(1)];
    }

    private static int NumberOf(Match after) => after.Groups["n"].Value is "a" or "an" ? 1 : int.Parse(after.Groups["n"].Value, CultureInfo.InvariantCulture);

    private static IReadOnlyList<LocalDate> DatesOf(string day, ZonedDateTime zoned, LocalTime at)
    {
        var now = zoned.LocalDateTime;
        switch (day)
        {
            case "today":
                return [now.Date];
            case "yesterday":
                return [now.Date.PlusDays(-1)];
            case "tomorrow":
                return [now.Date.PlusDays(1)];
        }

        // With a time of day, “in 2 days” is a date.
        if (InA().Match(day) is { Success: true } after && after.Groups["unit"].Value is not (['m', ..] and not "months" and not "month") and not ['h', ..])
            return [In(NumberOf(after), after.Groups["unit"].Value, zoned).Date];

        if (Slashes().Match(day) is { Success: true } slashes)
            return EitherOrder(slashes, now.Date);

        var next = day.StartsWith("next ", StringComparison.Ordinal);
        var named = Before().Replace(day, "");
        if (named.Length > 2 && RecurrenceText.WeekdayOf(named) is { } weekday)
            return [!next && now.DayOfWeek == weekday && at > now.TimeOfDay ? now.Date : now.Date.Next(weekday)];

        var titled = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(named);
        foreach (var pattern in Dates)
        {
            if (pattern.Parse(titled) is { Success: true } parsed)
                return [parsed.Value];

            // Without a year, the next time that this date comes.
            if (pattern.Parse($"{titled} {now.Year}") is { Success: true } thisYear)
                return [thisYear.Value >= now.Date ? thisYear.Value : thisYear.Value.PlusYears(1)];
        }

        return [];
    }

    // Half the world writes the day first.
    private static IReadOnlyList<LocalDate> EitherOrder(Match slashes, LocalDate today)
    {
        var (first, second) = (int.Parse(slashes.Groups["a"].Value, CultureInfo.InvariantCulture), int.Parse(slashes.Groups["b"].Value, CultureInfo.InvariantCulture));
        int? year = slashes.Groups["year"].Success ? int.Parse(slashes.Groups["year"].Value, CultureInfo.InvariantCulture) : null;
        return [.. ((IEnumerable<(int Day, int Month)>)[(first, second), (second, first)]).Distinct()
            .Where(one => one.Month is >= 1 and <= 12 && one.Day >= 1 && one.Day <= CalendarSystem.Iso.GetDaysInMonth(year ?? today.Year, one.Month))
            .Select(one => new LocalDate(year ?? today.Year, one.Month, one.Day))
            .Select(date => year is null && date < today ? date.PlusYears(1) : date).Order()];
    }

    // Hours are hours, also across a change of clocks; days are dates.
    private static LocalDateTime In(int count, string unit, ZonedDateTime now)
    {
        var at = unit switch
        {
            _ when unit.StartsWith("mo", StringComparison.Ordinal) => now.LocalDateTime.PlusMonths(count),
            ['m', ..] => now.PlusMinutes(count).LocalDateTime,
            ['h', ..] => now.PlusHours(count).LocalDateTime,
            ['d', ..] => now.LocalDateTime.PlusDays(count),
            _ => now.LocalDateTime.PlusWeeks(count),
        };
        return at.With(TimeAdjusters.TruncateToMinute);
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("^in (?<n>an?|\\d{1,3}) ?(?<unit>minutes?|mins?|m|hours?|h|days?|d|weeks?|w|months?)$")]
    private static partial Regex InA();

    [GeneratedRegex("^(on|this|next) ")]
    private static partial Regex Before();

    [GeneratedRegex("^(?:on )?(?<a>\\d{1,2})/(?<b>\\d{1,2})(?:/(?<year>\\d{4}))?$")]
    private static partial Regex Slashes();

    [GeneratedRegex("^(?<date>\\d{4}-\\d{2}-\\d{2})t(?<time>\\d{1,2}:\\d{2})(:00)?$")]
    private static partial Regex IsoT();

    [GeneratedRegex("(?<![\\d:])(?:\\bat )?(?<time>\\d{1,2}:\\d{2} ?[ap]m|\\d{1,2}:\\d{2}(?![\\d:])|\\d{1,2} ?[ap]m\\b|\\bnoon\\b)|\\bat (?<time>\\d{1,2})$")]
    private static partial Regex Clock();
}
