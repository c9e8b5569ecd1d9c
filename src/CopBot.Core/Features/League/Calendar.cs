using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>The community's calendar: weeks, months, and seasons, which are quarters unless a lead gives one a name and an end.</summary>
public sealed class Calendar(Work work)
{
    private List<Period>? named;

    /// <summary>The period of a scope that a day lies in.</summary>
    public async Task<Period> AtAsync(Scope scope, LocalDate day, CancellationToken ct) => scope switch
    {
        Scope.Week => Period.Week(day),
        Scope.Month => Period.Month(day),
        Scope.Season => SeasonAt(await NamedAsync(ct), day),
        _ => Period.AllTime,
    };

    /// <summary>The period before another of its scope; all time has none.</summary>
    public Task<Period> BeforeAsync(Period period, CancellationToken ct) => AtAsync(period.Scope, period.From.PlusDays(-1), ct);

    /// <summary>The season of a name, of those that a lead began; null where there is none.</summary>
    public async Task<Period?> SeasonOfAsync(string name, CancellationToken ct) =>
        (await NamedAsync(ct)).LastOrDefault(season => season.Title.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Begins a season on a day; the one that runs ends the day before.</summary>
    public async Task<Period> BeginAsync(string name, LocalDate from, LocalDate until, CancellationToken ct)
    {
        var running = SeasonAt(await NamedAsync(ct), from);
        if (running.From < from)
            await StoreAsync(running with { Until = from }, ct);
        var season = new Period(Scope.Season, NumberOf(from), from, until, name);
        await StoreAsync(season, ct);
        named = null;
        return season;
    }

    private async Task<List<Period>> NamedAsync(CancellationToken ct) =>
        named ??= await work.Sql.ListAsync(
            $"select number, name, from_day, until_day from seasons where community_id = {work.CommunityId} order by from_day",
            row => new Period(Scope.Season, row.Int(0), row.Date(2), row.Date(3), row.Text(1)), ct);

    private Task<int> StoreAsync(Period season, CancellationToken ct) =>
        work.Sql.ExecuteAsync(
            $"""
            insert into seasons (community_id, number, name, from_day, until_day) values ({work.CommunityId}, {season.Number}, {season.Title}, {season.From}, {season.Until})
            on conflict (community_id, number) do update set name = excluded.name, until_day = excluded.until_day
            """, ct);

    // Between two that have a name, whatever is left of the quarter is a season of its own.
    private static Period SeasonAt(List<Period> named, LocalDate day)
    {
        if (named.LastOrDefault(season => season.From <= day) is { } begun && day < begun.Until)
            return begun;

        var quarter = new LocalDate(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
        var (from, until) = (quarter, quarter.PlusMonths(3));
        foreach (var season in named)
        {
            if (season.Until <= day && season.Until > from)
                from = season.Until;
            if (season.From > day && season.From < until)
                until = season.From;
        }

        var number = NumberOf(from);
        return new(Scope.Season, number, from, until, from == quarter ? $"Season {number / 10} Q{number % 10}" : FormattableString.Invariant($"Season {day.Year} Q{(day.Month + 2) / 3} from {from:d MMMM}"));
    }

    // A quarter is year and quarter, such as 20261; any other season is its first day.
    private static int NumberOf(LocalDate from) => from is { Day: 1, Month: 1 or 4 or 7 or 10 } ? from.Year * 10 + (from.Month + 2) / 3 : from.ToNumber();
}
