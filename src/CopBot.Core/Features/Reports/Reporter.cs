using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>Adds up a month from what counts now: what was declared void since is not in it any more.</summary>
public sealed class Reporter(Work work, Contributions contributions, OkrBook okrs, Gaps gaps, Experience.Experience experience)
{
    private const int MostGaps = 3;

    // What is told by hand is a count of people where its unit says so.
    private static readonly string[] PeopleUnits = ["people", "persons", "person", "members", "engineers", "attendees", "personas", "miembros"];

    /// <summary>The report of the month that begins on a day.</summary>
    public async Task<MonthReport> OfAsync(LocalDate month, LocalDate today, CancellationToken ct)
    {
        var end = month.With(DateAdjusters.EndOfMonth);
        var until = LocalDate.Min(end, today);
        var before = month.PlusMonths(-1);
        var all = await contributions.ListAsync([], before, end, ct);
        var own = all.Where(one => one.Claim.Day >= month).ToList();
        return new()
        {
            From = month,
            Until = until,
            Running = today < end,
            Sharing = SharingOf(own),
            Before = SharingOf([.. all.Where(one => one.Claim.Day < month)]),
            Weeks = WeeksOf(own, month, until),
            Trials = await TrialsAsync(own, month, end, ct),
            Outcomes = OutcomesOf(own),
            Objectives = await ObjectivesAsync(month, until, ct),
            Gaps = await GapsAsync(month, end, ct),
            Gatherings = await GatheringsAsync(month, until, ct),
            Experience = await experience.SummaryAsync(month, end.PlusDays(1), ct),
        };
    }

