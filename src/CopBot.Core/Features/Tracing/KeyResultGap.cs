using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Tracing;

/// <summary>That a key result is there to close a gap of the backlog.</summary>
[Table("key_result_gaps"), PrimaryKey(nameof(KeyResultId), nameof(GapId))]
public sealed record KeyResultGap : IBelong
{
    public required Guid KeyResultId { get; init; }

    public required Guid GapId { get; init; }

    public required int CommunityId { get; init; }

    public required Instant LinkedAt { get; init; }
}
