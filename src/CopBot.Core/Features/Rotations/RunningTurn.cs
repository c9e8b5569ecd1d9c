using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Rotations;

/// <summary>Changes who serves in the turn that is under way: life does not wait for the next change-over.</summary>
public sealed class RunningTurn(Work work, RotationBook book, CoreTeam core, FollowingGroups groups, Naming naming, Outbox outbox)
{
    /// <summary>Seats somebody from now on; whoever had the seat is relieved, or changes seats with them. Gives what everybody may read about it.</summary>
    public async Task<Message> SeatAsync(Caller caller, Rotation rotation, int seat, PersonId who, string reason, CancellationToken ct)
    {
        var choices = await book.ChoicesAsync(rotation, rotation.Turn, ct);
        var name = await naming.NameAsync(who, ct);
        var rota = await book.RotaAsync(rotation, ct);
        if (rota.Pool.All(member => member.Person != who))
            throw new Refusal($"{name} is not in {new UserText(rotation.Name)}. Nothing was changed.");
        if (rota.Absences.Any(absence => absence.Person == who && absence.From <= caller.Today && absence.Until >= caller.Today))
            throw new Refusal($"{name} is away now; {ReasonText.Line("rotation back", rotation):code} changes that. Nothing was changed.");

        var (own, holder) = (choices.FirstOrDefault(one => one.PersonId == who), choices.FirstOrDefault(one => one.Seat == seat));
        if (own?.Seat == seat)
            throw new Refusal($"{name} is {ReasonText.Role(rotation, seat)} already. Nothing was changed.");

        if (holder is not null)
            await RelieveAsync(rotation, holder, own?.Seat, who, ct);
        var made = own?.Seat is not null ? own.MadeCore : await core.StartAsync(who, ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into rotation_choices (rotation_id, turn, person_id, community_id, seat, reason, amount, other_id, made_core)
            values ({rotation.Id}, {rotation.Turn}, {who}, {work.CommunityId}, {seat}, {Reason.SeatedByLead}, {0}, {holder?.PersonId}, {made})
            on conflict (rotation_id, turn, person_id) do update set seat = excluded.seat, reason = excluded.reason, amount = 0, other_id = excluded.other_id, made_core = excluded.made_core
            """, ct);
        await work.Sql.ExecuteAsync($"update rotation_members set last_turn = {rotation.Turn} where rotation_id = {rotation.Id} and person_id = {who}", ct);
        await groups.WantAsync(rotation.Id, rotation.Name, rotation.Turn, ct);
        if (who != caller.Person)
            await outbox.TellAsync(who, new Message($"{caller.Person:name} seats you in {new UserText(rotation.Name)}, from now until the next change-over: {ReasonText.Role(rotation, seat)}. The reason: “{new UserText(reason, caller.Person)}”."), ct);
        var instead = holder is null ? RichText.Empty : RichText.Of($" instead of {await naming.NameAsync(holder.PersonId, ct)}");
        return new Message($"{name} is {ReasonText.Role(rotation, seat)} of {new UserText(rotation.Name)}{instead} from now until the next change-over.");
    }

    private async Task RelieveAsync(Rotation rotation, RotationChoice holder, int? to, PersonId by, CancellationToken ct)
    {
        var stays = to is not null;
        await work.Sql.ExecuteAsync(
            $"""
            update rotation_choices set seat = {to}, reason = {(stays ? Reason.SeatedByLead : Reason.HandedOver)}, amount = 0, other_id = {by}, made_core = {stays && holder.MadeCore}
            where rotation_id = {rotation.Id} and turn = {rotation.Turn} and person_id = {holder.PersonId}
            """, ct);
        if (!stays && holder.MadeCore)
            await core.EndAsync(rotation, holder.PersonId, ct);
        await outbox.TellAsync(holder.PersonId, new Message(to is { } seat
            ? RichText.Of($"You change seats in {new UserText(rotation.Name)}: you are {ReasonText.Role(rotation, seat)} until the next change-over.")
            : RichText.Of($"Your seat in {new UserText(rotation.Name)} goes to somebody else from now on, by a lead. Thank you for the time you served.")), ct);
    }
}
