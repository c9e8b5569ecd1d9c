using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using NodaTime;
using NodaTime.Calendars;
using Calendar = CopBot.Core.Features.League.Calendar;
using Period = CopBot.Core.Features.League.Period;

namespace CopBot.Core.Features.Boards;

/// <summary>The period that somebody asks for by its name: a week such as 2026-W07, a month such as 2026-02, a season by its name or quarter.</summary>
public sealed partial class WhichPeriod(Calendar calendar)
{
    /// <summary>Reads one of them; null where none is given. A refusal says what cannot be read or is still to come.</summary>
    public async Task<Period?> ReadAsync(string? week, string? month, string? season, LocalDate today, CancellationToken ct)
    {
        var period = (week, month, season) switch
        {
            ({ } text, null, null) => WeekOf(text) ?? throw new Refusal($"“{new UserText(text)}” is no week. Write it like {$"board week={IsoWeek(today)}":code}."),
            (null, { } text, null) => MonthOf(text) ?? throw new Refusal($"“{new UserText(text)}” is no month. Write it like {$"board month={today:uuuu-MM}":code}."),
            (null, null, { } text) => await SeasonAsync(text, ct) ?? throw new Refusal($"There is no season “{new UserText(text)}”. {"season hall":code} lists those that are over; a quarter is written like {$"board season={today.Year}-Q{(today.Month + 2) / 3}":code}."),
            (null, null, null) => null,
            _ => throw new Refusal($"One of {"week":code}, {"month":code} and {"season":code} is enough."),
        };
        return period?.From > today ? throw new Refusal($"{new UserText(period.Title)} is still to come.") : period;
    }

    private static Period? WeekOf(string text)
    {
        if (IsoWeeks().Match(text) is not { Success: true } match)
            return null;
        var (year, week) = (int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture));
        return year >= 1970 && week >= 1 && week <= WeekYearRules.Iso.GetWeeksInWeekYear(year) ? Period.Week(WeekYearRules.Iso.GetLocalDate(year, week, IsoDayOfWeek.Monday)) : null;
    }

    private static Period? MonthOf(string text) =>
        Months().Match(text) is { Success: true } match && int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month
            ? Period.Month(new(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), month, 1))
            : null;

    private async Task<Period?> SeasonAsync(string text, CancellationToken ct) =>
        Quarters().Match(text) is { Success: true } match
            ? await calendar.AtAsync(Scope.Season, new(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * 3 - 2, 1), ct)
            : await calendar.SeasonOfAsync(text, ct);

    private static string IsoWeek(LocalDate day) => string.Create(CultureInfo.InvariantCulture, $"{WeekYearRules.Iso.GetWeekYear(day)}-W{WeekYearRules.Iso.GetWeekOfWeekYear(day):00}");

    [GeneratedRegex("^\\s*(?<year>\\d{4})-?[wW](?<n>\\d{1,2})\\s*$")]
    private static partial Regex IsoWeeks();

    [GeneratedRegex("^\\s*(?<year>\\d{4})-(?<n>\\d{1,2})\\s*$")]
    private static partial Regex Months();

    [GeneratedRegex("^\\s*(?:[sS]eason )?(?<year>\\d{4})[- ]?[qQ](?<n>[1-4])\\s*$")]
    private static partial Regex Quarters();
}
