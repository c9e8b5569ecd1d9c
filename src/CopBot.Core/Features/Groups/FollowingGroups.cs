using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Groups;

/// <summary>Notes, in the transaction of a change, that groups are to change. Asking the platforms is <see cref="GroupSyncWorker"/>'s.</summary>
public sealed class FollowingGroups(Work work, IEnumerable<IGroupSync> syncs, TimeProvider time)
{
    /// <summary>The groups that follow something are to be what its source says.</summary>
    /// <param name="turn">Another number whenever other people are to be in it.</param>
    public async Task WantAsync(Guid id, string name, int turn, CancellationToken ct)
    {
        foreach (var platform in syncs.Select(sync => sync.Platform).Distinct())
            await WantAsync(id, platform, name, turn, ct);
    }

    /// <summary>As the other, on one platform alone.</summary>
    public Task WantAsync(Guid id, string platform, string name, int turn, CancellationToken ct) =>
        work.Sql.ExecuteAsync(
            $"""
            insert into group_syncs (rotation_id, platform, community_id, name, turn, due_at, tries)
            values ({id}, {platform}, {work.CommunityId}, {name}, {turn}, {Instant.FromDateTimeOffset(time.GetUtcNow())}, {0})
            on conflict (rotation_id, platform) do update set name = excluded.name, turn = excluded.turn, due_at = excluded.due_at, tries = 0
            """, ct);
}
