using System.Globalization;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>Where a key result stands on a day, and where an even pace from its first to its last day would have brought it.</summary>
/// <param name="KeyResult">Which one.</param>
/// <param name="Value">Its number now.</param>
/// <param name="Expected">Its number by now at an even pace.</param>
/// <param name="Elapsed">The share of its time that is over, from 0 to 1.</param>
/// <param name="Runs">Whether its objective is active: what is closed is not behind any more.</param>
public sealed record Progressing(KeyResult KeyResult, decimal Value, decimal Expected, decimal Elapsed, bool Runs)
{
    // What has hardly begun is not behind.
    private const decimal Settled = 0.1m;
    private const decimal Tolerance = 0.75m;

    /// <summary>How far from the baseline to the target, 1 being there; below 0 where it went the other way.</summary>
    public decimal Share => (Value - KeyResult.Baseline) / (KeyResult.Target - KeyResult.Baseline);

    public bool IsReached => Share >= 1;

    /// <summary>More than a quarter less than an even pace would have brought.</summary>
    public bool IsBehind => Runs && !IsReached && Elapsed >= Settled && Share < Tolerance * Elapsed;

    /// <summary>The whole percent of the way, never below 0.</summary>
    public int Percent => (int)Math.Floor(Math.Clamp(Share, 0, 9.99m) * 100);

    public static Progressing Of(KeyResult one, Objective objective, decimal value, LocalDate today)
    {
        var days = Period.DaysBetween(objective.FromDay, objective.UntilDay) + 1;
        var elapsed = Math.Clamp(Period.DaysBetween(objective.FromDay, today) / (decimal)days, 0, 1);
        return new(one, value, one.Baseline + (one.Target - one.Baseline) * elapsed, elapsed, objective.State == ObjectiveState.Active);
    }

    /// <summary>A number as people write it: without needless zeros, at most two decimals.</summary>
    public static string Say(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
