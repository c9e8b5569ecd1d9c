using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>One run of a recurrence: the local date and slot are its identity, the instant is when it happens.</summary>
/// <param name="Date">The local date that it belongs to.</param>
/// <param name="Slot">The minute of that date at which it was meant, from 0 to 1439.</param>
/// <param name="At">When it runs.</param>
/// <param name="Moved">Whether a change of clocks moved it from the local time that was meant.</param>
public readonly record struct Occurrence(LocalDate Date, int Slot, Instant At, bool Moved);

/// <summary>Turns rules in local terms into instants.</summary>
/// <remarks>
/// Nothing but the arguments counts, so an answer never depends on what ran before. A local time that a change of clocks skips runs at
/// the first instant after the gap; one that comes twice runs the first time; a date that does not exist has none. Slots that a gap
/// pushes onto the same instant run once, as the first of them.
/// </remarks>
public static class Occurrences
{
    // Long enough for 29 February on a given weekday; an empty answer after that is an end.
    private const int LongestPause = 366 * 41;

    /// <summary>The occurrences after an instant, in order; endless unless the rule has an end.</summary>
    public static IEnumerable<Occurrence> After(Recurrence rule, DateTimeZone zone, Instant after)
    {
        // A gap moves a slot by less than a day or two, so what lies further back is over.
        var date = after.InZone(zone).Date.PlusDays(-3);
        var last = Instant.MinValue;
        var empty = 0;
        while (empty < LongestPause && (rule.Until is not { } until || date <= until))
        {
            empty++;
            if (rule.RunsOn(date) && Exists(date, zone))
            {
                empty = 0;
                foreach (var time in rule.Times)
                {
                    var (at, moved) = Resolve(date + time, zone);
                    if (at <= last)
                        continue;
                    last = at;
                    if (at > after)
                        yield return new(date, time.Hour * 60 + time.Minute, at, moved);
                }
            }

            date = date.PlusDays(1);
        }
    }

    /// <summary>The first instant that shows a local time, or the first after it where clocks skip it.</summary>
    public static (Instant At, bool Moved) Resolve(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count > 0
            ? (mapping.First().ToInstant(), false)
            : (mapping.LateInterval.Start, true);
    }

    // Kwajalein had no 21 August 1993: a whole date can fall into a gap.
    private static bool Exists(LocalDate date, DateTimeZone zone)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count > 0 || midnight.LateInterval.IsoLocalStart < date.PlusDays(1).AtMidnight();
    }
}
