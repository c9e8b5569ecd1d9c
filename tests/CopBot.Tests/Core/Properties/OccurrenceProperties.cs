using System.Collections.Concurrent;
using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Tests.Core.Properties;

/// <summary>Every zone, every change of clocks from 1970 to 2037, 96 times of day.</summary>
/// <remarks>
/// Around a change an answer depends on the zone's intervals nearby and on nothing else, so zones that change alike at the same moment are
/// one case: 597 zones are swept as the some ten thousand changes that differ.
/// </remarks>
public sealed class OccurrenceProperties(ITestOutputHelper output)
{
    private static readonly Instant From = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Until = Instant.FromUtc(2038, 1, 1, 0, 0);
    private static readonly Duration Around = Duration.FromDays(2);

    // As far as the function may look from there, and more.
    private static readonly Duration Nearby = Duration.FromDays(12);

    private static readonly Recurrence[] Daily = [.. Enumerable.Range(0, 96).Select(quarter =>
        new Recurrence.Weekly(Enum.GetValues<IsoDayOfWeek>()[1..], 1, new LocalDate(1900, 1, 1), LocalTime.FromMinutesSinceMidnight(quarter * 15)))];

    [Fact]
    public void Each_date_has_its_occurrence_once_in_order_and_by_the_arguments_alone()
    {
        var (zones, changes, occurrences) = (0, 0, 0L);
        var cases = new ConcurrentDictionary<string, (DateTimeZone Zone, Instant Change)>();
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            zones++;
            var intervals = zone.GetZoneIntervals(From - Nearby, Until + Nearby).ToList();
            for (var index = 1; index < intervals.Count; index++)
            {
                var change = intervals[index].Start;
                if (change < From || change >= Until)
                    continue;

                changes++;
                cases.TryAdd(string.Join(' ', intervals.Where(interval => (!interval.HasEnd || interval.End >= change - Nearby) && (!interval.HasStart || interval.Start <= change + Nearby)).Select(interval =>
                    $"{(interval.HasStart && interval.Start > change - Nearby ? interval.Start.ToUnixTimeSeconds() : 0)}{interval.WallOffset:+HH:mm:ss}")), (zone, change));
            }
        }

        var swept = Property.Share(cases.Values, one: 20).ToList();
        Parallel.ForEach(swept, one =>
        {
            foreach (var rule in Daily)
                Interlocked.Add(ref occurrences, Sweep(rule, one.Zone, one.Change));
        });

        output.WriteLine($"{zones} zones, {changes} changes of clocks of which {cases.Count} differ, {swept.Count} swept, {occurrences} occurrences");
        Assert.True(zones > 500 && changes > 30_000 && cases.Count > 3_000 && occurrences > swept.Count * 300L && swept.Count > 150, "the sweep saw too few changes of clocks to mean anything");
    }

    private static int Sweep(Recurrence rule, DateTimeZone zone, Instant change)
    {
        var time = rule.Times[0];
        var chain = Occurrences.After(rule, zone, change - Around).TakeWhile(occurrence => occurrence.At < change + Around).ToList();
        if (chain.Count < 2)
            Assert.Fail($"{zone.Id} {change} {time}: {chain.Count} occurrences in four days");
        for (var index = 0; index < chain.Count; index++)
        {
            var at = chain[index];
            var meant = at.Date + time;
            var mapping = zone.MapLocal(meant);

            // The first of two, or where the clocks land: nothing but midnight to midnight has no occurrence at all.
            if (at.At != (mapping.Count > 0 ? mapping.First().ToInstant() : mapping.EarlyInterval.End))
                Assert.Fail($"{zone.Id} {time}: {at} for {meant}");
            if (index == 0)
                continue;

            var before = chain[index - 1];
            if (at.At <= before.At || at.Date <= before.Date)
                Assert.Fail($"{zone.Id} {time}: {before} then {at}");
            for (var missing = before.Date.PlusDays(1); missing < at.Date; missing = missing.PlusDays(1))
                Assert.True(zone.MapLocal(missing.AtMidnight()).Count == 0 && zone.MapLocal(missing.At(new LocalTime(23, 59, 59))).Count == 0, $"{zone.Id} {time}: nothing on {missing}");

            // Asked from in between or from just before it, the answer is the same.
            if (Occurrences.After(rule, zone, before.At).First() != at || Occurrences.After(rule, zone, at.At - Duration.FromMilliseconds(1)).First() != at)
                Assert.Fail($"{zone.Id} {time}: {at} in the chain, another alone");
        }

        return chain.Count;
    }
}
