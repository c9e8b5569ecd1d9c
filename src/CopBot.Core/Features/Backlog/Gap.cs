using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

/// <summary>A capability that a need of the business asks for and that is not there yet, under its number.</summary>
[Table("gaps"), PrimaryKey(nameof(Id))]
public sealed record Gap : IBelong
{
    public const int MostImportant = 5;
    public const int Mastered = 5;

    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community.</summary>
    public required int Number { get; init; }

    /// <summary>The capability; null once its author is forgotten, as are the need and the topic.</summary>
    public string? Title { get; init; }

    public string? Need { get; init; }

    public string? Topic { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Importance { get; init; }

    /// <summary>How well it is done today, 0 to 5.</summary>
    public required int Level { get; init; }

    public required GapState State { get; init; }

    public required PersonId AuthorId { get; init; }

    public PersonId? OwnerId { get; init; }

    public required Instant OpenedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    public PersonId? ClosedBy { get; init; }

    public string? CloseReason { get; init; }

    [NotMapped]
    public int Size => Importance * (Mastered - Level);

    [NotMapped]
    public bool IsOpen => State != GapState.Closed;

    [NotMapped]
    public UserText Titled => new(Title ?? "(erased)", AuthorId);

    /// <summary>Whether somebody may decide about it: its owner, the core team and leads.</summary>
    public bool IsInTheHandsOf(Caller caller) => caller.Role >= Role.Core || OwnerId == caller.Person;
}

/// <summary>Where a gap stands.</summary>
public enum GapState
{
    Open = 0,

    /// <summary>An experiment, a gathering, an objective or another contribution works on it.</summary>
    UnderWay = 1,

    Closed = 2,
}

/// <summary>That somebody wants a gap closed.</summary>
[Table("gap_votes"), PrimaryKey(nameof(GapId), nameof(PersonId))]
public sealed record GapVote : IBelong
{
    public required Guid GapId { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    public required Instant At { get; init; }
}

/// <summary>A change of what the community thinks of a gap.</summary>
[Table("gap_ratings"), PrimaryKey(nameof(Id))]
public sealed record GapRating : IBelong
{
    public required Guid Id { get; init; }

    public required Guid GapId { get; init; }

    public required int CommunityId { get; init; }

    public required Instant At { get; init; }

    public required int ImportanceBefore { get; init; }

    public required int Importance { get; init; }

    public required int LevelBefore { get; init; }

    public required int Level { get; init; }
}

/// <summary>That a contribution works on a gap.</summary>
[Table("claim_gaps"), PrimaryKey(nameof(ClaimId), nameof(GapId))]
public sealed record GapContribution : IBelong
{
    public required Guid ClaimId { get; init; }

    public required Guid GapId { get; init; }

    public required int CommunityId { get; init; }

    public required Instant At { get; init; }
}
