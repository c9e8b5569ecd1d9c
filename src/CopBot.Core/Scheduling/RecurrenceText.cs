using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Scheduling;

/// <summary>Recurrences as a line of text: what the database holds, and what people read.</summary>
public static class RecurrenceText
{
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The stored form, such as <c>weekly mon,thu 2 2026-01-05 09:00</c>.</summary>
    public static string Write(Recurrence rule) => rule switch
    {
        Recurrence.Weekly weekly => Invariant($"weekly {string.Join(',', weekly.Days.Select(Short))} {weekly.Every} {Date(weekly.Anchor)} {Minutes.Format(weekly.At)}"),
        Recurrence.MonthlyOnDay monthly => Invariant($"monthly {monthly.Day} {Minutes.Format(monthly.At)}"),
        Recurrence.MonthlyOnWeekday monthly => Invariant($"monthly-weekday {monthly.Nth} {Short(monthly.Weekday)} {Minutes.Format(monthly.At)}"),
        Recurrence.Once once => $"once {Date(once.Date)} {Minutes.Format(once.At)}",
        Recurrence.ByCron cron => $"cron {cron.Expression}",
        _ => throw new InvalidOperationException($"no text for {rule.GetType().Name}"),
    };

    /// <summary>Reads the stored form; a <see cref="FormatException"/> says what is wrong with it.</summary>
    public static Recurrence Read(string text)
    {
        var words = text.Split(' ');
        return words switch
        {
            ["weekly", var days, var every, var anchor, var at] => new Recurrence.Weekly([.. days.Split(',').Select(Weekday)], Number(every), LocalDatePattern.Iso.Parse(anchor).Value, Minutes.Parse(at).Value),
            ["monthly", var day, var at] => new Recurrence.MonthlyOnDay(Number(day), Minutes.Parse(at).Value),
            ["monthly-weekday", var nth, var day, var at] => new Recurrence.MonthlyOnWeekday(Number(nth), Weekday(day), Minutes.Parse(at).Value),
            ["once", var date, var at] => new Recurrence.Once(LocalDatePattern.Iso.Parse(date).Value, Minutes.Parse(at).Value),
            ["cron", .. var fields] => new Recurrence.ByCron(CronExpression.Parse(string.Join(' ', fields))),
            _ => throw new FormatException($"“{text}” is no recurrence"),
        };
    }

    /// <summary>As <see cref="Read"/>; null where the text cannot be read, so that one broken schedule spoils nothing but itself.</summary>
    public static Recurrence? TryRead(string text)
    {
        try
        {
            return Read(text);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException or UnparsableValueException)
        {
            return null;
        }
    }

    /// <summary>The rule in words, such as <c>every second Monday at 09:00</c>.</summary>
    public static string Say(Recurrence rule) => rule switch
    {
        Recurrence.Weekly weekly => $"every {Ordinal(weekly.Every)}{Days(weekly.Days)} at {Minutes.Format(weekly.At)}",
        Recurrence.MonthlyOnDay monthly => Invariant($"every month on day {monthly.Day} at {Minutes.Format(monthly.At)}"),
        Recurrence.MonthlyOnWeekday monthly => $"every month on the {Nth(monthly.Nth)} {monthly.Weekday} at {Minutes.Format(monthly.At)}",
        Recurrence.Once once => $"once, on {once.Date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)} at {Minutes.Format(once.At)}",
        Recurrence.ByCron cron => $"by cron {cron.Expression}",
        _ => throw new InvalidOperationException($"no words for {rule.GetType().Name}"),
    };

    /// <summary>The weekday that a word such as <c>mon</c> or <c>monday</c> means; null when it means none.</summary>
    public static IsoDayOfWeek? WeekdayOf(string word) =>
        Enum.GetValues<IsoDayOfWeek>()[1..].Cast<IsoDayOfWeek?>().FirstOrDefault(day =>
            word.Length >= 2 && day!.Value.ToString().StartsWith(word.TrimEnd('s'), StringComparison.OrdinalIgnoreCase)
            || day!.Value.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What people want to know where a change of clocks moves an occurrence or lets its time come twice; null on any other day.</summary>
    public static string? ChangeOfClocks(Occurrence occurrence, DateTimeZone zone) => zone.MapLocal(occurrence.Meant).Count switch
    {
        0 => $"the clocks change: there is no {Minutes.Format(occurrence.Meant.TimeOfDay)} that day",
        2 => $"the clocks change: {Minutes.Format(occurrence.Meant.TimeOfDay)} comes twice, it runs the first time",
        _ => null,
    };

    private static string Ordinal(int every) => every switch
    {
        1 => "",
        2 => "second ",
        3 => "third ",
        _ => Invariant($"{every}th "),
    };

    private static string Nth(int nth) => nth switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "last",
    };

    private static string Days(IReadOnlyList<IsoDayOfWeek> days) =>
        days.Count == 7 ? "day" : string.Join(", ", days.SkipLast(1)) + (days.Count > 1 ? " and " : "") + days[^1];

    private static string Short(IsoDayOfWeek day) => day.ToString()[..3].ToLowerInvariant();

    private static IsoDayOfWeek Weekday(string word) => WeekdayOf(word) ?? throw new FormatException($"“{word}” is no weekday");

    private static int Number(string word) => int.Parse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
