using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>
/// Asks the platforms to make their groups what they are to be: outside any transaction, from what the database says, time and again. The whole
/// group is set each time, so a crash in the middle, a lost answer or a change by hand is mended by the next time.
/// </summary>
public sealed partial class GroupSyncWorker(Store store, Communities communities, IEnumerable<IGroupSync> syncs, TimeProvider time, ILogger<GroupSyncWorker> log)
{
    private const int MostTries = 6;
    private static readonly Duration Drift = Duration.FromHours(1);
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>Goes on until stopped; returns at once where no platform has groups.</summary>
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

    /// <summary>Asks for every group that is due.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var community in communities.Ids)
        {
            foreach (var sync in syncs)
            {
                var now = Now();
                var due = await store.ReadAsync(community, (work, at) => work.Db.Set<GroupSync>().Where(one => one.Platform == sync.Platform && one.DueAt <= now).ToListAsync(at), ct);
                foreach (var one in due)
                    await AskAsync(community, sync, one, ct);
            }
        }
    }

    private async Task AskAsync(int community, IGroupSync sync, GroupSync due, CancellationToken ct)
    {
        // Of several processes one asks.
        var claimed = await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync(
            $"update group_syncs set due_at = {Now() + Lease} where rotation_id = {due.RotationId} and platform = {due.Platform} and turn = {due.Turn} and due_at = {due.DueAt}", at), ct);
        if (claimed == 0)
            return;
        var (exists, members) = await store.ReadAsync(community, (work, at) => MembersAsync(work, due, at), ct);
        var outcome = await sync.SetAsync(new GroupMembers(community, due.RotationId, due.Name, members), ct);
        if (outcome.Kind != SyncOutcomeKind.Done)
            Log.NotDone(log, due.Platform, due.Name, outcome.Problem);
        await store.WriteAsync(community, (work, at) => NoteAsync(work, due, outcome, exists, at), CancellationToken.None);
    }

    // A group is there for all to see: only those who go by their own name are in it.
    private static async Task<(bool Exists, IReadOnlyList<Handle> Members)> MembersAsync(Work work, GroupSync due, CancellationToken ct)
    {
        var members = await work.Sql.ListAsync(
            $"""
            select h.platform, h.workspace, h.user_id, h.name from rotation_choices c
            join rotations r on r.id = c.rotation_id and r.turn = c.turn
            join people p on p.id = c.person_id
            join handles h on h.person_id = p.id
            where c.rotation_id = {due.RotationId} and c.seat is not null and p.privacy = {Privacy.Public} and p.joined_at is not null and p.erased_at is null and h.platform = {due.Platform} and h.left_at is null
            order by c.seat, h.workspace, h.user_id
            """,
            row => new Handle(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), ct);
        return (await work.Db.Set<Rotation>().AnyAsync(rotation => rotation.Id == due.RotationId, ct), members);
    }

    // Where the turn changed meanwhile nothing is noted, and it is asked at once once more: this answer may have come after that one's.
    private async Task NoteAsync(Work work, GroupSync due, SyncOutcome outcome, bool exists, CancellationToken ct)
    {
        var done = outcome.Kind == SyncOutcomeKind.Done;
        if (done && !exists)
        {
            await work.Sql.ExecuteAsync($"delete from group_syncs where rotation_id = {due.RotationId} and platform = {due.Platform}", ct);
            return;
        }

        var wait = outcome.Kind == SyncOutcomeKind.Later ? outcome.RetryAfter ?? Duration.FromMinutes(1 << Math.Min(due.Tries, MostTries)) : Drift;
        var noted = await work.Sql.ExecuteAsync(
            $"update group_syncs set due_at = {Now() + wait}, tries = {(done ? 0 : due.Tries + 1)}, problem = {outcome.Problem} where rotation_id = {due.RotationId} and platform = {due.Platform} and turn = {due.Turn}", ct);
        if (noted == 1 && outcome.Kind == SyncOutcomeKind.Refused && outcome.Problem != due.Problem)
            await TellAsync(work, due, outcome.Problem ?? "it was refused", ct);
        if (noted == 0)
            await work.Sql.ExecuteAsync($"update group_syncs set due_at = {Now()} where rotation_id = {due.RotationId} and platform = {due.Platform}", ct);
    }

    // Once for each reason: it stays noted until the group follows.
    private static async Task TellAsync(Work work, GroupSync due, string problem, CancellationToken ct)
    {
        var says = new Message($"The user group of {new UserText(due.Name)} does not follow it: {new RichText([new Run.Words(problem)])}. The rotation itself runs on. I look again every hour, and say no more of it unless the reason changes.");
        foreach (var lead in await work.Get<Leads>().ListAsync(ct))
            await work.Get<Outbox>().TellAsync(lead, says, ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Looking after groups failed; it goes on in a moment")]
        public static partial void Failed(ILogger log, Exception problem);

        [LoggerMessage(LogLevel.Warning, "{Platform} did not change the group of {Rotation}: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string rotation, string? problem);
    }
}
