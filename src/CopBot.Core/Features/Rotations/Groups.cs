using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>A group of a chat product that follows a rotation.</summary>
[Table("group_syncs"), PrimaryKey(nameof(RotationId), nameof(Platform))]
public sealed record GroupSync : IBelong
{
    public required Guid RotationId { get; init; }

    public required string Platform { get; init; }

    public required int CommunityId { get; init; }

    public required string Name { get; init; }

    /// <summary>The turn whose people are to be in it.</summary>
    public required int Turn { get; init; }

    /// <summary>When the platform is asked next.</summary>
    public required Instant DueAt { get; init; }

    /// <summary>How often in a row it was not done.</summary>
    public required int Tries { get; init; }

    /// <summary>What the platform said last, where it did not do it.</summary>
    public string? Problem { get; init; }
}

/// <summary>Notes, in the transaction of a change-over, that the groups are to change. Asking the platforms is <see cref="GroupSyncWorker"/>'s.</summary>
public sealed class Groups(Work work, IEnumerable<IGroupSync> syncs, TimeProvider time)
{
    /// <summary>The groups of a rotation are to be those who serve now; of a rotation that is removed, nobody.</summary>
    public async Task WantAsync(Rotation rotation, CancellationToken ct)
    {
        foreach (var platform in syncs.Select(sync => sync.Platform).Distinct())
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into group_syncs (rotation_id, platform, community_id, name, turn, due_at, tries)
                values ({rotation.Id}, {platform}, {work.CommunityId}, {rotation.Name}, {rotation.Turn}, {Instant.FromDateTimeOffset(time.GetUtcNow())}, {0})
                on conflict (rotation_id, platform) do update set name = excluded.name, turn = excluded.turn, due_at = excluded.due_at, tries = 0
                """, ct);
        }
    }
}
