using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>The next turn begins: who serves is decided and kept with the reasons, and everybody whom it concerns is told.</summary>
public sealed class ChangeOver(Work work, RotationBook book, CoreTeam core, Reminding reminding, ChangeOverNews news, FollowingGroups groups, TurnNotices notices) : IScheduledEffect
{
    public const string Effect = "rotation";

    /// <summary>How late a change-over still happens.</summary>
    public static readonly Duration Within = Duration.FromDays(3);

    public string Name => Effect;

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        if (await book.OfAsync(schedule.SubjectId, ct) is not { } rotation)
            return;

        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var dates = Occurrences.After(RecurrenceText.Read(schedule.Rule), zone, occurrence.At).Take(Chooser.Horizon).Select(next => next.Date).Prepend(occurrence.Date).ToList();
        var ahead = dates.Zip(dates.Skip(1).Append(dates[^1].PlusDays(1))).Select((pair, index) => new Turn(rotation.Turn + 1 + index, pair.First, pair.Second)).Take(Chooser.Horizon).ToList();
        var rota = await book.RotaAsync(rotation, ct);
        var decision = Chooser.Decide(rota, ahead);
        var going = await book.ChoicesAsync(rotation, rotation.Turn, ct);
        await StoreAsync(rotation, rota, decision, occurrence.At, going, ct);
        await groups.WantAsync(rotation.Id, rotation.Name, decision.Turn.Number, ct);
        await notices.WantAsync(rotation.Id, decision.Turn, ct);
        await reminding.SettleAsync(rotation, decision, ct);
        await news.TellAsync(rotation, schedule, decision, [.. going.Where(one => one.Seat is not null)], ct);
    }

    private async Task StoreAsync(Rotation rotation, Rota rota, Decision decision, Instant at, IReadOnlyList<RotationChoice> going, CancellationToken ct)
    {
        var number = decision.Turn.Number;
        await work.Sql.ExecuteAsync(
            $"insert into rotation_turns (rotation_id, number, community_id, from_date, begins_at) values ({rotation.Id}, {number}, {work.CommunityId}, {decision.Turn.From}, {at})", ct);
        foreach (var choice in decision.Choices)
        {
            var made = choice.Seat is not null && (going.Any(one => one.PersonId == choice.Person && one.Seat is not null && one.MadeCore) || await core.StartAsync(choice.Person, ct));
            await work.Sql.ExecuteAsync(
                $"""
                insert into rotation_choices (rotation_id, turn, person_id, community_id, seat, reason, amount, other_id, made_core)
                values ({rotation.Id}, {number}, {choice.Person}, {work.CommunityId}, {choice.Seat}, {choice.Reason}, {choice.Amount}, {choice.Other}, {made})
                """, ct);
        }

        await work.Sql.ExecuteAsync($"update rotations set turn = {number} where id = {rotation.Id}", ct);
        foreach (var member in rota.After(decision).Pool)
            await work.Sql.ExecuteAsync($"update rotation_members set credit = {RotationBook.TextOf(member.Credit)}, last_turn = {member.LastTurn}, throughout = {member.Throughout} where rotation_id = {rotation.Id} and person_id = {member.Person}", ct);
        foreach (var one in going.Where(one => one.MadeCore && decision.SeatOf(one.PersonId) is null))
            await core.EndAsync(rotation, one.PersonId, ct);
    }
}
