using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Squads;

namespace CopBot.Core.Features.Claims;

public sealed class UsedCommands(Claims claims, Receipt receipt, Limits limits, Naming naming, Membership membership, PointsPolicy policy) : ICommands
{
    [Command("used", "Say that you used what a colleague shared; both of you earn", Example = "used 1 \"in our deploy checklist\"")]
    public async Task<Reply> UseAsync(
        Caller caller,
        [Description("The number of the share"), Also("claim", "share")] int number,
        [Description("Where or how you used it")] string? how = null,
        CancellationToken ct = default)
    {
        var share = await claims.FindAsync(number, ct);
        if (share.Kind != "share")
            throw new Refusal($"#{number} is not a share. Nothing was stored.");
        if (share.FlaggedBy is not null)
            throw new Refusal($"#{number} is flagged; a lead looks at it first. Nothing was stored.");
        if (share.State != ClaimState.Counted)
            throw new Refusal($"#{number} does not count (yet), so it cannot be used. Nothing was stored.");
        if (share.AuthorId == caller.Person)
            throw new Refusal($"#{number} is yours; it earns when somebody else uses it. Nothing was stored.");
        if (await membership.TogetherAsync(caller.Person, share.AuthorId, caller.At, ct))
            throw new Refusal($"You are in the same squad, or were within the last {policy.SameSquadDays} days: reuse counts between squads. Nothing was stored; tell another squad about #{number}.");
        await limits.CheckAsync("used", caller, share.AuthorId, share.Id, ct);

        var claim = await claims.AddAsync(claims.Draft(caller, "used", ClaimState.Counted) with { Title = how ?? $"Used #{number}", AboutId = share.Id, Topic = share.Topic }, [], ct);
        var booked = await claims.PayAsync(claim, [(share.AuthorId, "author"), (caller.Person, "user")], caller, ct);
        var remark = how is null ? RichText.Empty : RichText.Of($" {claim.Titled}");
        var theirs = Points.Said(booked.Where(entry => entry.PersonId == share.AuthorId).Sum(entry => entry.Points));
        await receipt.TellUnheardAsync(caller, [share.AuthorId], _ => new Message($"{caller.Person:name} used your #{number} “{share.Titled}”{remark}: {theirs} for you."), ct);
        return await receipt.CountedAsync(caller, claim, RichText.Of($"{caller.Person:name} used #{number} “{share.Titled}” by {await naming.NameAsync(share.AuthorId, ct)}{remark}"), booked, [], ct);
    }
}
