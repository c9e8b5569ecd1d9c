using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class ConfirmCommands(Work work, Claims claims, Confirmation confirmation, Receipt receipt, Followers followers, Naming naming, PointsPolicy policy) : ICommands
{
    [Command("confirm", "Confirm what a colleague logged, so that it counts", Example = "confirm 2")]
    public async Task<Reply> ConfirmAsync(Caller caller, [Description("The number on the receipt"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        if (await confirmation.ObstacleAsync(claim, caller.Person, ct) is { } obstacle)
            throw new Refusal(obstacle);
        if (claim.FlaggedBy is not null)
            throw new Refusal($"#{number} is flagged; a lead looks at it first. Nothing was changed.");
        if (!claim.Waits)
            throw new Refusal($"#{number} does not wait for confirmation: {StateOf(claim)}. Nothing was changed.");
        if (caller.LooksOn)
            throw Claims.OnlyLooksOn();

        // Confirming a session says that one was there: an open invitation is accepted with it.
        await work.Sql.ExecuteAsync($"update claim_people set state = {ParticipantState.In} where claim_id = {claim.Id} and person_id = {caller.Person} and state = {ParticipantState.Invited}", ct);
        await claims.MoveAsync(claim, ClaimState.Counted, caller.At, ct, confirmedBy: caller.Person);
        var people = await claims.PeopleAsync(claim, ct);
        var booked = await claims.PayAsync(claim, Payees.Of(claim, people, policy[claim.Rule]), caller.At, caller.Today, caller.InboxId, caller.Person, ct);
        await receipt.TellWithheldAsync(caller, claim, booked, ct);

        var by = await naming.IsShownInAsync(claim.Id, caller.Person, ct, speaks: true) ? RichText.Of($"{caller.Person:name}") : PlainText.Someone;
        var what = RichText.Of($"#{number} “{claim.Titled}” is confirmed by {by}");
        await receipt.TellUnheardAsync(caller, booked.Select(entry => entry.PersonId).Prepend(claim.AuthorId), person => new Message($"{what}: {Points.Said(booked.Where(entry => entry.PersonId == person).Sum(entry => entry.Points))} for you."), ct);
        var moved = await followers.NotesAsync(claim, counts: true, caller, ct);
        return Reply.ToAll(new Message($"{what}: {await receipt.PaidAsync(claim, caller.Person, booked, ct)}.", moved.Count == 0 ? null : Card.Of(moved)));
    }

    private static string StateOf(Claim claim) => claim.State switch
    {
        ClaimState.Counted when claim.ConfirmedBy is not null => "it was confirmed already",
        ClaimState.Counted => "it counts as it is",
        ClaimState.Expired => "it expired because nobody confirmed it in time; its author can log it again",
        ClaimState.Undone => "its author took it back",
        _ => "it was declared void",
    };
}
