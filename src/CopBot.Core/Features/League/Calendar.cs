using System.Globalization;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>The lengths of time that standings are kept for.</summary>
public enum Scope
{
    Week = 1,
    Month = 2,
    Season = 3,
    All = 4,
}

/// <summary>One week, month or season, or all time, by the number under which its standings are kept.</summary>
public sealed record Period(Scope Scope, int Number)
{
    /// <summary>The four periods that a day falls into.</summary>
    public static IReadOnlyList<Period> Of(LocalDate day) => Of(day, Calendar.SeasonOf(day));

    /// <summary>The four periods that an entry of a day and season counts for.</summary>
    public static IReadOnlyList<Period> Of(LocalDate day, int season) =>
        [new(Scope.Week, NumberOf(Calendar.MondayOf(day))), new(Scope.Month, day.Year * 100 + day.Month), new(Scope.Season, season), new(Scope.All, 0)];

    /// <summary>The period of a scope that a day falls into.</summary>
    public static Period At(Scope scope, LocalDate day) => Of(day)[(int)scope - 1];

    /// <summary>The period before the one that a day falls into; all time has none.</summary>
    public static Period Before(Scope scope, LocalDate day) => scope switch
    {
        Scope.Week => At(scope, Calendar.MondayOf(day).PlusDays(-7)),
        Scope.Month => At(scope, new LocalDate(day.Year, day.Month, 1).PlusDays(-1)),
        Scope.Season => At(scope, Calendar.FirstDayOf(Calendar.SeasonOf(day)).PlusDays(-1)),
        _ => new(Scope.All, 0),
    };

    /// <summary>The first day, and the first day after; the whole of time for all time.</summary>
    public (LocalDate From, LocalDate Until) Days => Scope switch
    {
        Scope.Week => (Date(Number), Date(Number).PlusDays(7)),
        Scope.Month => (new LocalDate(Number / 100, Number % 100, 1), new LocalDate(Number / 100, Number % 100, 1).PlusMonths(1)),
        Scope.Season => (Calendar.FirstDayOf(Number), Calendar.FirstDayOf(Number).PlusMonths(3)),
        _ => (new LocalDate(1, 1, 1), new LocalDate(9999, 12, 31)),
    };

    /// <summary>The period as people call it.</summary>
    public string Title => Scope switch
    {
        Scope.Week => $"Week of {Date(Number).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
        Scope.Month => new LocalDate(Number / 100, Number % 100, 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        Scope.Season => $"Season {Number / 10} Q{Number % 10}",
        _ => "All time",
    };

    private static int NumberOf(LocalDate date) => Storage.Dates.ToNumber(date);

    private static LocalDate Date(int number) => Storage.Dates.FromNumber(number);
}

/// <summary>The community's calendar: weeks begin on Monday, a season is a quarter.</summary>
public static class Calendar
{
    public static LocalDate MondayOf(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    /// <summary>Year and quarter, such as 20261.</summary>
    public static int SeasonOf(LocalDate day) => day.Year * 10 + (day.Month + 2) / 3;

    public static LocalDate FirstDayOf(int season) => new(season / 10, season % 10 * 3 - 2, 1);
}
