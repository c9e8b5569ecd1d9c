using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Features.Groups;

/// <summary>Makes the platforms' groups what they are to be, and mends every hour what somebody changed by hand.</summary>
public sealed partial class GroupSyncWorker(Store store, Communities communities, IEnumerable<IGroupSync> syncs, IEnumerable<IGroupSource> sources, TimeProvider time, ILogger<GroupSyncWorker> log)
    : SyncWorker<IGroupSync, GroupSync>(store, communities, syncs, time, log)
{
    private static readonly Duration Drift = Duration.FromHours(1);
    private readonly Store store = store;
    private readonly ILogger log = log;

    protected override async Task PrepareAsync(int community, CancellationToken ct)
    {
        foreach (var source in sources)
            await store.WriteAsync(community, (work, at) => source.WantAsync(work, at), ct);
    }

    protected override Task<List<GroupSync>> DueAsync(Work work, IGroupSync sync, CancellationToken ct)
    {
        var now = Now();
        return work.Db.Set<GroupSync>().Where(one => one.Platform == sync.Platform && one.DueAt <= now).ToListAsync(ct);
    }

    protected override async Task AskAsync(int community, IGroupSync sync, GroupSync due, CancellationToken ct)
    {
        // Of several processes one asks.
        var claimed = await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync(
            $"update group_syncs set due_at = {Now() + Lease} where rotation_id = {due.RotationId} and platform = {due.Platform} and turn = {due.Turn} and due_at = {due.DueAt}", at), ct);
        if (claimed == 0)
            return;
        var (source, members) = await store.ReadAsync(community, (work, at) => MembersAsync(work, due, at), ct);
        var outcome = await sync.SetAsync(new GroupMembers(community, due.RotationId, due.Name, members, source?.IsCalled ?? true), ct);
        if (outcome.Kind != SyncOutcomeKind.Done)
            Log.NotDone(log, due.Platform, due.Name, outcome.Problem);
        await store.WriteAsync(community, (work, at) => NoteAsync(work, due, outcome, source is not null, at), CancellationToken.None);
    }

    private async Task<(IGroupSource? Source, IReadOnlyList<Handle> Members)> MembersAsync(Work work, GroupSync due, CancellationToken ct)
    {
        foreach (var source in sources)
        {
            if (await source.MembersAsync(work, due, ct) is { } members)
                return (source, members);
        }

        return (null, []);
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

        var wait = outcome.Kind == SyncOutcomeKind.Later ? Pause(outcome, due.Tries) : Drift;
        var noted = await work.Sql.ExecuteAsync(
            $"update group_syncs set due_at = {Now() + wait}, tries = {(done ? 0 : due.Tries + 1)}, problem = {outcome.Problem} where rotation_id = {due.RotationId} and platform = {due.Platform} and turn = {due.Turn}", ct);
        if (noted == 0)
            await work.Sql.ExecuteAsync($"update group_syncs set due_at = {Now()} where rotation_id = {due.RotationId} and platform = {due.Platform}", ct);

        // A product that is away is told of once, however many groups wait for it.
        if (noted == 1 && IsToldOf(outcome, due.Tries) && !await work.Db.Set<GroupSync>().AnyAsync(other => other.Platform == due.Platform && other.RotationId != due.RotationId && other.Tries >= ToldAfter, ct))
            await TellLeadsAsync(work, $"The group of {new UserText(due.Name)} does not follow it for now: {new RichText([new Run.Words(outcome.Problem ?? "there is no answer")])}. Everything else goes on. I keep trying, and say no more of it.", ct);

        // Once for each reason, even where it keeps several groups: it stays noted until they follow.
        if (noted == 1 && outcome.Kind == SyncOutcomeKind.Refused && outcome.Problem != due.Problem
            && !await work.Db.Set<GroupSync>().AnyAsync(other => other.Platform == due.Platform && other.RotationId != due.RotationId && other.Problem == outcome.Problem, ct))
            await TellLeadsAsync(work, $"The group of {new UserText(due.Name)} does not follow it: {new RichText([new Run.Words(outcome.Problem ?? "it was refused")])}. Everything else goes on. I look again every hour, and say no more of it unless the reason changes.", ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Platform} did not change the group of {Rotation}: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string rotation, string? problem);
    }
}
