using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

public sealed class UndoCommands(Work work, Claims claims, Ledger ledger, Receipt receipt, Followers followers, Audit audit, Outbox outbox, PointsPolicy policy) : ICommands
{
    [Command("undo", "Take back what you logged within the last day", Example = "undo 5")]
    public async Task<Reply> UndoAsync(
        Caller caller,
        [Description("The number on the receipt; your latest when left out"), Also("claim")] int? number = null,
        CancellationToken ct = default)
    {
        var claim = number is { } given ? await claims.FindAsync(given, ct) : await LatestAsync(caller, ct);
        if (claim.AuthorId != caller.Person)
            throw new Refusal($"#{claim.Number} is not yours. If something is wrong with it, {$"flag {claim.Number} \"why\"":code} asks a lead to look. Nothing was changed.");
        if (claim.State is not (ClaimState.Counted or ClaimState.Waiting))
            throw new Refusal($"#{claim.Number} does not stand any more; there is nothing to take back. Nothing was changed.");
        if (caller.At - LoggedAt(claim) > Duration.FromHours(policy.UndoHours))
            throw new Refusal($"#{claim.Number} is older than {policy.UndoHours} hours. A lead can still declare it void. Nothing was changed.");

        var result = claim.Result;
        var moved = await MovedAsync(claim, caller, ct);
        var reversed = await ReverseAsync(claim, caller, latestRoundOnly: result is not null, ct);
        if (result is null)
            await claims.MoveAsync(claim, ClaimState.Undone, caller.At, ct);
        else
            await TakeBackResultAsync(claim, caller, ct);

        var back = result is null
            ? RichText.Of($"#{claim.Number} “{claim.Titled}” is taken back")
            : RichText.Of($"The result of #{claim.Number} “{claim.Titled}” is taken back; the experiment goes on");
        var users = await TakeBackUsesAsync(claim, caller, $"#{claim.Number}, which it is about, was taken back", reversed, ct);
        await TellOthersAsync(caller, reversed, users, RichText.Of($"{caller.Person:name} took #{claim.Number} “{claim.Titled}” back."), ct);
        return new Message($"{back}: {await receipt.PaidAsync(claim, caller.Person, reversed, ct)}. The caps have their room again.", moved);
    }

    [Command("void", "Declare a claim void, with the reason", Role = Role.Lead, Example = "void 2 reason=\"it was a demo, not a mob\"")]
    public async Task<Reply> VoidAsync(
        Caller caller,
        [Description("The number on the receipt"), Also("claim")] int number,
        [Description("Why; its author is told"), Also("because"), MaxLength(500)] string reason,
        CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        if (claim.State == ClaimState.Void)
            throw new Refusal($"#{number} is void already. Nothing was changed.");

        var moved = await MovedAsync(claim with { Result = null }, caller, ct);
        var reversed = await ReverseAsync(claim, caller, latestRoundOnly: false, ct);
        await claims.MoveAsync(claim, ClaimState.Void, caller.At, ct, voidReason: reason);
        await audit.NoteAsync(caller, "void", ct, subject: claim.AuthorId, claim: claim.Id, detail: reason);
        var users = await TakeBackUsesAsync(claim, caller, $"#{number}, which it is about, was declared void", reversed, ct);
        await TellOthersAsync(caller, reversed, users, RichText.Of($"A lead declared #{number} “{claim.Titled}” void: {new UserText(reason, caller.Person)}."), ct, claim.AuthorId);
        return new Message($"#{number} “{claim.Titled}” is void: {await receipt.PaidAsync(claim, caller.Person, reversed, ct)}. Reason: {new UserText(reason, caller.Person)}. Everybody concerned is told.", moved);
    }

    private async Task<Card?> MovedAsync(Claim claim, Caller caller, CancellationToken ct) =>
        (claim.State == ClaimState.Counted || claim.Kind == "experiment") && await followers.NotesAsync(claim, counts: false, caller, ct) is { Count: > 0 } notes ? Card.Of(notes) : null;

    private static Instant LoggedAt(Claim claim) => claim.Result is null ? claim.At : claim.ReportedAt ?? claim.ChangedAt;

    private async Task<Claim> LatestAsync(Caller caller, CancellationToken ct) =>
        await work.Db.Set<Claim>()
            .Where(claim => claim.AuthorId == caller.Person && (claim.State == ClaimState.Counted || claim.State == ClaimState.Waiting))
            .OrderByDescending(claim => claim.ReportedAt ?? claim.At).ThenByDescending(claim => claim.Number).FirstOrDefaultAsync(ct)
        ?? throw new Refusal($"You have logged nothing that could be taken back. Nothing was changed.");

    private async Task<List<LedgerEntry>> ReverseAsync(Claim claim, Caller caller, bool latestRoundOnly, CancellationToken ct)
    {
        var standing = await ledger.StandingForAsync(claim.Id, ct);
        var reversed = new List<LedgerEntry>();
        foreach (var entry in latestRoundOnly ? standing.Where(entry => entry.Kind == claim.Rule) : standing)
        {
            if (await ledger.ReverseAsync(entry, caller.At, caller.InboxId, ct) is { } back)
                reversed.Add(back);
        }

        return reversed;
    }

    // What a share earned by being used goes with it, for its author and for whoever used it. Gives those who did.
    private async Task<IReadOnlySet<PersonId>> TakeBackUsesAsync(Claim share, Caller caller, string why, List<LedgerEntry> reversed, CancellationToken ct)
    {
        var uses = await work.Db.Set<Claim>().Where(use => use.AboutId == share.Id && use.Kind == "used" && use.State == ClaimState.Counted).OrderBy(use => use.Number).ToListAsync(ct);
        foreach (var use in uses)
        {
            reversed.AddRange(await ReverseAsync(use, caller, latestRoundOnly: false, ct));
            await claims.MoveAsync(use, ClaimState.Void, caller.At, ct, voidReason: why);
        }

        return uses.Select(use => use.AuthorId).ToHashSet();
    }

    private Task TakeBackResultAsync(Claim claim, Caller caller, CancellationToken ct) =>
        work.Sql.ExecuteAsync(
            $"""
            update claims set result = null, reported_at = null, learned = null, next_step = null, state = {ClaimState.Counted}, changed_at = {caller.At}, act_at = null, confirmed_by = null, confirmed_at = null
            where id = {claim.Id}
            """, ct);

    private async Task TellOthersAsync(Caller caller, IReadOnlyList<LedgerEntry> reversed, IReadOnlySet<PersonId> users, RichText what, CancellationToken ct, PersonId? author = null)
    {
        var concerned = reversed.Select(entry => entry.PersonId).Append(author ?? caller.Person).Distinct().Where(person => person != caller.Person);
        foreach (var person in concerned)
        {
            var lost = reversed.Where(entry => entry.PersonId == person).Sum(entry => entry.Points);
            await outbox.TellAsync(person, new Message($"{what}{(users.Contains(person) ? " You had used it, which no longer counts." : "")} Your points: {lost}."), ct);
        }
    }
}
