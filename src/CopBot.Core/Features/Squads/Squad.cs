using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Squads;

/// <summary>A team inside the community. What a member earns counts for the squad they are in at that time.</summary>
[Table("squads"), PrimaryKey(nameof(Id))]
public sealed record Squad : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required string Name { get; init; }

    public required string NameKey { get; init; }

    public required Instant CreatedAt { get; init; }
}
