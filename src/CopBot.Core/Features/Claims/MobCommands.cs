using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class MobCommands(Work work, Claims claims, Receipt receipt, Outbox outbox, Confirmation confirmation, Naming naming) : ICommands
{
    [Command("mob", "Log a mob session with the people who took part", Example = "mob \"Fix the flaky deploy\" with=@ana,@cy minutes=90 topic=delivery")]
    public async Task<Reply> LogAsync(
        Caller caller,
        [Description("What you worked on, in one line")] string title,
        [Description("Who took part beside you"), Invites, Also("people")] IReadOnlyList<PersonId> with,
        [Description("How long it took, in minutes")] int? minutes = null,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        [Description("Where the result can be seen")] Uri? link = null,
        CancellationToken ct = default)
    {
        var others = with.Where(person => person != caller.Person).ToList();
        if (others.Count == 0)
            throw new Refusal($"A mob session has at least one more person: name them, {"with=@name":code}. Nothing was stored.");
        if (minutes is < 1 or > 1440)
            throw new Refusal($"{"minutes":code} is between 1 and 1440. Nothing was stored.");

        var people = new List<(PersonId Person, string Part, ParticipantState State)>();
        foreach (var person in others)
            people.Add((person, "participant", await HasJoinedAsync(person, ct) ? ParticipantState.In : ParticipantState.Invited));

        var claim = await claims.AddAsync(claims.Draft(caller, "mob", ClaimState.Waiting) with
        {
            Title = title,
            Minutes = minutes,
            Topic = topic,
            Link = link?.AbsoluteUri,
        }, people, ct);
        foreach (var (person, _, _) in people.Where(person => person.State == ParticipantState.Invited))
            await outbox.TellAsync(person, Invitation(caller, claim), ct);
        await receipt.TellUnheardAsync(caller, people.Where(person => person.State == ParticipantState.In).Select(person => person.Person), Named(caller, claim), ct);

        var named = new List<RichText>();
        foreach (var person in others)
        {
            if (await naming.GoesByNameAsync(person, ct))
                named.Add($"{person}");
        }

        var what = RichText.Of($"{caller.Person:name} hosted the mob session “{claim.Titled}” with {Naming.Together(named, others.Count - named.Count)}{(minutes is null ? "" : $", {minutes} minutes")}");
        return receipt.Waiting(caller, claim, what);
    }

    [Command("accept", "Accept that you took part where somebody named you", Example = "accept 2")]
    public async Task<Reply> AcceptAsync(Caller caller, [Description("The session's number"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await InvitedToAsync(caller, number, ct);
        if (caller.LooksOn)
            throw Claims.OnlyLooksOn();
        await AnswerInvitationAsync(claim, caller, ParticipantState.In, ct);
        if (claim.State != ClaimState.Counted)
            return new Message($"You are in #{number} “{claim.Titled}”. It counts when a participant confirms it.", claim.Waits ? Card.Of(new Buttons([new("Confirm", $"confirm {number}")])) : null);

        var booked = await claims.PayAsync(claim, [(caller.Person, "participant")], caller.At, caller.Today, caller.InboxId, claim.ConfirmedBy, ct);
        await receipt.TellWithheldAsync(caller, claim, booked, ct);
        return new Message($"You are in #{number} “{claim.Titled}”: {await receipt.PaidAsync(caller.Person, booked, ct)}.");
    }

    [Command("decline", "Say that you did not take part where somebody named you", Example = "decline 2")]
    public async Task<Reply> DeclineAsync(Caller caller, [Description("The session's number"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await InvitedToAsync(caller, number, ct);
        await AnswerInvitationAsync(claim, caller, ParticipantState.Declined, ct);
        return new Message($"You are not in #{number} “{claim.Titled}”.");
    }

    private static Message Invitation(Caller caller, Claim claim) => new(
        $"{caller.Person:name} says you took part in the mob session “{claim.Titled}” (#{claim.Number}).",
        Card.Of(
            new Paragraph($"It belongs to the Reliability League, a game of this community. You take part only if you want to: {$"accept {claim.Number}":code} earns you points when the session is confirmed, {$"decline {claim.Number}":code} removes you. If you say nothing, nothing happens."),
            new Buttons([new("Accept", $"accept {claim.Number}"), new("Decline", $"decline {claim.Number}")])));

    private static Message Named(Caller caller, Claim claim) => new(
        $"{caller.Person:name} says you took part in the mob session “{claim.Titled}” (#{claim.Number}). It counts when a participant confirms it.",
        Card.Of(new Buttons([new("Confirm", $"confirm {claim.Number}")])));

    private async Task<Claim> InvitedToAsync(Caller caller, int number, CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        if (await confirmation.PartOfAsync(claim, caller.Person, ct) != ParticipantState.Invited)
            throw new Refusal($"Nobody waits for your answer on #{number}. Nothing was changed.");
        return claim.State is ClaimState.Counted or ClaimState.Waiting
            ? claim
            : throw new Refusal($"#{number} does not stand any more, so there is nothing to answer. Nothing was changed.");
    }

    private Task AnswerInvitationAsync(Claim claim, Caller caller, ParticipantState state, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update claim_people set state = {state} where claim_id = {claim.Id} and person_id = {caller.Person}", ct);

    private async Task<bool> HasJoinedAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and joined_at is not null", ct) == 1;
}
