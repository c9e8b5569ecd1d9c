using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>What gatherings keep about people.</summary>
public sealed class GatheringPeople(Work work, Reminders reminders, Events events, Outbox outbox) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
    [
        new("gatheringsPlanned", await work.Db.Set<Gathering>().Where(one => one.PlannerId == person).OrderBy(one => one.Number).ToListAsync(ct)),
        new("gatheringsJoined", await work.Db.Set<Attendee>().Where(row => row.PersonId == person).OrderBy(row => row.JoinedAt).ToListAsync(ct)),
    ];

    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        var planned = await work.Db.Set<Gathering>().Where(one => one.PlannerId == person && one.State == GatheringState.Planned).OrderBy(one => one.Number).ToListAsync(ct);
        await work.Sql.ExecuteAsync($"delete from gathering_people where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update gatherings set title = null, topic = null where planner_id = {person}", ct);
        var community = await Communities.LoadAsync(work, ct);
        foreach (var one in planned.Where(one => one.EndsAt > at))
        {
            await work.Sql.ExecuteAsync($"update gatherings set state = {GatheringState.Cancelled}, sequence = sequence + 1 where id = {one.Id}", ct);
            await reminders.WithdrawAsync(one, ct);
            await events.WantAsync(one with { Sequence = one.Sequence + 1 }, ct);
            foreach (var other in await work.Sql.ListAsync($"select person_id from gathering_people where gathering_id = {one.Id}", row => row.Person(0), ct))
                await outbox.TellAsync(other, new Message($"Gathering {one.Number} on {GatheringText.When(one, community)} is cancelled: whoever planned it has left."), ct);
        }
    }

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync(
            $"""
            update gathering_people set attendance = {Attendance.Here} where person_id = {kept}
                and gathering_id in (select gathering_id from gathering_people where person_id = {gone} and attendance = {Attendance.Here})
            """, ct);
        await work.Sql.ExecuteAsync($"delete from gathering_people where person_id = {gone} and gathering_id in (select gathering_id from gathering_people where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update gathering_people set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update gatherings set planner_id = {kept} where planner_id = {gone}", ct);
    }
}
