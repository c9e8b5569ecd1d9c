namespace CopBot.Core.Features.Rotations;

/// <summary>How much anybody serves within a year.</summary>
internal static class Year
{
    /// <summary>How many turns began within the year before a turn.</summary>
    public static int Lately(IReadOnlyList<Turn> served, Turn turn) => served.Count(one => one.From > turn.From.PlusYears(-1));
}
