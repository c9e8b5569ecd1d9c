using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>Something that people do together at a time: a mob session, a talk, a workshop.</summary>
[Table("gatherings"), PrimaryKey(nameof(Id))]
public sealed record Gathering : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community; people say gathering 3.</summary>
    public required int Number { get; init; }

    /// <summary>One of <see cref="GatheringText.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null once whoever wrote it is forgotten.</summary>
    public string? Title { get; init; }

    public string? Topic { get; init; }

    public required PersonId PlannerId { get; init; }

    public required Instant BeginsAt { get; init; }

    public required int Minutes { get; init; }

    public required GatheringState State { get; init; }

    /// <summary>Goes up when it moves or is cancelled; calendars go by it.</summary>
    public required int Sequence { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>The entry of the league that was written from it.</summary>
    public int? ClaimNumber { get; init; }

    /// <summary>The gap of the backlog that it was planned to close.</summary>
    public Guid? GapId { get; init; }

    [NotMapped]
    public Instant EndsAt => BeginsAt + Duration.FromMinutes(Minutes);

    [NotMapped]
    public bool IsCancelled => State == GatheringState.Cancelled;

    /// <summary>The title as its planner's words.</summary>
    [NotMapped]
    public UserText Titled => new(Title ?? "(erased)", PlannerId);
}

/// <summary>Whether it takes place.</summary>
public enum GatheringState
{
    Planned = 0,
    Cancelled = 1,
}
