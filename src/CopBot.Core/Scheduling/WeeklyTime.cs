using System.Globalization;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>A local time on a weekday, such as Monday at nine.</summary>
public sealed record WeeklyTime(IsoDayOfWeek Day, LocalTime At)
{
    /// <summary>Reads <c>monday 09:00</c>, or a weekday alone, which means nine o'clock; null where it is none.</summary>
    public static WeeklyTime? Parse(string text)
    {
        var words = text.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && RecurrenceText.WeekdayOf(words[0]) is { } day && (words.Length == 1 ? new LocalTime(9, 0) : WhenText.TimeOf(words[1])) is { } at
            ? new(day, at)
            : null;
    }

    /// <summary>The first such local time at or after the beginning of a date.</summary>
    public LocalDateTime From(LocalDate date) => date.With(DateAdjusters.NextOrSame(Day)) + At;

    /// <summary>As it is stored and shown; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day.ToString().ToLowerInvariant()} {At:HH:mm}");
}
