namespace CopBot.Core.Features.Rotations;

/// <summary>The turns to come, if nothing changes: each decided as it will be when its time comes.</summary>
public static class Forecast
{
    /// <summary>How many turns are shown ahead.</summary>
    public const int Length = 12;

    /// <summary>Decides so many turns; <paramref name="ahead"/> has as many more as a choice looks ahead.</summary>
    public static IEnumerable<Decision> Of(Rota rota, IReadOnlyList<Turn> ahead, int count = Length)
    {
        for (var index = 0; index < Math.Min(count, ahead.Count); index++)
        {
            var decision = Chooser.Decide(rota, [.. ahead.Skip(index).Take(Chooser.Horizon)]);
            rota = rota.After(decision);
            yield return decision;
        }
    }
}
