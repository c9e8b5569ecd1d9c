using System.Globalization;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Features.Okrs;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>A month's report in words: for the chat, and as Markdown to be passed on.</summary>
public static class ReportText
{
    /// <summary>What is counted how, for readers who do not know the game. The page and the Markdown carry it too.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Explained { get; } =
    [
        ("Shares", "What somebody learned and told the others, with a title and a place to look it up. Only what counts is in the figure: what waits to be confirmed, was taken back or declared void is not."),
        ("Mob sessions", "People working on one thing together; each was confirmed by somebody who took part. “Across squads” means that the people came from two squads or more."),
        ("Experiments", "A try with a hypothesis and a measure. A result belongs to the month in which it was told; a disproved one is worth as much as a proven one."),
        ("Outcomes", "A value before and after, as whoever reported it measured it and somebody else confirmed it. Values are added up where category and unit are the same, and nowhere else; of percentages the mean is told."),
        ("Key results", "From a baseline to a target; behind means more than a quarter less than an even pace would have brought."),
        ("Experience", "Two questions from 1 to 5 after a gathering and each quarter, answered without a name and shown from five answers on."),
        ("People", "Counts of fewer than five people are not told, and nobody is named."),
    ];

    /// <summary>One sentence.</summary>
    public static RichText Summary(MonthReport report) => RichText.Of(
        $"{report.Title}{(report.Running ? " so far" : "")}: {Count(report.Sharing.Shares, "share")}, {Count(report.Sharing.Mobs, "mob session")}, {Count(report.Trials.Begun, "experiment")} begun and {report.Trials.Finished} finished, {Count(report.Outcomes.Sum(one => one.Count), "outcome")}.");

    /// <summary>The figures by name, as they are shown in chat and on the page.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(MonthReport report)
    {
        var now = report.Sharing;
        yield return ("Shares", $"{Number(now.Shares)} ({Change(report, one => one.Shares)}); used by another squad {Times(now.Reused)}");
        yield return ("Collaboration", $"{Count(now.Mobs, "mob session")} ({Change(report, one => one.Mobs)}), {Number(now.Across)} across squads, {Number(now.Minutes)} minutes; {now.Kudos} kudos");
        yield return ("People", $"{Few.Say(now.People)} took part, from {Count(now.Squads, "squad")}");
        yield return ("Stories", Number(now.Stories) + " of wins and failures");
        yield return ("Experiments", $"{report.Trials.Begun} begun; {report.Trials.Finished} finished: {report.Trials.Proven} proven, {report.Trials.Disproved} disproved, {report.Trials.Inconclusive} inconclusive");
        foreach (var sum in report.Outcomes)
            yield return ($"Outcomes, {sum.Category}", SumOf(sum));
        if (report.Outcomes.Count == 0)
            yield return ("Outcomes", "none reported");
        yield return ("Gatherings", GatheringsOf(report.Gatherings));
        yield return ("Experience", report.Experience is { } means
            ? $"expected {Mean(means.Expected)} of 5, experienced {Mean(means.Experienced)} ({(means.Gap >= 0 ? "+" : "−")}{Mean(Math.Abs(means.Gap))}), from {means.Count} answers"
            : "fewer than five answers");
        yield return ("Backlog", $"{Count(report.Gaps.Opened, "gap")} opened, {report.Gaps.Closed} closed, {report.Gaps.Open} open");
    }

    private static string GatheringsOf((int Held, int Attended, int Unheard) all)
    {
        var held = all.Held == 0 ? null : $"{all.Held} held, {(Few.Of(all.Attended) is { } attended ? $"{attended} times somebody was there" : "fewer than five people there")}";
        var unheard = all.Unheard == 0 ? null : $"{all.Unheard} planned of which nobody said that they were there";
        return held is null && unheard is null ? "none" : string.Join("; ", new[] { held, unheard }.OfType<string>());
    }

    /// <summary>“3 in hours: from 40 to 28, 12 less (30 %)”.</summary>
    public static string SumOf(OutcomeSum sum)
    {
        var saved = sum.Before - sum.After;
        var way = saved == 0 ? "no change" : $"{Progressing.Say(Math.Abs(saved))} {(saved > 0 ? "less" : "more")}";
        return $"{sum.Count} in {(sum.Unit.Length == 0 ? "no unit" : sum.Unit)}: from {Progressing.Say(sum.Before)} to {Progressing.Say(sum.After)}{(sum.IsMean ? " on average" : "")}, {way}{(sum.Less is { } percent && percent != 0 ? $" ({Progressing.Say(Math.Abs(percent))} %)" : "")}";
    }

    /// <summary>“2 January 2026”.</summary>
    public static string Day(LocalDate day) => day.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>The report to pass on.</summary>
    public static string Markdown(MonthReport report, string community)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Plain(community)}: {report.Title}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Day(report.From)} to {Day(report.Until)}{(report.Running ? ", the month is not over" : "")}.\n\n| Metric | Figure |\n|---|---|\n");
        foreach (var (name, value) in Figures(report))
            text.Append(CultureInfo.InvariantCulture, $"| {Plain(name)} | {Plain(value)} |\n");
        text.Append("\n## By week\n\n| Week of | Shares | Mob sessions |\n|---|---:|---:|\n");
        foreach (var week in report.Weeks)
            text.Append(CultureInfo.InvariantCulture, $"| {Day(week.Monday)} | {week.Shares} | {week.Mobs} |\n");
        if (report.Objectives.Count > 0)
            text.Append("\n## Objectives\n");
        foreach (var objective in report.Objectives)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{objective.Number}. {Plain(objective.Title.Value)}** ({objective.State})\n\n");
            foreach (var one in objective.KeyResults)
                text.Append(CultureInfo.InvariantCulture, $"- {Plain(one.Title.Value)}: {Plain(one.Reads)}{Way(one)}\n");
        }

        if (report.Gaps.Greatest.Count > 0)
            text.Append("\n## Greatest gaps\n\n");
        foreach (var (title, size) in report.Gaps.Greatest)
            text.Append(CultureInfo.InvariantCulture, $"- {Plain(title.Value)} ({size})\n");
        text.Append("\n## How this is counted\n\n");
        foreach (var (name, meaning) in Explained)
            text.Append(CultureInfo.InvariantCulture, $"- **{name}.** {meaning}\n");
        return text.ToString();
    }

    // Titles are what people typed: nothing in them is markup, a table's bar or a line of its own.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in PlainText.Visible(text))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '!' or '&')
                plain.Append('\\');
            plain.Append(c);
        }

        return plain.ToString();
    }

    /// <summary>“ (25 %, behind)”.</summary>
    public static string Way(KeyResultLine one) => (one.Percent, one.Behind) switch
    {
        ({ } percent, true) => $" ({percent} %, behind)",
        ({ } percent, false) => $" ({percent} %)",
        (null, true) => " (behind)",
        _ => "",
    };

    private static string Mean(decimal mean) => mean.ToString("0.0", CultureInfo.InvariantCulture);

    // Part of a month beside a whole one would always read as fewer.
    private static string Change(MonthReport report, Func<Sharing, int> figure) => (figure(report.Sharing), figure(report.Before)) switch
    {
        (_, 0) => "none the month before",
        (_, var before) when report.Running => $"{Number(before)} in the whole month before",
        var (now, before) when now == before => "as many as the month before",
        var (now, before) => $"{Number(Math.Abs(now - before))} {(now > before ? "more" : "fewer")} than the month before",
    };

    private static string Times(int count) => count switch
    {
        0 => "never",
        1 => "once",
        _ => $"{count} times",
    };

    private static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
