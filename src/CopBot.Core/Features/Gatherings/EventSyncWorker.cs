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
{
    private const int MostTries = 6;
    private static readonly Duration Refused = Duration.FromHours(6);
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>Goes on until stopped; returns at once where no platform has events.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (syncs.Any() && !ct.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(ct);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.Failed(log, problem);
            }

            await Task.Delay(LookAgain, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks for every event that is due.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var community in communities.Ids)
        {
            foreach (var sync in syncs)
            {
                var now = Now();
                foreach (var due in await store.ReadAsync(community, (work, at) => work.Db.Set<EventSync>().Where(one => one.Platform == sync.Platform && one.DueAt <= now).ToListAsync(at), ct))
                    await AskAsync(community, sync, due, ct);
            }
        }
    }

    private async Task AskAsync(int community, IEventSync sync, EventSync due, CancellationToken ct)
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
            SyncOutcomeKind.Later => Now() + (outcome.RetryAfter ?? Duration.FromMinutes(1 << Math.Min(due.Tries, MostTries))),
            _ => Now() + Refused,
        };
        var noted = await work.Sql.ExecuteAsync(
            $"update event_syncs set due_at = {next}, tries = {due.Tries + 1}, problem = {outcome.Problem} where gathering_id = {due.GatheringId} and platform = {due.Platform} and sequence = {due.Sequence}", ct);
        if (noted == 0)
            await work.Sql.ExecuteAsync($"update event_syncs set due_at = {Now()} where gathering_id = {due.GatheringId} and platform = {due.Platform}", ct);
        if (told)
            return;

        var says = new Message($"Gatherings do not become events: {new RichText([new Run.Words(outcome.Problem ?? "it was refused")])}. Everything else about them goes on. I look again every six hours, and say no more of it unless the reason changes.");
        foreach (var lead in await work.Get<Leads>().ListAsync(ct))
            await work.Get<Outbox>().TellAsync(lead, says, ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Looking after events failed; it goes on in a moment")]
        public static partial void Failed(ILogger log, Exception problem);

        [LoggerMessage(LogLevel.Warning, "{Platform} did not change an event: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string? problem);
    }
}
