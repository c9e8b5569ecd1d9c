using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class MobCommands(Work work, Claims claims, Receipt receipt, Outbox outbox, Confirmation confirmation, Naming naming, PointsPolicy policy) : ICommands
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
        var onlookers = new HashSet<PersonId>();
        foreach (var person in others)
        {
            people.Add((person, Naming.PartOf(caller, person, "participant"), await HasJoinedAsync(person, ct) ? ParticipantState.In : ParticipantState.Invited));
            if (await LooksOnAsync(person, ct))
                onlookers.Add(person);
        }

        if (onlookers.Count == others.Count)
            throw new Refusal($"They only look on, so nobody could confirm it: name somebody who takes part. Nothing was stored.");

        var claim = await claims.AddAsync(claims.Draft(caller, "mob", ClaimState.Waiting) with
        {
            Title = title,
            Minutes = minutes,
            Topic = topic,
            Link = link?.AbsoluteUri,
        }, people, ct);
        foreach (var (person, _, _) in people.Where(person => person.State == ParticipantState.Invited))
            await outbox.TellAsync(person, Invitation(caller, claim), ct);
        await receipt.TellUnheardAsync(caller, people.Where(person => person.State == ParticipantState.In).Select(person => person.Person), person => Named(caller, claim, onlookers.Contains(person)), ct);

        var named = new List<RichText>();
        foreach (var person in others)
        {
            if (await naming.IsShownInAsync(claim.Id, person, ct))
                named.Add($"{person}");
        }

        var what = RichText.Of($"{caller.Person:name} hosted the mob session “{claim.Titled}” with {Naming.Together(named, others.Count - named.Count)}{(minutes is null ? "" : minutes == 1 ? ", 1 minute" : $", {minutes} minutes")}");
        return receipt.Waiting(caller, claim, what);
    }

    [Command("accept", "Accept that you took part where somebody named you", Example = "accept 2")]
    public async Task<Reply> AcceptAsync(Caller caller, [Description("The session's number"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await NamedInAsync(caller, number, declines: false, ct);
        if (caller.LooksOn)
            throw Claims.OnlyLooksOn();
        await AnswerInvitationAsync(claim, caller, ParticipantState.In, ct);
        if (claim.State != ClaimState.Counted)
            return new Message($"You are in #{number} “{claim.Titled}”. It counts when a participant confirms it.", claim.Waits ? Card.Of(new Buttons([new("Confirm", $"confirm {number}")])) : null);

        var booked = await claims.PayAsync(claim, [(caller.Person, "participant")], caller.At, caller.Today, caller.InboxId, claim.ConfirmedBy, ct);
        await receipt.TellWithheldAsync(caller, claim, booked, ct);
        return new Message($"You are in #{number} “{claim.Titled}”: {Points.Said(booked.Sum(entry => entry.Points))} for {caller.Person:name}.");
    }

    [Command("decline", "Say that you did not take part where somebody named you", Example = "decline 2")]
    public async Task<Reply> DeclineAsync(Caller caller, [Description("The session's number"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await NamedInAsync(caller, number, declines: true, ct);
        await AnswerInvitationAsync(claim, caller, ParticipantState.Declined, ct);
        if (claim.Waits && !caller.LooksOn && !await AnybodyLeftAsync(claim, ct))
            await outbox.TellAsync(claim.AuthorId, new Message($"Nobody is left who could confirm #{number} “{claim.Titled}”. {$"undo {number}":code} takes it back within {policy.UndoHours} hours of logging it; otherwise it expires."), ct);
        return new Message($"You are not in #{number} “{claim.Titled}”.");
    }

    private static Message Invitation(Caller caller, Claim claim) => new(
        $"{caller.Person:name} says you took part in the mob session “{claim.Titled}” (#{claim.Number}).",
        Card.Of(
            new Paragraph($"It belongs to the Reliability League, a game of this community. You take part only if you want to: {$"accept {claim.Number}":code} earns you points when the session is confirmed, {$"decline {claim.Number}":code} removes you. If you say nothing, nothing happens."),
            new Buttons([new("Accept", $"accept {claim.Number}"), new("Decline", $"decline {claim.Number}")])));

    private static Message Named(Caller caller, Claim claim, bool looksOn)
    {
        var decline = new Button("Decline", $"decline {claim.Number}");
        return new(
            $"{caller.Person:name} says you took part in the mob session “{claim.Titled}” (#{claim.Number}). {(looksOn ? RichText.Of($"You only look on, so you earn nothing by it.") : RichText.Of($"It counts when a participant confirms it."))}",
            Card.Of(new Buttons(looksOn ? [decline] : [new("Confirm", $"confirm {claim.Number}"), decline])));
    }

    // Whoever is invited may answer at any time; a member who was named may still say no until it is confirmed.
    private async Task<Claim> NamedInAsync(Caller caller, int number, bool declines, CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        var part = await confirmation.PartOfAsync(claim, caller.Person, ct);
        var named = declines && claim.Kind == "mob" && part == ParticipantState.In;
        if (part != ParticipantState.Invited && !named)
            throw new Refusal($"Nobody waits for your answer on #{number}. Nothing was changed.");
        if (claim.State is not (ClaimState.Counted or ClaimState.Waiting))
            throw new Refusal($"#{number} does not stand any more, so there is nothing to answer. Nothing was changed.");
        return named && !claim.Waits
            ? throw new Refusal($"#{number} is confirmed already. If you did not take part, {$"flag {number} \"why\"":code} asks a lead to look. Nothing was changed.")
            : claim;
    }

    private async Task<bool> AnybodyLeftAsync(Claim claim, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"""
            select 1 from claim_people c join people p on p.id = c.person_id
            where c.claim_id = {claim.Id} and c.state <> {ParticipantState.Declined} and p.privacy <> {Privacy.Observer} and p.erased_at is null limit 1
            """, ct) == 1;

    private async Task<bool> LooksOnAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and privacy = {Privacy.Observer}", ct) == 1;

    private Task AnswerInvitationAsync(Claim claim, Caller caller, ParticipantState state, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update claim_people set state = {state} where claim_id = {claim.Id} and person_id = {caller.Person}", ct);

    private async Task<bool> HasJoinedAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and joined_at is not null", ct) == 1;
}
