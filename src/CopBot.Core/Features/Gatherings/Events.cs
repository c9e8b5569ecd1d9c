using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>An event of a chat product that follows a gathering.</summary>
[Table("event_syncs"), PrimaryKey(nameof(GatheringId), nameof(Platform))]
public sealed record EventSync : IBelong
{
    public required Guid GatheringId { get; init; }

    public required string Platform { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>The gathering's sequence that the event is to show.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the platform is asked next; null where all is as it should be.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>How often in a row it was not done.</summary>
    public required int Tries { get; init; }

    /// <summary>What the platform said last, where it did not do it.</summary>
    public string? Problem { get; init; }
}

/// <summary>Notes, in the transaction of the change, that a gathering's events are to follow. Asking the platforms is <see cref="EventSyncWorker"/>'s.</summary>
public sealed class Events(Work work, IEnumerable<IEventSync> syncs, TimeProvider time)
{
    /// <summary>It is planned, moved or called off.</summary>
    public Task WantAsync(Gathering one, CancellationToken ct) => WantAsync(one, syncs, ct);

    /// <summary>Somebody joins or leaves; only events that show who comes follow that.</summary>
    public Task PeopleAsync(Gathering one, CancellationToken ct) => WantAsync(one, syncs.Where(sync => sync.TakesPeople), ct);

    private async Task WantAsync(Gathering one, IEnumerable<IEventSync> asked, CancellationToken ct)
    {
        foreach (var platform in asked.Select(sync => sync.Platform).Distinct())
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into event_syncs (gathering_id, platform, community_id, sequence, due_at, tries)
                values ({one.Id}, {platform}, {work.CommunityId}, {one.Sequence}, {Instant.FromDateTimeOffset(time.GetUtcNow())}, {0})
                on conflict (gathering_id, platform) do update set sequence = excluded.sequence, due_at = excluded.due_at, tries = 0
                """, ct);
        }
    }
}
