using CopBot.Core.Chat;
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
        if (await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync(
            $"update event_syncs set due_at = {Now() + Lease} where gathering_id = {due.GatheringId} and platform = {due.Platform} and sequence = {due.Sequence} and due_at = {due.DueAt}", at), ct) == 0)
            return;

        var gathering = await store.ReadAsync(community, (work, at) => work.Db.Set<Gathering>().FirstOrDefaultAsync(one => one.Id == due.GatheringId, at), ct);
        var outcome = gathering is null || (!gathering.IsCancelled && gathering.BeginsAt <= Now())
            ? SyncOutcome.Done
            : await sync.SetAsync(new GatheringEvent(community, gathering.Id, gathering.Number, gathering.Title ?? $"Gathering {gathering.Number}", gathering.Topic, gathering.BeginsAt, gathering.EndsAt, gathering.IsCancelled), ct);
        if (outcome.Kind != SyncOutcomeKind.Done)
            Log.NotDone(log, due.Platform, outcome.Problem);
        await store.WriteAsync(community, (work, at) => NoteAsync(work, due, outcome, at), CancellationToken.None);
    }

    // Where the gathering changed meanwhile it is asked at once once more: this answer may have come after that one's.
    private async Task NoteAsync(Work work, EventSync due, SyncOutcome outcome, CancellationToken ct)
    {
        var told = outcome.Kind != SyncOutcomeKind.Refused || await work.Db.Set<EventSync>().AnyAsync(one => one.Platform == due.Platform && one.Problem == outcome.Problem, ct);
        Instant? next = outcome.Kind switch
        {
            SyncOutcomeKind.Done => null,
            SyncOutcomeKind.Later => Now() + Pause(outcome, due.Tries),
            _ => Now() + Refused,
        };
        var noted = await work.Sql.ExecuteAsync(
            $"update event_syncs set due_at = {next}, tries = {due.Tries + 1}, problem = {outcome.Problem} where gathering_id = {due.GatheringId} and platform = {due.Platform} and sequence = {due.Sequence}", ct);
        if (noted == 0)
            await work.Sql.ExecuteAsync($"update event_syncs set due_at = {Now()} where gathering_id = {due.GatheringId} and platform = {due.Platform}", ct);
        if (!told)
            await TellLeadsAsync(work, $"Gatherings do not become events: {new RichText([new Run.Words(outcome.Problem ?? "it was refused")])}. Everything else about them goes on. I look again every six hours, and say no more of it unless the reason changes.", ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Platform} did not change an event: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string? problem);
    }
}
