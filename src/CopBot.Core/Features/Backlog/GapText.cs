using CopBot.Core.Chat;

namespace CopBot.Core.Features.Backlog;

/// <summary>How a gap reads.</summary>
internal static class GapText
{
    /// <summary>Its size with what it is made of.</summary>
    public static RichText Size(Gap gap) => $"size {gap.Size} (importance {gap.Importance}, level {gap.Level} of {Gap.Mastered})";

    public static string Votes(int votes) => votes switch
    {
        0 => "no votes",
        1 => "1 vote",
        _ => FormattableString.Invariant($"{votes} votes"),
    };

    public static string State(Gap gap) => gap.State switch
    {
        GapState.Open => "open",
        GapState.UnderWay => "under way",
        _ => "closed",
    };

    /// <summary>Checks what somebody thinks of a gap.</summary>
    public static void Check(int importance, int level)
    {
        if (importance is < 1 or > Gap.MostImportant)
            throw new Refusal($"{"importance":code} is 1 to {Gap.MostImportant}, not {importance}. Nothing was stored.");
        if (level > Gap.Mastered)
            throw new Refusal($"{"level":code} is 0 (not at all) to {Gap.Mastered} (mastered), not {level}. Nothing was stored.");
    }
}
