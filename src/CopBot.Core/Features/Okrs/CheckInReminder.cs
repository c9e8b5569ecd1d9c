using CopBot.Core.Chat;

namespace CopBot.Core.Features.Okrs;

/// <summary>What whoever looks after objectives is asked on check-in day.</summary>
public static class CheckInReminder
{
    private const int MostButtons = 5;

    /// <summary>An objective, which of its key results are asked for, and whether it is the last time before it closes itself.</summary>
    public sealed record About(Objective Objective, IReadOnlyList<Progressing> KeyResults, bool IsLast);

    /// <summary>How the key results of objectives stand; at least one objective.</summary>
    public static Message Of(IReadOnlyList<About> about)
    {
        var keyResults = about.Sum(one => one.KeyResults.Count);
        var buttons = new Buttons([.. about.SelectMany(one => one.KeyResults).Take(MostButtons).Select(one => new Button($"Check in {one.KeyResult.Number}", $"okr checkin {one.KeyResult.Number}"))]);
        if (about is [var (objective, _, last)])
        {
            return new(
                $"It is check-in day for objective {objective.Number} “{objective.Titled}”: how {(keyResults == 1 ? "does this key result" : $"do these {keyResults} key results")} stand?{Last(last)}",
                Card.Of(FactsOf(about[0]), buttons));
        }

        var blocks = about.SelectMany(one => (Block[])[new Paragraph($"Objective {one.Objective.Number} “{one.Objective.Titled}”{(one.IsLast ? RichText.Of($".{Last(true)}") : "")}"), FactsOf(one)]);
        return new($"It is check-in day for {about.Count} objectives: how do these {keyResults} key results stand?", Card.Of([.. blocks, buttons]));
    }

    /// <summary>How an objective ended whose time is over.</summary>
    public static Message OfOver(Objective objective, bool isLast) => new(
        $"The time of objective {objective.Number} “{objective.Titled}” is over. How did it end?{Last(isLast)}",
        Card.Of(new Buttons([new("Achieved", $"okr close {objective.Number} achieved"), new("Missed", $"okr close {objective.Number} missed"), new("Dropped", $"okr close {objective.Number} dropped")])));

    private static Facts FactsOf(About about) => new([.. about.KeyResults.Select(one => new Fact(
        $"{one.KeyResult.Number}",
        RichText.Of($"{new UserText(one.KeyResult.Title, about.Objective.OwnerId)}: {new UserText(OkrText.Reads(one))}{(one.KeyResult.CheckedAt is null ? "; no check-in yet" : "")}")))]);

    private static RichText Last(bool isLast) => isLast ? " This is the last reminder: if nothing is said, it closes itself next week." : "";
}
