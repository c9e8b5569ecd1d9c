using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Okrs;

/// <summary>Says which key results a claim moves by counting from now on, or by doing so no longer.</summary>
public sealed class MovedKeyResults(Work work, OkrBook book) : IFollowsClaims
{
    public async Task<IReadOnlyList<RichText>> MovedAsync(Claim claim, bool counts, Caller caller, CancellationToken ct)
    {
        // What is closed gains nothing any more, but what it counted may cease to. Most claims move nothing; they are not to wait for it.
        var latest = counts ? ObjectiveState.Active : ObjectiveState.Lapsed;
        if (await work.Sql.ScalarAsync<int>(
            $"select 1 from objectives o join key_results k on k.objective_id = o.id where o.community_id = {work.CommunityId} and o.state between {ObjectiveState.Active} and {latest} and k.measure is not null limit 1", ct) != 1)
        {
            return [];
        }

        var says = new List<RichText>();
        foreach (var objective in (await book.RunAsync(latest, ct)).Where(objective => claim.Day >= objective.FromDay && claim.Day <= objective.UntilDay))
        {
            foreach (var one in await book.KeyResultsAsync(objective, ct))
            {
                if (one.Measure is null)
                    continue;
                var measure = OkrBook.Read(one.Measure);
                if (measure.Kinds.Count > 0 && !measure.Kinds.Contains(claim.Kind))
                    continue;

                var counted = await book.CountedAsync(one, objective, caller.Today, ct);
                var (with, without) = (measure.Of(counted), measure.Of(Without(claim, counted)));
                if (with == without)
                    continue;
                var reads = OkrText.Reads(Progressing.Of(one, objective, counts ? with : without, caller.Today));
                says.Add(RichText.Of($"Key result {one.Number} “{new UserText(one.Title, objective.OwnerId)}”{(objective.IsOver ? $" of objective {objective.Number}, which is closed," : "")} {(counts ? "moves to" : "goes back to")} {new UserText(reads)}."));
            }
        }

        return says;
    }

    // A result that begins to count, or ceases to, leaves the experiment begun.
    private static IEnumerable<Contribution> Without(Claim claim, IEnumerable<Contribution> counted) => claim.Result is null
        ? counted.Where(contribution => contribution.Claim.Id != claim.Id)
        : counted.Select(contribution => contribution.Claim.Id == claim.Id ? contribution with { Claim = Contribution.Begun(contribution.Claim) } : contribution);
}
