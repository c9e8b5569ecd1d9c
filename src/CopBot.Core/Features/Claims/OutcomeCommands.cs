using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Content;

namespace CopBot.Core.Features.Claims;

public sealed class OutcomeCommands(Claims claims, Receipt receipt, PointsPolicy policy) : ICommands
{
    [Command("outcome", "Log what an experiment or mob session changed, before and after", Example = "outcome 2 category=speed before=40 after=12 unit=minutes \"Deploys are faster\"")]
    public async Task<Reply> LogAsync(
        Caller caller,
        [Description("The number of the experiment or mob session"), Also("of", "for", "claim", "experiment", "mob", "number")] int from,
        [Description("What kind of change"), OneOfPack("outcomes")] string category,
        [Description("The value before")] decimal before,
        [Description("The value after")] decimal after,
        [Description("The unit of both values")] string unit,
        [Description("What changed, in one line")] string? title = null,
        CancellationToken ct = default)
    {
        var origin = await claims.FindAsync(from, ct);
        if (origin.Kind is not ("experiment" or "mob"))
            throw new Refusal($"An outcome belongs to an experiment or a mob session; #{from} is neither. Nothing was stored.");
        if (origin.State is not (ClaimState.Counted or ClaimState.Waiting))
            throw new Refusal($"#{from} does not stand any more, so it has no outcome. Nothing was stored.");
        if (before == after)
            throw new Refusal($"{"before":code} and {"after":code} are the same, so nothing changed. Nothing was stored.");

        var rule = policy["outcome"];
        var waits = rule.Waits("outcome");
        var claim = await claims.AddAsync(claims.Draft(caller, "outcome", waits ? ClaimState.Waiting : ClaimState.Counted) with
        {
            Title = title ?? $"Outcome of #{from}",
            AboutId = origin.Id,
            Topic = origin.Topic,
            Category = category,
            BeforeValue = before,
            AfterValue = after,
            Unit = unit,
        }, [], ct);

        var what = RichText.Of($"{caller.Person:name} logs an outcome of #{from}, {category}: “{claim.Titled}”, from {before:0.####} to {after:0.####} {new UserText(unit, caller.Person)}");
        return waits
            ? receipt.Waiting(caller, claim, what)
            : await receipt.CountedAsync(caller, claim, what, await claims.PayAsync(claim, Payees.Of(claim, [], rule), caller, ct), [], ct);
    }
}
