using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>
/// Asks the platforms to make their events what the gatherings are: outside any transaction, from what the database says, until it is done or the gathering
/// is over. Where it is refused the leads are told once for each reason; the gathering itself goes on.
/// </summary>
public sealed partial class EventSyncWorker(Store store, Communities communities, IEnumerable<IEventSync> syncs, TimeProvider time, ILogger<EventSyncWorker> log)
    : SyncWorker<IEventSync, EventSync>(store, communities, syncs, time, log)
{
    private static readonly Duration Refused = Duration.FromHours(6);

    // Somebody may have gone into hiding, or have left.
    private static readonly Duration PeopleChange = Duration.FromHours(1);
    private readonly Store store = store;
    private readonly ILogger log = log;

    protected override Task<List<EventSync>> DueAsync(Work work, IEventSync sync, CancellationToken ct)
    {
        var now = Now();
        return work.Db.Set<EventSync>().Where(one => one.Platform == sync.Platform && one.DueAt <= now).ToListAsync(ct);
    }

    protected override async Task AskAsync(int community, IEventSync sync, EventSync due, CancellationToken ct)
    {
        // Of several processes one asks.
        var leased = due with { DueAt = Now() + Lease };
        if (await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync(
            $"update event_syncs set due_at = {leased.DueAt} where gathering_id = {due.GatheringId} and platform = {due.Platform} and sequence = {due.Sequence} and due_at = {due.DueAt}", at), ct) == 0)
            return;

        var gathering = await store.ReadAsync(community, (work, at) => EventAsync(work, due, at), ct);
        var outcome = gathering is null || (!gathering.IsCancelled && gathering.Begins <= Now()) ? SyncOutcome.Done : await sync.SetAsync(gathering, ct);
        if (outcome.Kind != SyncOutcomeKind.Done)
            Log.NotDone(log, due.Platform, outcome.Problem);
        var again = sync.TakesPeople && gathering is { IsCancelled: false } && gathering.Begins > Now() ? PeopleChange : (Duration?)null;
        await store.WriteAsync(community, (work, at) => NoteAsync(work, leased, outcome, again, at), CancellationToken.None);
    }

    private static async Task<GatheringEvent?> EventAsync(Work work, EventSync due, CancellationToken ct)
    {
        if (await work.Db.Set<Gathering>().FirstOrDefaultAsync(one => one.Id == due.GatheringId, ct) is not { } one)
            return null;

        // An event is there for all who come to see: only those who go by their own name stand in it.
        var people = await work.Sql.ListAsync(
            $"""
            select h.platform, h.workspace, h.user_id, h.name, p.id from people p
            join handles h on h.person_id = p.id
            where (p.id = {one.PlannerId} or p.id in (select person_id from gathering_people where gathering_id = {one.Id} and attendance <> {Attendance.Missed}))
                and p.privacy = {Privacy.Public} and p.joined_at is not null and p.erased_at is null and h.platform = {due.Platform} and h.left_at is null
            order by h.workspace, h.user_id
            """,
            row => (Handle: new Handle(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), Person: row.Person(4)), ct);
        return new(
            work.CommunityId, one.Id, one.Number, one.Title ?? $"Gathering {one.Number}", one.Topic, one.BeginsAt, one.EndsAt, one.IsCancelled,
            [.. people.Where(each => each.Person == one.PlannerId).Select(each => each.Handle)], [.. people.Select(each => each.Handle)]);
    }

    // Where the gathering changed meanwhile it is asked at once once more: this answer may have come after that one's.
    private async Task NoteAsync(Work work, EventSync due, SyncOutcome outcome, Duration? again, CancellationToken ct)
    {
        var told = outcome.Kind != SyncOutcomeKind.Refused || await work.Db.Set<EventSync>().AnyAsync(one => one.Platform == due.Platform && one.Problem == outcome.Problem, ct);
        Instant? next = outcome.Kind switch
        {
            SyncOutcomeKind.Done => Now() + again,
            SyncOutcomeKind.Later => Now() + Pause(outcome, due.Tries),
            _ => Now() + Refused,
        };
        var noted = await work.Sql.ExecuteAsync(
            $"update event_syncs set due_at = {next}, tries = {(outcome.Kind == SyncOutcomeKind.Done ? 0 : due.Tries + 1)}, problem = {outcome.Problem} where gathering_id = {due.GatheringId} and platform = {due.Platform} and due_at = {due.DueAt}", ct);
        if (noted == 0)
            await work.Sql.ExecuteAsync($"update event_syncs set due_at = {Now()} where gathering_id = {due.GatheringId} and platform = {due.Platform}", ct);
        if (noted == 1 && IsToldOf(outcome, due.Tries) && !await work.Db.Set<EventSync>().AnyAsync(one => one.Platform == due.Platform && one.GatheringId != due.GatheringId && one.Tries >= ToldAfter, ct))
            await TellLeadsAsync(work, $"Gatherings do not become events for now: {new RichText([new Run.Words(outcome.Problem ?? "there is no answer")])}. Everything else about them goes on. I keep trying, and say no more of it.", ct);
        if (!told)
            await TellLeadsAsync(work, $"Gatherings do not become events: {new RichText([new Run.Words(outcome.Problem ?? "it was refused")])}. Everything else about them goes on. I look again every six hours, and say no more of it unless the reason changes.", ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Platform} did not change an event: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string? problem);
    }
}
