using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Tests.Core.Scheduling;

/// <summary>Every zone, every change of clocks from 1970 to 2037, 96 times of day.</summary>
public sealed class OccurrenceSweepTests(ITestOutputHelper output)
{
    private static readonly Instant From = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Until = Instant.FromUtc(2038, 1, 1, 0, 0);

    private static readonly Recurrence[] Daily = [.. Enumerable.Range(0, 96).Select(quarter =>
        new Recurrence.Weekly(Enum.GetValues<IsoDayOfWeek>()[1..], 1, new LocalDate(1900, 1, 1), LocalTime.FromMinutesSinceMidnight(quarter * 15)))];

    [Fact]
    public void Each_date_has_its_occurrence_once_in_order_and_by_the_arguments_alone()
    {
        var transitions = 0;
        var occurrences = 0L;
        Parallel.ForEach(DateTimeZoneProviders.Tzdb.GetAllZones(), zone =>
        {
            foreach (var change in zone.GetZoneIntervals(From, Until).Where(interval => interval.HasStart && interval.Start > From).Select(interval => interval.Start))
            {
                Interlocked.Increment(ref transitions);
                for (var minutes = 0; minutes < 1440; minutes += 15)
                    Interlocked.Add(ref occurrences, Sweep(zone, change, minutes));
            }
        });

        output.WriteLine($"{transitions} transitions, {occurrences} occurrences");
        Assert.True(transitions > 10_000, "the sweep saw too few changes of clocks to mean anything");
    }

    private static int Sweep(DateTimeZone zone, Instant change, int minutes)
    {
        var rule = Daily[minutes / 15];
        var chain = Occurrences.After(rule, zone, change - Duration.FromDays(3)).TakeWhile(occurrence => occurrence.At < change + Duration.FromDays(3)).ToList();
        for (var index = 1; index < chain.Count; index++)
        {
            var (before, at) = (chain[index - 1], chain[index]);
            Assert.True(at.At > before.At && at.Date > before.Date, $"{zone.Id} {minutes}: {before} then {at}");

            // Dates between two occurrences are dates that the zone never had.
            for (var missing = before.Date.PlusDays(1); missing < at.Date; missing = missing.PlusDays(1))
                Assert.True(zone.MapLocal(missing.AtMidnight()).Count == 0 && zone.MapLocal(missing.At(new LocalTime(23, 59))).Count == 0, $"{zone.Id} {minutes}: nothing on {missing}");

            // Asked from just before it, the answer is the same.
            var alone = Occurrences.After(rule, zone, at.At - Duration.FromMilliseconds(1)).First();
            Assert.True(alone == at, $"{zone.Id} {minutes}: {at} in the chain, {alone} alone");
        }

        return chain.Count;
    }
}
