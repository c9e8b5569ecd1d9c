using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>What the community wants to reach by a day, seen by its key results.</summary>
[Table("objectives"), PrimaryKey(nameof(Id))]
public sealed record Objective : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community; people say objective 3.</summary>
    public int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Who looks after it and is reminded; null once they have left.</summary>
    public PersonId? OwnerId { get; init; }

    /// <summary>The first day on which contributions count for it.</summary>
    public required LocalDate FromDay { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate UntilDay { get; init; }

    public required ObjectiveState State { get; init; }

    public required Instant CreatedAt { get; init; }

    public Instant? EndedAt { get; init; }

    /// <summary>What was learned from it, told when it was closed.</summary>
    public string? Retrospective { get; init; }

    /// <summary>When the clock looks whether somebody has checked in; null unless it is active.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>How often in a row its owner was reminded without a check-in.</summary>
    public int Reminders { get; init; }

    /// <summary>The title as its owner's words.</summary>
    [NotMapped]
    public UserText Titled => new(Title, OwnerId);

    [NotMapped]
    public bool IsOver => State is not (ObjectiveState.Draft or ObjectiveState.Active);
}

/// <summary>Where an objective stands.</summary>
public enum ObjectiveState
{
    Draft = 0,
    Active = 1,
    Achieved = 2,
    Missed = 3,
    Dropped = 4,

    /// <summary>Nobody checked in, whatever was asked: it closed itself with a notice.</summary>
    Lapsed = 5,
}
