using CopBot.Core.Features.Claims;
using NodaTime;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>What a key result counts by itself, such as <c>count mob where squads &gt;= 2</c>. Read by <see cref="MeasureReader"/>.</summary>
/// <param name="Counted">What is counted or summed of the contributions.</param>
/// <param name="Kinds">The kinds of contribution; none stands for every kind.</param>
/// <param name="Conditions">All of them hold for what is counted.</param>
/// <param name="Window">When it has to have happened, beside the period of the objective; null for all of that.</param>
public sealed record Measure(Counted Counted, IReadOnlyList<string> Kinds, IReadOnlyList<Condition> Conditions, Window? Window)
{
    /// <summary>Whether a contribution is one of those counted.</summary>
    public bool Takes(Contribution contribution) =>
        (Kinds.Count == 0 || Kinds.Contains(contribution.Claim.Kind)) && Conditions.All(condition => condition.Holds(contribution));

    /// <summary>The days whose contributions count, both included, of an objective's own.</summary>
    public (LocalDate From, LocalDate Until) Days(LocalDate from, LocalDate until, LocalDate today) =>
        Window is { } window && window.Since(today) is var since && since > from ? (since, until) : (from, until);

    /// <summary>The figure, from contributions that are already of the right days.</summary>
    public decimal Of(IEnumerable<Contribution> contributions)
    {
        var taken = contributions.Where(Takes);
        return Counted switch
        {
            Counted.Contributions => taken.Count(),
            Counted.People => taken.SelectMany(one => one.People).Distinct().Count(),
            Counted.Squads => taken.SelectMany(one => one.Squads).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            Counted.Topics => taken.Select(one => one.Claim.Topic).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            Counted.Minutes => taken.Sum(one => one.Claim.Minutes ?? 0),
            _ => taken.Sum(one => SavedBy(one.Claim)),
        };
    }

    // What went down is saved; what went up was not.
    private static decimal SavedBy(Claim claim) =>
        claim is { BeforeValue: { } before, AfterValue: { } after } ? before - after : 0;
}

/// <summary>What a measure adds up.</summary>
public enum Counted
{
    Contributions,
    People,
    Squads,
    Topics,
    Minutes,

    /// <summary>What outcomes brought down: before less after, in their unit.</summary>
    Saved,
}

/// <summary>Something that has to hold for a contribution to be counted.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    public abstract bool Holds(Contribution contribution);

    /// <summary>A number of the contribution against a number: <c>squads &gt;= 2</c>. What has no such number does not hold.</summary>
    public sealed record Number(string Name, Comparison Comparison, decimal Value) : Condition
    {
        public override bool Holds(Contribution contribution)
        {
            decimal? value = Name switch
            {
                "squads" => contribution.Squads.Count,
                "people" => contribution.People.Count,
                _ => contribution.Claim.Minutes,
            };
            return value is { } has && Comparison switch
            {
                Comparison.Equal => has == Value,
                Comparison.Other => has != Value,
                Comparison.Less => has < Value,
                Comparison.AtMost => has <= Value,
                Comparison.More => has > Value,
                _ => has >= Value,
            };
        }
    }

    /// <summary>A word of the contribution is, or is not, one of a few; letter case aside.</summary>
    public sealed record Word(string Name, bool Is, IReadOnlyList<string> Words) : Condition
    {
        public override bool Holds(Contribution contribution) => Is == (Name == "squad"
            ? contribution.Squads.Any(Named)
            : WordOf(contribution.Claim) is { } word && Named(word));

        private bool Named(string word) => Words.Contains(word, StringComparer.OrdinalIgnoreCase);

        private string? WordOf(Claim claim) => Name switch
        {
            "topic" => claim.Topic,
            "format" => claim.Format,
            "size" => claim.Size,
            "result" => claim.Result,
            "category" => claim.Category,
            _ => claim.Unit,
        };
    }

    /// <summary>Somebody else confirmed it.</summary>
    public sealed record Confirmed : Condition
    {
        public override bool Holds(Contribution contribution) => contribution.Claim.ConfirmedBy is not null;
    }

    /// <summary>An experiment whose result is reported.</summary>
    public sealed record Finished : Condition
    {
        public override bool Holds(Contribution contribution) => contribution.Claim.Result is not null;
    }
}

/// <summary>How two numbers are compared.</summary>
public enum Comparison
{
    Equal,
    Other,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// <summary>A window that ends today: so many days, weeks, months or quarters, or since a date.</summary>
public sealed record Window(int Count, string Unit, LocalDate? From)
{
    /// <summary>The first day of the window.</summary>
    public LocalDate Since(LocalDate today) => From ?? Unit switch
    {
        "day" => today.PlusDays(1 - Count),
        "week" => today.PlusDays(1 - 7 * Count),
        "month" => today.PlusMonths(-Count).PlusDays(1),
        _ => today.PlusMonths(-3 * Count).PlusDays(1),
    };
}
