using CopBot.Core.Chat;
using CopBot.Core.Features.Experience;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>What a community did in a month, in numbers a sponsor can read. It names nobody, and counts of people below <see cref="Few.Least"/> are not told.</summary>
public sealed record MonthReport
{
    /// <summary>The first day of the month.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day that is counted: the last of the month, or today while it runs.</summary>
    public required LocalDate Until { get; init; }

    /// <summary>Whether the month is not over yet.</summary>
    public required bool Running { get; init; }

    /// <summary>The recommended first metric: shares, and what people did together.</summary>
    public required Sharing Sharing { get; init; }

    /// <summary>The same of the month before.</summary>
    public required Sharing Before { get; init; }

    /// <summary>The weeks that touch the month, oldest first.</summary>
    public required IReadOnlyList<WeekOfMonth> Weeks { get; init; }

    /// <summary>The second metric.</summary>
    public required Trials Trials { get; init; }

    /// <summary>The third metric: what became better, added up where the unit is the same.</summary>
    public required IReadOnlyList<OutcomeSum> Outcomes { get; init; }

    public required IReadOnlyList<ObjectiveLine> Objectives { get; init; }

    public required GapLine Gaps { get; init; }

    /// <summary>How many gatherings somebody was at, how many times somebody was at one, and of how many nobody has said so.</summary>
    public required (int Held, int Attended, int Unheard) Gatherings { get; init; }

    /// <summary>What was expected of gatherings against how they were; null while too few have answered to tell.</summary>
    public required Means? Experience { get; init; }

    /// <summary>“January 2026”.</summary>
    public string Title => From.ToString("MMMM uuuu", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Shares and collaboration.</summary>
/// <param name="People">How many took part; null where they are too few to tell.</param>
/// <param name="Squads">From how many squads they were.</param>
public sealed record Sharing(int Shares, int Mobs, int Across, int Minutes, int Stories, int Kudos, int Reused, int? People, int Squads);

/// <summary>What was shared and mobbed in a week.</summary>
public sealed record WeekOfMonth(LocalDate Monday, int Shares, int Mobs);

/// <summary>Experiments: begun in the month, and those whose result was reported in it.</summary>
public sealed record Trials(int Begun, int Proven, int Disproved, int Inconclusive)
{
    public int Finished => Proven + Disproved + Inconclusive;
}

/// <summary>Outcomes of one category in one unit: their number, and their values before and after, added up; of percentages the mean.</summary>
public sealed record OutcomeSum(string Category, string Unit, int Count, decimal Before, decimal After)
{
    public static OutcomeSum Of(string category, string unit, IEnumerable<(decimal Before, decimal After)> values)
    {
        var all = values.ToList();
        var shared = unit is "%" or "percent" or "per cent" or "‰" ? all.Count : 1;
        return new(category, unit, all.Count, all.Sum(one => one.Before) / shared, all.Sum(one => one.After) / shared) { IsMean = shared > 1 };
    }

    /// <summary>Whether the values are means: percentages do not add up.</summary>
    public bool IsMean { get; private init; }

    /// <summary>By how much it fell, in percent of before; below 0 where it rose; null where it began at nothing or is a percentage itself.</summary>
    public decimal? Less => Before == 0 || IsMean ? null : Math.Round((Before - After) / Before * 100);
}

/// <summary>An objective that ran in the month, and how far each of its key results is.</summary>
public sealed record ObjectiveLine(int Number, UserText Title, string State, IReadOnlyList<KeyResultLine> KeyResults);

/// <summary>A key result as it stood, in percent of its way; no percentage where that would tell a small count of people.</summary>
public sealed record KeyResultLine(UserText Title, string Reads, int? Percent, bool Behind);

/// <summary>The backlog: gaps opened and closed in the month, those open, and the greatest of them.</summary>
public sealed record GapLine(int Opened, int Closed, int Open, IReadOnlyList<(UserText Title, int Size)> Greatest);

/// <summary>Counts of people. Fewer than five are never told: whoever knows the community would know who they are.</summary>
public static class Few
{
    public const int Least = 5;

    /// <summary>A number, or null where it is above nothing and too small to tell.</summary>
    public static int? Of(int people) => people is 0 or >= Least ? people : null;

    public static string Say(int? people) => people?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "fewer than five";
}
