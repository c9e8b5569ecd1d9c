using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Rotations;

/// <summary>What is agreed for single turns: it belongs to the turn, whenever that comes to be.</summary>
public sealed class TurnCommands(Work work, RotationBook book, RunningTurn running, Outbox outbox, Audit audit, Naming naming, OrderedIds ids) : ICommands
{
    [Command("rotation swap", "Offer your seat in a coming turn, to one person or to all who can", Example = "rotation swap turn=2")]
    public async Task<Reply> SwapAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("To whom; to all who can, where it is left out")] PersonId? with = null,
        [Description("Which turn; your next one where it is left out")] int? turn = null,
        CancellationToken ct = default)
    {
        if (with == caller.Person)
            throw new Refusal($"A swap is with somebody else, not with yourself. Nothing was changed.");
        var found = await book.FindAsync(rotation, "rotation swap", ct);
        var (decision, seat) = await SeatAsync(found, caller.Person, turn, ct);
        var able = Able(await book.RotaAsync(found, ct), decision);
        if (with is { } one && !able.Contains(one))
            throw new Refusal($"{await naming.NameAsync(one, ct)} cannot take turn {decision.Turn.Number}: not in {new UserText(found.Name)}, away, or serving in it already. Nothing was changed.");
        if (able.Count == 0)
            throw new Refusal($"Nobody can take turn {decision.Turn.Number}: all others serve in it or are away. Nothing was changed.");

        await work.Sql.ExecuteAsync($"delete from rotation_agreements where rotation_id = {found.Id} and turn = {decision.Turn.Number} and person_id = {caller.Person} and state = {AgreementState.Offered}", ct);
        await AddAsync(caller, found, decision.Turn.Number, AgreementKind.Swap, AgreementState.Offered, caller.Person, with, -1, null, ct);
        var number = decision.Turn.Number.ToString(CultureInfo.InvariantCulture);
        foreach (var person in with is { } only ? [only] : able)
        {
            await outbox.TellAsync(person, new Message(
                $"{caller.Person:name} offers a seat in {new UserText(found.Name)}: {ReasonText.Role(found, seat)} from {ReasonText.Day(decision.Turn.From)} until {ReasonText.Day(decision.Turn.Until)}, turn {decision.Turn.Number}.",
                Card.Of(new Buttons([new("Take it", CommandLine.Write("rotation take", [new("turn", number), new("rotation", found.Name)]))]))), ct);
        }

        var asked = with is { } chosen ? await naming.NameAsync(chosen, ct) : RichText.Of($"{able.Count} {(able.Count == 1 ? "person" : "people")}");
        return new Message($"Your seat in turn {decision.Turn.Number} of {new UserText(found.Name)}, {ReasonText.Day(decision.Turn.From)}, is offered to {asked}. It stays yours until somebody takes it.");
    }

    [Command("rotation take", "Take a seat that somebody offers", Example = "rotation take 2")]
    public async Task<Reply> TakeAsync(
        Caller caller,
        [Description("Which turn")] int turn,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation take", ct);
        var offers = await work.Db.Set<RotationAgreement>()
            .Where(one => one.RotationId == found.Id && one.Turn == turn && one.Turn > found.Turn && one.State == AgreementState.Offered && (one.OtherId == null || one.OtherId == caller.Person) && one.PersonId != caller.Person)
            .OrderBy(one => one.MadeAt).ToListAsync(ct);
        if (offers.Count == 0)
            throw new Refusal($"Nobody offers you a seat in turn {turn} of {new UserText(found.Name)} any more. Nothing was changed.");

        var rota = await book.RotaAsync(found, ct);
        var decision = await DecisionAsync(found, turn, ct);
        if (!Able(rota, decision).Contains(caller.Person))
            throw new Refusal($"You cannot take turn {turn} of {new UserText(found.Name)}: you are not in it, away, or serving in that turn already. Nothing was changed.");
        var offer = offers.FirstOrDefault(one => decision.SeatOf(one.PersonId) is not null)
            ?? throw new Refusal($"Whoever offered turn {turn} does not serve in it any more: the plan changed. Nothing was changed.");
        var seat = decision.SeatOf(offer.PersonId)!.Value;
        await work.Sql.ExecuteAsync($"update rotation_agreements set state = {AgreementState.Agreed}, other_id = {caller.Person}, seat = {seat}, made_at = {caller.At} where id = {offer.Id}", ct);
        await outbox.TellAsync(offer.PersonId, new Message($"{caller.Person:name} takes your seat in turn {turn} of {new UserText(found.Name)}, {ReasonText.Day(decision.Turn.From)}. Your turn comes sooner for it."), ct);
        return new Message($"The seat is yours: {ReasonText.Role(found, seat)} in turn {turn} of {new UserText(found.Name)}, from {ReasonText.Day(decision.Turn.From)} until {ReasonText.Day(decision.Turn.Until)}.");
    }

    [Command("rotation skip", "Skip a coming turn; it stays due, so you come sooner afterwards", Example = "rotation skip turn=2")]
    public async Task<Reply> SkipAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Which turn; the next one where it is left out")] int? turn = null,
        [Description("Who skips, if not yourself; leads only")] PersonId? who = null,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation skip", ct);
        var person = who ?? caller.Person;
        if (person != caller.Person && caller.Role < Role.Lead)
            throw new Refusal($"Only a lead may say that for somebody else. Nothing was changed.");
        var (decision, _) = await SeatAsync(found, person, turn, ct, person == caller.Person ? null : await naming.NameAsync(person, ct));
        await AddAsync(caller, found, decision.Turn.Number, AgreementKind.Skip, AgreementState.Agreed, person, null, -1, null, ct);
        if (person != caller.Person)
        {
            await audit.NoteAsync(caller, "rotation skip", ct, subject: person);
            await outbox.TellAsync(person, new Message($"{caller.Person:name} said for you that you skip turn {decision.Turn.Number} of {new UserText(found.Name)}, {ReasonText.Day(decision.Turn.From)}. The turn stays due."), ct);
        }

        var next = (await book.ForecastAsync(found, Forecast.Length, ct)).Select(one => one.Decision).FirstOrDefault(one => one.SeatOf(person) is not null);
        RichText then = next is null ? "" : $" The turn stays due: next is turn {next.Turn.Number}, {ReasonText.Day(next.Turn.From)}.";
        var subject = person == caller.Person ? RichText.Of($"You skip") : RichText.Of($"{await naming.NameAsync(person, ct)} skips");
        return new Message($"{subject} turn {decision.Turn.Number} of {new UserText(found.Name)}, {ReasonText.Day(decision.Turn.From)}.{then}");
    }

    [Command("rotation override", "Seat somebody in a turn that is not over, with the reason", Role = Role.Lead, Example = "rotation override turn=2 seat=lead who=@bo reason=\"knows the venue\"")]
    public async Task<Reply> OverrideAsync(
        Caller caller,
        [Description("Which turn")] int turn,
        [Description("Which seat: its role, or its number from 1"), MaxLength(40)] string seat,
        [Description("Who sits there")] PersonId who,
        [Description("Why"), MaxLength(300)] string reason,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation override", ct);
        if (turn < Math.Max(1, found.Turn))
            throw new Refusal($"Turn {turn} of {new UserText(found.Name)} {(turn < 1 ? "does not exist" : "is over")}; the next one is turn {found.Turn + 1}. Nothing was changed.");
        var index = found.RoleNames.ToList().FindIndex(role => role.Equals(seat.Trim(), StringComparison.OrdinalIgnoreCase));
        if (index < 0 && int.TryParse(seat, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= found.RoleNames.Count)
            index = number - 1;
        if (index < 0)
            throw new Refusal($"{new UserText(found.Name)} has the seats {new UserText(string.Join(", ", found.RoleNames))}, not “{new UserText(seat)}”. Nothing was changed.");

        if (turn == found.Turn)
        {
            var says = await running.SeatAsync(caller, found, index, who, reason, ct);
            await AddAsync(caller, found, turn, AgreementKind.Override, AgreementState.Agreed, who, null, index, reason, ct);
            await audit.NoteAsync(caller, "rotation override", ct, subject: who, detail: reason);
            return Reply.ToAll(says);
        }

        var decision = await DecisionAsync(found, turn, ct);
        var name = await naming.NameAsync(who, ct);
        if (decision.Choices.All(choice => choice.Person != who))
            throw new Refusal($"{name} is not in {new UserText(found.Name)}. Nothing was changed.");
        if ((await book.RotaAsync(found, ct)).IsAway(who, decision.Turn))
            throw new Refusal($"{name} is away in turn {turn}, {ReasonText.Day(decision.Turn.From)}. Nothing was changed.");
        await work.Sql.ExecuteAsync($"delete from rotation_agreements where rotation_id = {found.Id} and turn = {turn} and kind = {AgreementKind.Override} and (seat = {index} or person_id = {who})", ct);
        await AddAsync(caller, found, turn, AgreementKind.Override, AgreementState.Agreed, who, null, index, reason, ct);
        await audit.NoteAsync(caller, "rotation override", ct, subject: who, detail: reason);
        if (who != caller.Person)
            await outbox.TellAsync(who, new Message($"{caller.Person:name} seats you in {new UserText(found.Name)}: {ReasonText.Role(found, index)} from {ReasonText.Day(decision.Turn.From)} on, turn {turn}. The reason: “{new UserText(reason, caller.Person)}”."), ct);
        return new Message($"{name} is {ReasonText.Role(found, index)} in turn {turn} of {new UserText(found.Name)}, {ReasonText.Day(decision.Turn.From)}.");
    }

    private static List<PersonId> Able(Rota rota, Decision decision) =>
        [.. decision.Choices.Where(choice => choice.Seat is null && !rota.IsAway(choice.Person, decision.Turn)).Select(choice => choice.Person)];

    private async Task<Decision> DecisionAsync(Rotation rotation, int turn, CancellationToken ct) =>
        (await book.ForecastAsync(rotation, Forecast.Length, ct)).Select(one => one.Decision).FirstOrDefault(one => one.Turn.Number == turn)
        ?? throw new Refusal(turn <= rotation.Turn
            ? RichText.Of($"Turn {turn} of {new UserText(rotation.Name)} {(turn < rotation.Turn ? "is over" : "is under way")}. Nothing was changed.")
            : RichText.Of($"Turn {turn} of {new UserText(rotation.Name)} is not in sight; I look {Forecast.Length} turns ahead. Nothing was changed."));

    private async Task<(Decision Decision, int Seat)> SeatAsync(Rotation rotation, PersonId person, int? turn, CancellationToken ct, RichText? name = null)
    {
        var ahead = turn is { } number ? [await DecisionAsync(rotation, number, ct)] : (await book.ForecastAsync(rotation, Forecast.Length, ct)).Select(one => one.Decision);
        foreach (var decision in ahead)
        {
            if (decision.SeatOf(person) is { } seat)
                return (decision, seat);
        }

        var subject = name is null ? RichText.Of($"You do not") : RichText.Of($"{name} does not");
        throw turn is { } asked
            ? new Refusal($"{subject} serve in turn {asked} of {new UserText(rotation.Name)}; {ReasonText.Line("rotation list", rotation):code} shows who does. Nothing was changed.")
            : new Refusal($"{subject} serve in any of the next {Forecast.Length} turns of {new UserText(rotation.Name)}. Nothing was changed.");
    }

    private Task AddAsync(Caller caller, Rotation rotation, int turn, AgreementKind kind, AgreementState state, PersonId person, PersonId? other, int seat, string? reason, CancellationToken ct) =>
        work.Sql.ExecuteAsync(
            $"""
            insert into rotation_agreements (id, community_id, rotation_id, turn, kind, state, person_id, other_id, seat, reason, made_by, made_at)
            values ({ids.Next()}, {work.CommunityId}, {rotation.Id}, {turn}, {kind}, {state}, {person}, {other}, {seat}, {reason}, {caller.Person}, {caller.At})
            """, ct);
}