    private static Sharing SharingOf(IReadOnlyList<Contribution> all)
    {
        int Count(string kind) => all.Count(one => one.Claim.Kind == kind);
        var mobs = all.Where(one => one.Claim.Kind == "mob").ToList();
        return new(
            Count("share"),
            mobs.Count,
            mobs.Count(one => one.Squads.Count > 1),
            mobs.Sum(one => one.Claim.Minutes ?? 0),
            Count("win") + Count("failure"),
            Count("kudos"),
            Count("used"),
            Few.Of(all.SelectMany(one => one.People).Distinct().Count()),
            all.SelectMany(one => one.Squads).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static List<WeekOfMonth> WeeksOf(IReadOnlyList<Contribution> own, LocalDate month, LocalDate until)
    {
        var weeks = new List<WeekOfMonth>();
        for (var monday = month.PlusDays(1).Previous(IsoDayOfWeek.Monday); monday <= until; monday = monday.PlusWeeks(1))
        {
            var these = own.Where(one => one.Claim.Day >= monday && one.Claim.Day < monday.PlusWeeks(1)).ToList();
            weeks.Add(new(monday, these.Count(one => one.Claim.Kind == "share"), these.Count(one => one.Claim.Kind == "mob")));
        }

        return weeks;
    }

    // A result belongs to the month in which it was reported, whenever its experiment began.
    private async Task<Trials> TrialsAsync(IReadOnlyList<Contribution> own, LocalDate month, LocalDate end, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var (from, until) = (zone.AtStartOfDay(month).ToInstant(), zone.AtStartOfDay(end.PlusDays(1)).ToInstant());
        var results = await work.Db.Set<Claim>()
            .Where(claim => claim.Kind == "experiment" && claim.State == ClaimState.Counted && claim.Result != null && claim.ReportedAt >= from && claim.ReportedAt < until)
            .Select(claim => claim.Result).ToListAsync(ct);
        int Count(string result) => results.Count(one => one == result);
        return new(own.Count(one => one.Claim.Kind == "experiment"), Count("proven"), Count("disproved"), Count("inconclusive"));
    }

    private static List<OutcomeSum> OutcomesOf(IReadOnlyList<Contribution> own) =>
        [.. own.Select(one => one.Claim).Where(claim => claim is { Kind: "outcome", BeforeValue: not null, AfterValue: not null, Category: not null })
            .GroupBy(claim => (Category: claim.Category!, Unit: (claim.Unit ?? "").Trim().ToLowerInvariant()))
            .Select(group => OutcomeSum.Of(group.Key.Category, group.Key.Unit, group.Select(claim => (claim.BeforeValue!.Value, claim.AfterValue!.Value))))
            .OrderBy(sum => sum.Category, StringComparer.Ordinal).ThenByDescending(sum => sum.Count).ThenBy(sum => sum.Unit, StringComparer.Ordinal)];

    private async Task<IReadOnlyList<ObjectiveLine>> ObjectivesAsync(LocalDate month, LocalDate until, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var (from, end) = (zone.AtStartOfDay(month).ToInstant(), zone.AtStartOfDay(until.PlusDays(1)).ToInstant());
        var ran = await work.Db.Set<Objective>()
            .Where(objective => objective.State != ObjectiveState.Draft && objective.FromDay <= until && (objective.EndedAt == null || objective.EndedAt >= from))
            .OrderBy(objective => objective.Number).ToListAsync(ct);
        var lines = new List<ObjectiveLine>();
        foreach (var objective in ran)
        {
            // What ended later was still under way.
            var then = objective.EndedAt >= end ? objective with { State = ObjectiveState.Active } : objective;
            lines.Add(new(then.Number, then.Titled, OkrText.StateOf(then), [.. (await okrs.ProgressOnAsync(then, until, ct)).Select(one => LineOf(one, then))]));
        }

        return lines;
    }

    private static KeyResultLine LineOf(Progressing one, Objective objective)
    {
        var title = new UserText(one.KeyResult.Title, objective.OwnerId);
        var people = one.KeyResult.Measure is { } measure ? OkrBook.Read(measure).Counted == Counted.People : PeopleUnits.Contains(one.KeyResult.Unit.Trim(), StringComparer.OrdinalIgnoreCase);
        return people && Few.Of((int)Math.Ceiling(one.Value)) is null
            ? new(title, $"{Few.Say(null)} of {Progressing.Say(one.KeyResult.Target)} {one.KeyResult.Unit}".TrimEnd(), null, one.IsBehind)
            : new(title, OkrText.Reads(one), one.Percent, one.IsBehind);
    }

    private async Task<GapLine> GapsAsync(LocalDate month, LocalDate end, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var (from, until) = (zone.AtStartOfDay(month).ToInstant(), zone.AtStartOfDay(end.PlusDays(1)).ToInstant());
        var all = await work.Db.Set<Gap>().ToListAsync(ct);
        var open = all.Where(gap => gap.OpenedAt < until && (gap.IsOpen || gap.ClosedAt >= until)).ToList();
        var greatest = (await gaps.ListAsync(withClosed: true, ct)).Where(one => one.Gap.Size > 0 && open.Any(gap => gap.Id == one.Gap.Id))
            .OrderByDescending(one => one.Gap.Size).ThenByDescending(one => one.Votes).ThenBy(one => one.Gap.Number).Select(one => one.Gap).Take(MostGaps);
        return new(
            all.Count(gap => gap.OpenedAt >= from && gap.OpenedAt < until),
            all.Count(gap => gap is { IsOpen: false, Title: not null } && gap.ClosedAt >= from && gap.ClosedAt < until),
            open.Count,
            [.. greatest.Select(gap => (gap.Titled, gap.Size))]);
    }

    private async Task<(int Held, int Attended, int Unheard)> GatheringsAsync(LocalDate month, LocalDate until, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var (from, to) = (zone.AtStartOfDay(month).ToInstant(), zone.AtStartOfDay(until.PlusDays(1)).ToInstant());
        var planned = await work.Db.Set<Gathering>().Where(one => one.State == GatheringState.Planned && one.BeginsAt >= from && one.BeginsAt < to).Select(one => one.Id).ToListAsync(ct);
        var here = await work.Db.Set<Attendee>().Where(person => planned.Contains(person.GatheringId) && person.Attendance == Attendance.Here).Select(person => person.GatheringId).ToListAsync(ct);
        var held = here.Distinct().Count();
        return (held, here.Count, planned.Count - held);
    }
}
