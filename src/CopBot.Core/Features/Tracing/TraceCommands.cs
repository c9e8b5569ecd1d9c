using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Okrs;

namespace CopBot.Core.Features.Tracing;

/// <summary>Shows what moved an objective: contribution, key result, objective as one chain.</summary>
public sealed class TraceCommands(OkrBook book) : ICommands
{
    private const int MostShown = 15;

    [Command("okr trace", "See which contributions moved an objective", ReadsOnly = true, Example = "okr trace 1")]
    public async Task<Reply> TraceAsync(Caller caller, [Description("The objective's number"), Also("objective")] int number, CancellationToken ct)
    {
        var objective = await book.FindAsync(number, ct);
        var blocks = new List<Block>();
        var count = 0;
        foreach (var one in await book.ProgressAsync(objective, caller.Today, ct))
        {
            var goal = RichText.Of($"key result {one.KeyResult.Number} “{new UserText(one.KeyResult.Title, objective.OwnerId)}” ({new UserText(OkrText.Reads(one))}) → objective {number} “{objective.Titled}”");
            if (one.KeyResult.Measure is null)
            {
                blocks.Add(new Paragraph(RichText.Of($"check-ins → {goal}")));
                continue;
            }

            var counted = await book.CountedAsync(one.KeyResult, objective, caller.Today, ct);
            count += counted.Count;
            blocks.Add(new Paragraph(counted.Count == 0 ? RichText.Of($"nothing yet → {goal}") : RichText.Of($"{counted.Count} {(counted.Count == 1 ? "contribution" : "contributions")} → {goal}")));
            if (counted.Count > 0)
                blocks.Add(new Facts([.. counted.TakeLast(MostShown).Select(contribution => new Fact(
                    $"#{contribution.Claim.Number.ToString(CultureInfo.InvariantCulture)}",
                    RichText.Of($"{new UserText(contribution.Claim.Kind)} “{contribution.Claim.Titled}” of {contribution.Claim.Day.ToString("d MMMM", CultureInfo.InvariantCulture)}")))]));
            if (counted.Count > MostShown)
                blocks.Add(new Note($"… and {counted.Count - MostShown} earlier ones."));
        }

        return new Message($"Objective {number} “{objective.Titled}”: {count} {(count == 1 ? "contribution counts" : "contributions count")} for it.", Card.Of(blocks));
    }
}
