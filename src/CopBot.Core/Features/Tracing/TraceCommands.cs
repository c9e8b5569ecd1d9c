using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Claims;
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
        var (all, beside) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var one in await book.ProgressAsync(objective, caller.Today, ct))
        {
            var closed = await ClosedByAsync(one.KeyResult, ct);
            var goal = RichText.Of($"{Before(closed)}key result {one.KeyResult.Number} “{new UserText(one.KeyResult.Title, objective.OwnerId)}” ({new UserText(OkrText.Reads(one))}) → objective {number} “{objective.Titled}”");
            if (one.KeyResult.Measure is null)
            {
                blocks.Add(new Paragraph(RichText.Of($"check-ins → {goal}")));
                var worked = await WorkedAsync(objective, closed, ct);
                beside.UnionWith(worked.Select(claim => claim.Id));
                if (worked.Count > 0)
                    blocks.Add(await ListAsync(worked.TakeLast(MostShown), ct));
                continue;
            }

            var counted = await book.CountedAsync(one.KeyResult, objective, caller.Today, ct);
            all.UnionWith(counted.Select(contribution => contribution.Claim.Id));
            blocks.Add(new Paragraph(counted.Count == 0 ? RichText.Of($"nothing yet → {goal}") : RichText.Of($"{counted.Count} {(counted.Count == 1 ? "contribution" : "contributions")} → {goal}")));
            if (counted.Count > 0)
                blocks.Add(await ListAsync(counted.TakeLast(MostShown).Select(contribution => contribution.Claim), ct));
            if (counted.Count > MostShown)
                blocks.Add(new Note($"… and {counted.Count - MostShown} earlier ones."));
        }

        beside.ExceptWith(all);
        var works = beside.Count == 0 ? "" : $", {beside.Count} {(beside.Count == 1 ? "works" : "work")} on its gaps";
        return new Message($"Objective {number} “{objective.Titled}”: {all.Count} {(all.Count == 1 ? "contribution counts" : "contributions count")} for it{works}.", Card.Of(blocks));
    }

    private async Task<Facts> ListAsync(IEnumerable<Claim> counted, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var claim in counted)
        {
            var worked = Named(await gaps.OfClaimAsync(claim.Id, ct));
            facts.Add(new($"#{claim.Number.ToString(CultureInfo.InvariantCulture)}", RichText.Of($"{new UserText(claim.Kind)} “{claim.Titled}” of {claim.Day.ToString("d MMMM", CultureInfo.InvariantCulture)}{worked}")));
        }

        return new(facts);
    }

    // A number that is told by hand does not move by them, but they are why it is told.
    private async Task<IReadOnlyList<Claim>> WorkedAsync(Objective objective, IReadOnlyList<Gap> closed, CancellationToken ct)
    {
        var worked = new List<Claim>();
        foreach (var gap in closed)
            worked.AddRange((await gaps.ContributionsAsync(gap, ct)).Where(claim => claim.State == ClaimState.Counted && claim.Day >= objective.FromDay && claim.Day <= objective.UntilDay));
        return [.. worked.DistinctBy(claim => claim.Id).OrderBy(claim => claim.Number)];
    }

    private async Task<IReadOnlyList<Gap>> ClosedByAsync(KeyResult one, CancellationToken ct) =>
        await work.Db.Set<Gap>().Where(gap => work.Db.Set<KeyResultGap>().Any(link => link.KeyResultId == one.Id && link.GapId == gap.Id)).OrderBy(gap => gap.Number).ToListAsync(ct);

    // The gaps that a key result is to close stand before it in the chain.
    private static RichText Before(IReadOnlyList<Gap> closed) =>
        closed.Count == 0 ? RichText.Empty : RichText.Of($"{RichText.Join(", ", closed.Select(gap => RichText.Of($"gap {gap.Number} “{gap.Titled}”")))} → ");

    private static RichText Named(IReadOnlyList<Gap> worked) =>
        worked.Count == 0 ? RichText.Empty : RichText.Of($" → {RichText.Join(", ", worked.Select(gap => RichText.Of($"gap {gap.Number} “{gap.Titled}”")))}");
}
