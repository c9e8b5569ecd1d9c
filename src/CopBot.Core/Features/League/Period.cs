using System.Globalization;
using CopBot.Core.Storage;
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

/// <summary>One week, month or season, or all time.</summary>
/// <param name="Number">Under which its standings are kept: the Monday such as 20260105, the month such as 202601, a season's number, 0 for all time.</param>
/// <param name="Until">The first day after it.</param>
/// <param name="Title">As people call it.</param>
public sealed record Period(Scope Scope, int Number, LocalDate From, LocalDate Until, string Title)
{
    public static Period AllTime { get; } = new(Scope.All, 0, new LocalDate(1, 1, 1), new LocalDate(9999, 12, 31), "All time");

    /// <summary>Days on which entries of it can lie. A season that a lead begins in the middle of a day shares that day with the one before.</summary>
    public (LocalDate From, LocalDate Until) Days => Scope == Scope.Season ? (From, Until.PlusDays(1)) : (From, Until);

    /// <summary>The week that a day lies in; weeks begin on Monday.</summary>
    public static Period Week(LocalDate day)
    {
        var monday = day.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        return new(Scope.Week, monday.ToNumber(), monday, monday.PlusWeeks(1), $"Week of {monday.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}");
    }

    /// <summary>The month that a day lies in.</summary>
    public static Period Month(LocalDate day)
    {
        var first = day.With(DateAdjusters.StartOfMonth);
        return new(Scope.Month, day.Year * 100 + day.Month, first, first.PlusMonths(1), first.ToString("MMMM yyyy", CultureInfo.InvariantCulture));
    }

    /// <summary>The first day of the quarter before the one that a day lies in: what is said of “lately” looks at two quarters.</summary>
    public static LocalDate Lately(LocalDate day) => new LocalDate(day.Year, (day.Month - 1) / 3 * 3 + 1, 1).PlusMonths(-3);

    /// <summary>The scopes and numbers of the four periods that an entry of a day and season counts for.</summary>
    public static IReadOnlyList<(Scope Scope, int Number)> NumbersOf(LocalDate day, int season) =>
        [(Scope.Week, day.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)).ToNumber()), (Scope.Month, day.Year * 100 + day.Month), (Scope.Season, season), (Scope.All, 0)];
}
