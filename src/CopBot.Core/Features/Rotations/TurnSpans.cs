using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>From when until when a turn lasts; the end is the begin of the next.</summary>
public readonly record struct TurnSpan(int Number, Instant Begin, Instant End);

/// <summary>Puts turns on the time line: each lasts until the next begins, so there is neither a gap nor an overlap.</summary>
public static class TurnSpans
{
    /// <summary>The spans of turns that begin one after the other.</summary>
    /// <param name="begins">In order.</param>
    /// <param name="end">When the last one ends.</param>
    public static IEnumerable<TurnSpan> Of(IReadOnlyList<(int Number, Instant Begin)> begins, Instant end)
    {
        for (var index = 0; index < begins.Count; index++)
        {
            var until = index + 1 < begins.Count ? begins[index + 1].Begin : end;

            // A turn that a lead ended in the moment in which it began lasted no time.
            if (until > begins[index].Begin)
                yield return new(begins[index].Number, begins[index].Begin, until);
        }
    }
}
