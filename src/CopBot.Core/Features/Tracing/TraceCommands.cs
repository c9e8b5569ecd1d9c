using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Tracing;

/// <summary>Shows what moved an objective: contribution, gap, key result, objective as one chain.</summary>
public sealed class TraceCommands(Work work, OkrBook book, Gaps gaps) : ICommands
{
    private const int MostShown = 15;

    [Command("okr trace", "See which contributions moved an objective", ReadsOnly = true, Example = "okr trace 1")]
    public async Task<Reply> TraceAsync(Caller caller, [Description("The objective's number"), Also("objective")] int number, CancellationToken ct)
    {
        var objective = await book.FindAsync(number, ct);
        var blocks = new List<Block>();
        var all = new HashSet<Guid>();
        foreach (var one in await book.ProgressAsync(objective, caller.Today, ct))
        {
            var closes = await ClosesAsync(one.KeyResult, ct);
            var goal = RichText.Of($"{closes}key result {one.KeyResult.Number} “{new UserText(one.KeyResult.Title, objective.OwnerId)}” ({new UserText(OkrText.Reads(one))}) → objective {number} “{objective.Titled}”");
            if (one.KeyResult.Measure is null)
            {
                blocks.Add(new Paragraph(RichText.Of($"check-ins → {goal}")));
                continue;
            }

            var counted = await book.CountedAsync(one.KeyResult, objective, caller.Today, ct);
            all.UnionWith(counted.Select(contribution => contribution.Claim.Id));
            blocks.Add(new Paragraph(counted.Count == 0 ? RichText.Of($"nothing yet → {goal}") : RichText.Of($"{counted.Count} {(counted.Count == 1 ? "contribution" : "contributions")} → {goal}")));
            if (counted.Count > 0)
                blocks.Add(await ListAsync(counted.TakeLast(MostShown), ct));
            if (counted.Count > MostShown)
                blocks.Add(new Note($"… and {counted.Count - MostShown} earlier ones."));
        }

        return new Message($"Objective {number} “{objective.Titled}”: {all.Count} {(all.Count == 1 ? "contribution counts" : "contributions count")} for it.", Card.Of(blocks));
    }

    private async Task<Facts> ListAsync(IEnumerable<Contribution> counted, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var claim in counted.Select(contribution => contribution.Claim))
        {
            var worked = Named(await gaps.OfClaimAsync(claim.Id, ct));
            facts.Add(new($"#{claim.Number.ToString(CultureInfo.InvariantCulture)}", RichText.Of($"{new UserText(claim.Kind)} “{claim.Titled}” of {claim.Day.ToString("d MMMM", CultureInfo.InvariantCulture)}{worked}")));
        }

        return new(facts);
    }

    // The gaps that a key result is to close stand before it in the chain.
    private async Task<RichText> ClosesAsync(KeyResult one, CancellationToken ct)
    {
        var closed = await work.Db.Set<Gap>().Where(gap => work.Db.Set<KeyResultGap>().Any(link => link.KeyResultId == one.Id && link.GapId == gap.Id)).OrderBy(gap => gap.Number).ToListAsync(ct);
        return closed.Count == 0 ? RichText.Empty : RichText.Of($"{RichText.Join(", ", closed.Select(gap => RichText.Of($"gap {gap.Number} “{gap.Titled}”")))} → ");
    }

    private static RichText Named(IReadOnlyList<Gap> worked) =>
        worked.Count == 0 ? RichText.Empty : RichText.Of($" → {RichText.Join(", ", worked.Select(gap => RichText.Of($"gap {gap.Number} “{gap.Titled}”")))}");
}
