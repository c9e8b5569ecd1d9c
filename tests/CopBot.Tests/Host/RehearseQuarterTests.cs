using System.Globalization;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Tests.Host;

/// <summary>A quarter of a community from the empty canvas to the report, as a script that reads aloud; the report's figures are added up again from the rows.</summary>
public sealed class RehearseQuarterTests : IDisposable
{
    private const string Script = """
        # January: who we are, what we want, and where we are weak
        ana: squad create Blue
        ana: squad create Red
        ana: squad join Blue
        cy: squad join Blue
        eve: squad join Blue
        bo: squad join Red
        dee: squad join Red
        fay: squad join Red
        ana: canvas show
        ana: canvas set purpose "We make production boring together"
        bo: canvas rate values 4
        cy: canvas rate values 5
        dee: canvas rate values 3
        ana: canvas history purpose
        ana: canvas review on=2026-03-30
        ana: okr template collaboration until=2026-03-31
        ana: okr template reliability until=2026-03-31
        ana: okr template capabilities until=2026-03-31
        ana: kr move 2 target=6
        ana: okr activate 1
        ana: okr activate 2
        ana: okr activate 3
        bo: gap add "Chaos testing" need="Survive the loss of a zone" importance=5 level=1
        cy: gap add "Failover drills" need="Survive the loss of a zone" importance=5 level=2
        dee: gap add "Load testing" need="Carry the sale" importance=4 level=2
        eve: gap add "Capacity planning" need="Carry the sale" importance=4 level=1
        fay: gap add "Canary releases" need="Ship without fear" importance=3 level=2
        ana: gap add "Feature flags" need="Ship without fear" importance=3 level=3
        bo: gap add "Alert hygiene" need="Sleep at night" importance=4 level=1 topic=alerting
        cy: gap add "Runbooks for every page" need="Sleep at night" importance=4 level=3 topic=incidents
        dee: gap add "Blameless postmortems" need="Learn from failure" importance=5 level=3
        eve: gap add "Service objectives" need="Know what is good enough" importance=5 level=2 topic=slo
        fay: gap add "Tracing" need="Find the cause fast" importance=3 level=1
        ana: gap add "Restores that are tried" need="Survive a mistake" importance=5 level=0
        cy: gap vote 1
        dee: gap vote 1
        eve: gap vote 7
        fay: gap vote 7
        ana: gap vote 7
        bo: gap vote 12
        ana: gap list
        ana: gap matrix
        ana: kr link 1 gap=7
        ana: gather plan "Mob on the pager bot" kind=mob at="2026-01-15 15:00" minutes=90 topic=alerting
        bo: gather join 1
        cy: gather join 1
        dee: gather join 1
        eve: gather join 1
        clock +3d
        cy: share "Runbooks that cut the time to recover" topic=incidents link=https://example.org/runbooks
        dee: failure "We lost a queue for an hour" topic=incidents
        clock 2026-01-15T17:00
        bo (private): gather here 1
        cy (private): gather here 1
        dee (private): gather here 1
        eve (private): gather here 1
        ana (private): gather here 1
        ana: gather log 1
        bo: confirm 3
        ana: gap link 7 3
        ana: okr trace 1
        ana (private): experience answer gathering=1 expected=3 experienced=4
        bo (private): experience answer gathering=1 expected=4 experienced=5
        cy (private): experience answer gathering=1 expected=3 experienced=4
        dee (private): experience answer gathering=1 expected=4 experienced=4
        eve (private): experience answer gathering=1 expected=5 experienced=4
        ana: okr checkin 3 18 confidence="on track"
        ana: okr checkin 6 14 confidence="at risk" comment="two courses were cancelled"
        clock 2026-01-26T10:00
        ana: experience show
        ana: okr checkin 3 18
        ana: okr checkin 6 16
        ana: report month
        # February: trying things
        fay: experiment start "Canary at one percent" hypothesis="Fewer rollbacks" measure="rollbacks a month" topic=delivery
        ana: gather plan "What error budgets are for" kind=talk at="2026-02-05 16:00" minutes=45 topic=slo
        eve: gather join 2
        fay: gather join 2
        clock 2026-02-05T17:00
        ana (private): gather here 2
        eve (private): gather here 2
        fay (private): gather here 2
        ana: gather log 2
        ana (private): experience answer gathering=2 expected=4 experienced=4
        eve (private): experience answer gathering=2 expected=3 experienced=4
        fay (private): experience answer gathering=2 expected=2 experienced=4
        clock 2026-02-09T10:00
        fay: experiment result 4 disproved learned="Slow leaks stay hidden at one percent; a canary has to run longer than the leak takes" next="A day at five percent"
        bo: confirm 4
        fay: outcome 4 speed 40 25 minutes
        bo: confirm 6
        ana: okr checkin 3 17
        ana: okr checkin 6 18
        ana: gather plan "Mob on restores" kind=mob at="2026-02-19 15:00" minutes=120 topic=backups
        bo: gather join 3
        fay: gather join 3
        eve: gather join 3
        dee: gather join 3
        clock 2026-02-19T17:30
        ana (private): gather here 3
        bo (private): gather here 3
        fay (private): gather here 3
        eve (private): gather here 3
        dee (private): gather missed 3
        ana: gather log 3
        fay: confirm 7
        ana (private): experience answer gathering=3 expected=4 experienced=5
        bo (private): experience answer gathering=3 expected=4 experienced=4
        fay (private): experience answer gathering=3 expected=3 experienced=5
        eve (private): experience answer gathering=3 expected=4 experienced=3
        bo: outcome 7 savings 20 12 hours
        ana: confirm 8
        ana: gap link 12 7
        ana: gap rate 12 level=3
        ana: gap close 12 reason="Tried every month from now on"
        clock 2026-02-23T10:00
        ana: okr checkin 3 16
        ana: okr checkin 6 22
        # March: what came of it
        ana: gather plan "Mob on alert hygiene" kind=mob at="2026-03-12 15:00" minutes=90 topic=alerting
        cy: gather join 4
        dee: gather join 4
        fay: gather join 4
        clock 2026-03-12T17:00
        ana (private): gather here 4
        cy (private): gather here 4
        dee (private): gather here 4
        fay (private): gather here 4
        ana: gather log 4
        dee: confirm 9
        ana (private): experience answer gathering=4 expected=4 experienced=5
        cy (private): experience answer gathering=4 expected=4 experienced=5
        dee (private): experience answer gathering=4 expected=3 experienced=4
        fay (private): experience answer gathering=4 expected=5 experienced=5
        eve: share "What a good postmortem leaves out" topic=postmortems
        dee: used 1 "in our rota"
        cy: mob "A demo that was no mob" with=@dee minutes=30
        dee: confirm 12
        ana: void 12 reason="it was a demo, not a mob"
        ana: okr checkin 3 14 confidence="on track"
        ana: okr checkin 6 28
        bo: feedback give "More hands-on, fewer slides" word="kettle on the moon"
        clock 2026-03-16T10:00
        ana: feedback answer 1 "From April on every second session is hands-on" share=yes
        bo: feedback look "kettle on the moon"
        fay: wheel spin players=@ana,@bo,@cy,@dee
        fay: wheel next
        fay: wheel reveal
        fay: wheel next
        fay: wheel end debrief="Drill the restore by night; Alert on what users feel"
        bo: confirm 13
        clock 2026-03-31T17:00
        ana: okr list
        ana: okr trace 1
        ana: okr close 1 achieved learned="A fixed day for mobs works"
        ana: okr close 2 missed learned="Too few stories of failures; the next objective asks for one a month"
        ana: canvas drift
        ana: health
        ana: gap list
        ana: report month 2026-02
        ana: report month
        """;

