using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>That a turn has begun is to stand in a chat product's own feed of news.</summary>
[Table("turn_notices"), PrimaryKey(nameof(RotationId), nameof(Turn), nameof(Platform))]
public sealed record TurnNotice : IBelong
{
    public required Guid RotationId { get; init; }

    public required int Turn { get; init; }

    public required string Platform { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>The day on which the turn ends.</summary>
    public required LocalDate UntilDate { get; init; }

    /// <summary>How many of those who serve now have it in their feed; they are told in a fixed order.</summary>
    public required int Told { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When the platform is asked next; null where it refused.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>How often in a row it was not done.</summary>
    public required int Tries { get; init; }

    /// <summary>What the platform said last, where it did not do it.</summary>
    public string? Problem { get; init; }
}

/// <summary>Notes, in the transaction of a change-over, that feeds are to tell of it. Asking the platforms is <see cref="TurnNoticeWorker"/>'s.</summary>
public sealed class TurnNotices(Work work, IEnumerable<ITurnFeed> feeds, TimeProvider time)
{
    public async Task WantAsync(Guid rotation, Turn turn, CancellationToken ct)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        foreach (var platform in feeds.Select(feed => feed.Platform).Distinct())
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into turn_notices (rotation_id, turn, platform, community_id, until_date, told, created_at, due_at, tries)
                values ({rotation}, {turn.Number}, {platform}, {work.CommunityId}, {turn.Until}, {0}, {now}, {now}, {0})
                on conflict (rotation_id, turn, platform) do nothing
                """, ct);
        }
    }
}
