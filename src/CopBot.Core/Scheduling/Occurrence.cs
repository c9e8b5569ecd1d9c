using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>One run of a recurrence: the local date and slot are its identity, the instant is when it happens.</summary>
/// <param name="Date">The local date that it belongs to.</param>
/// <param name="Slot">The minute of that date at which it was meant, from 0 to 1439.</param>
/// <param name="At">When it runs.</param>
public readonly record struct Occurrence(LocalDate Date, int Slot, Instant At)
{
    /// <summary>The local time that was meant; the clock shows another at <see cref="At"/> where a change of clocks skips it.</summary>
    public LocalDateTime Meant => Date + LocalTime.FromMinutesSinceMidnight(Slot);
}

/// <summary>Turns rules in local terms into instants.</summary>
/// <remarks>
/// Nothing but the arguments counts, so an answer never depends on what ran before. A local time that a change of clocks skips runs at
/// the first instant after the gap; one that comes twice runs the first time; a date that does not exist has none. Slots that a gap
/// pushes onto the same instant run once, as the first of them.
/// </remarks>
public static class Occurrences
{
    // A gap is a day at most: what lies further back is over, and shares no instant with what comes.
    private const int LookBack = 1;

    // Long enough for 29 February on a given weekday; an empty answer after that is an end.
    private const int LongestPause = 366 * 41;

    /// <summary>The occurrences after an instant, in order; endless unless the rule has an end.</summary>
    public static IEnumerable<Occurrence> After(Recurrence rule, DateTimeZone zone, Instant after) =>
        Around(rule, zone, after.InZone(zone).Date).SkipWhile(occurrence => occurrence.At <= after);

    /// <summary>The occurrences of a local date and of those after it, in order.</summary>
    public static IEnumerable<Occurrence> From(Recurrence rule, DateTimeZone zone, LocalDate first) =>
        Around(rule, zone, first).SkipWhile(occurrence => occurrence.Date < first);

    private static IEnumerable<Occurrence> Around(Recurrence rule, DateTimeZone zone, LocalDate day)
    {
        var date = day.PlusDays(-LookBack);
        if (rule.First is { } first && first > date)
            date = first;
        var last = Instant.MinValue;
        for (var empty = 0; empty < LongestPause && (rule.Until is not { } until || date <= until); date = date.PlusDays(1))
        {
            empty++;
            if (!rule.RunsOn(date))
                continue;
            empty = 0;
            foreach (var time in rule.Times)
            {
                if (Resolve(date + time, zone) is not { } at || at <= last)
                    continue;
                last = at;
                yield return new(date, time.Hour * 60 + time.Minute, at);
            }
        }
    }

    /// <summary>The first of some occurrences; null where there is none.</summary>
    public static Occurrence? FirstOrNull(this IEnumerable<Occurrence> occurrences)
    {
        foreach (var occurrence in occurrences)
            return occurrence;
        return null;
    }

    // The first instant that shows a local time, or the first after it where clocks skip it; null on a date that clocks skip as a whole.
    private static Instant? Resolve(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        if (mapping.Count > 0)
            return mapping.First().ToInstant();

        // Kwajalein had no 21 August 1993.
        var (before, after) = (mapping.EarlyInterval.IsoLocalEnd, mapping.LateInterval.IsoLocalStart);
        return before <= local.Date.AtMidnight() && after >= local.Date.PlusDays(1).AtMidnight() ? null : mapping.LateInterval.Start;
    }
}