    private readonly Copbot copbot = new();

    [Fact]
    public async Task A_quarter_reads_well_and_its_report_is_what_the_rows_add_up_to()
    {
        var kept = copbot.PathOf("quarter.db");
        var ran = await copbot.RunAsync(Script, "rehearse", "--database", kept);
        ran.Says(ExitCodes.Done);
        Golden.Check("Host/golden/quarter.txt", ran.Output);
        Assert.DoesNotContain("Nothing was", ran.Output);

        await using var chat = await Conversation.OnAsync(kept);
        var (claims, entries, gatherings, there) = await chat.Store.ReadAsync(Community.First, async (work, ct) =>
            (await work.Db.Set<Claim>().ToListAsync(ct), await work.Db.Set<LedgerEntry>().ToListAsync(ct), await work.Db.Set<Gathering>().ToListAsync(ct), await work.Db.Set<Attendee>().Where(one => one.Attendance == Attendance.Here).ToListAsync(ct)), CancellationToken.None);
        var back = entries.Select(entry => entry.Reverses).OfType<long>().ToHashSet();
        var standing = entries.Where(entry => entry.Reverses is null && !back.Contains(entry.Id)).ToLookup(entry => entry.ClaimId);
        foreach (var month in (int[])[2, 3])
        {
            var report = ran.Output[ran.Output.LastIndexOf($"# Reliability League: {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} 2026", StringComparison.Ordinal)..];
            report = report[..report.IndexOf("## By week", StringComparison.Ordinal)];
            var own = claims.Where(claim => claim.State == ClaimState.Counted && claim.Day.Month == month).ToList();
            var mobs = own.Where(claim => claim.Kind == "mob").ToList();
            var booked = own.SelectMany(claim => standing[claim.Id]).ToList();
            var across = mobs.Count(claim => standing[claim.Id].Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count() > 1);
            Assert.Contains($"| Shares | {own.Count(claim => claim.Kind == "share")} (", report);
            Assert.Contains($"| Collaboration | {mobs.Count} mob session{(mobs.Count == 1 ? "" : "s")} (", report);
            Assert.Contains($"), {across} across squads, {mobs.Sum(claim => claim.Minutes)} minutes; {own.Count(claim => claim.Kind == "kudos")} kudos |", report);
            var people = booked.Select(entry => entry.PersonId).Distinct().Count();
            Assert.Contains($"| People | {(people >= 5 ? people.ToString(CultureInfo.InvariantCulture) : "fewer than five")} took part, from {booked.Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count()} squads |", report);
            var results = claims.Where(claim => claim is { Kind: "experiment", State: ClaimState.Counted, Result: not null } && claim.ReportedAt!.Value.InUtc().Month == month).ToList();
            Assert.Contains($"| Experiments | {own.Count(claim => claim.Kind == "experiment")} begun; {results.Count} finished: {results.Count(claim => claim.Result == "proven")} proven, {results.Count(claim => claim.Result == "disproved")} disproved,", report);
            foreach (var sum in own.Where(claim => claim.Kind == "outcome").GroupBy(claim => (claim.Category, claim.Unit)))
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| Outcomes, {sum.Key.Category} | {sum.Count()} in {sum.Key.Unit}: from {sum.Sum(claim => claim.BeforeValue):0.##} to {sum.Sum(claim => claim.AfterValue):0.##}, {sum.Sum(claim => claim.BeforeValue - claim.AfterValue):0.##} less ("), report);
            var held = gatherings.Where(one => one.BeginsAt.InUtc().Month == month).ToList();
            var times = there.Count(one => held.Any(gathering => gathering.Id == one.GatheringId));
            Assert.Contains($"| Gatherings | {held.Count} held, {(times >= 5 ? $"{times} times somebody was there" : "fewer than five people there")} |", report);
        }
    }

    public void Dispose() => copbot.Dispose();
}
