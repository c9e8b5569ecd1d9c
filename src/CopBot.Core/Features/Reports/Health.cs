using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>How the community is, for those who look after it. Counts of fewer than five people are not told, and nobody is named.</summary>
public sealed class Health(Work work, Contributions contributions, OkrBook okrs, Channels channels, Posts posts)
{
    private const int Days = 28;
    private static readonly string[] Run = ["mob", "experiment"];

    public async Task<IReadOnlyList<Fact>> OfAsync(Caller caller, CancellationToken ct)
    {
        var since = caller.Today.PlusDays(1 - Days);
        var all = await contributions.ListAsync([], LocalDate.MinIsoValue.PlusYears(10_000), caller.Today, ct);
        var lately = all.Where(one => one.Claim.Day >= since).ToList();
        var took = lately.SelectMany(one => one.People).ToHashSet();
        var facts = new List<Fact>
        {
            new("Ladder", await LadderAsync(lately, took, ct)),
            new("First-timers", FirstTimers(all, since)),
            new("Concentration", await ConcentrationAsync(since, took.Count, ct)),
            new("Squads", await SquadsAsync(since, ct)),
            new("Backlog", await BacklogAsync(caller, since, ct)),
            new("Objectives", await ObjectivesAsync(caller, ct)),
            new("Noise", await NoiseAsync(caller, ct)),
        };
        return facts;
    }

    // From knowing the bot to running something for others.
    private async Task<RichText> LadderAsync(IReadOnlyList<Contribution> lately, HashSet<PersonId> took, CancellationToken ct)
    {
        var known = await work.Sql.ScalarAsync<int>($"select count(*) from people where community_id = {work.CommunityId} and joined_at is not null and erased_at is null and merged_into is null", ct);
        var gave = lately.Where(one => one.Claim.Kind is not ("kudos" or "used")).SelectMany(one => one.People).Distinct().Count();
        var ran = lately.Where(one => Run.Contains(one.Claim.Kind)).Select(one => one.Claim.AuthorId).Distinct().Count();
        return $"{Said(known)} know the bot; {Said(took.Count)} took part in the last {Days} days, {Said(gave)} with something of their own, {Said(ran)} ran a mob session or an experiment";
    }

    private static RichText FirstTimers(IReadOnlyList<Contribution> all, LocalDate since)
    {
        var first = all.SelectMany(one => one.People.Select(person => (Person: person, one.Claim.Day))).GroupBy(one => one.Person).Count(group => group.Min(one => one.Day) >= since);
        return $"{Said(first)} in the last {Days} days";
    }

    // How few people make half of the points.
    private async Task<RichText> ConcentrationAsync(LocalDate since, int people, CancellationToken ct)
    {
        var sums = await work.Sql.ListAsync($"select sum(points) from ledger where community_id = {work.CommunityId} and day >= {since} group by person_id having sum(points) > 0", row => row.Long(0), ct);
        if (Few.Of(people) is null or 0 || sums.Count < Few.Least)
            return "too few people took part to tell";
        var (half, sum, count) = (sums.Sum() / 2m, 0m, 0);
        foreach (var points in sums.OrderDescending())
        {
            (sum, count) = (sum + points, count + 1);
            if (sum >= half)
                break;
        }

        return $"half of the points went to {Said(count)} of {sums.Count} people";
    }

    private async Task<RichText> SquadsAsync(LocalDate since, CancellationToken ct)
    {
        var squads = await work.Sql.ListAsync(
            $"""
            select s.name, (select count(*) from people p where p.squad_id = s.id), (select count(*) from ledger l where l.squad_id = s.id and l.community_id = s.community_id and l.day >= {since} and l.points > 0)
            from squads s where s.community_id = {work.CommunityId} order by s.name_key
            """, row => (Name: row.Text(0), Members: row.Int(1), Entries: row.Int(2)), ct);
        var silent = squads.Where(squad => squad is { Members: > 0, Entries: 0 }).ToList();
        if (silent.Count == 0)
            return squads.Count == 0 ? "there are none" : $"none is silent";

        // A small squad is its people; it is only counted.
        var named = RichText.Join(", ", silent.Where(squad => squad.Members >= Few.Least).Select(squad => RichText.Of($"{new UserText(squad.Name)}")));
        var small = silent.Count(squad => squad.Members < Few.Least);
        RichText rest = small == 0 ? "" : $"{(small == silent.Count ? "" : " and ")}{small} with fewer than five members";
        return $"silent for {Days} days: {named}{rest}";
    }

    private async Task<RichText> BacklogAsync(Caller caller, LocalDate since, CancellationToken ct)
    {
        var from = caller.Community.Zone.AtStartOfDay(since).ToInstant();
        var gaps = await work.Db.Set<Gap>().Where(gap => gap.Title != null).Select(gap => new { gap.State, gap.ClosedAt }).ToListAsync(ct);
        return $"{gaps.Count(gap => gap.State == GapState.Closed && gap.ClosedAt >= from)} gaps closed in the last {Days} days; {gaps.Count(gap => gap.State == GapState.UnderWay)} under way, {gaps.Count(gap => gap.State == GapState.Open)} that nobody works on";
    }

    private async Task<RichText> ObjectivesAsync(Caller caller, CancellationToken ct)
    {
        var active = await okrs.ActiveAsync(ct);
        var (behind, all) = (0, 0);
        foreach (var objective in active)
        {
            var progress = await okrs.ProgressAsync(objective, caller.Today, ct);
            (behind, all) = (behind + progress.Count(one => one.IsBehind), all + progress.Count);
        }

        return active.Count == 0 ? "none is active" : $"{active.Count} active, {behind} of {all} key results behind, {active.Count(objective => objective.Reminders > 0)} stale";
    }

    private async Task<RichText> NoiseAsync(Caller caller, CancellationToken ct)
    {
        var week = Posts.WeekOf(caller.At, caller.Community.Zone);
        var said = 0;
        var places = await channels.MainAsync(ct);
        foreach (var place in places)
            said = Math.Max(said, await posts.SaidAsync(place, week, ct));
        return $"{said} {(said == 1 ? "post" : "posts")} unasked in {channels.Names(places)} this week{(caller.Community.Budget is { } budget ? $", of {budget} allowed" : ", without a budget")}";
    }

    private static string Said(int people) => Few.Say(Few.Of(people));
}
