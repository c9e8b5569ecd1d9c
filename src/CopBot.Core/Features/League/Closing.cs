using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>A week, month or season that is over: its standings are frozen.</summary>
[Table("closings"), PrimaryKey(nameof(CommunityId), nameof(Scope), nameof(Period))]
public sealed record Closing : IBelong
{
    public required int CommunityId { get; init; }

    public required Scope Scope { get; init; }

    public required int Period { get; init; }

    public required LocalDate FromDay { get; init; }

    /// <summary>The first day after it.</summary>
    public required LocalDate UntilDay { get; init; }

    public required string Title { get; init; }

    public required Instant ClosedAt { get; init; }

    public required ClosingState State { get; init; }

    /// <summary>When it was decided what becomes of its post; null until then.</summary>
    public Instant? SettledAt { get; init; }

    /// <summary>The SHA-256 over a season's entries, in hexadecimal digits; null for weeks and months.</summary>
    public string? Seal { get; init; }

    /// <summary>The last entry of the ledger that the seal is over.</summary>
    public long? SealedThrough { get; init; }

    /// <summary>The period that it closes.</summary>
    [NotMapped]
    public Period Closed => new(Scope, Period, FromDay, UntilDay, Title);
}

/// <summary>What became of the post about a closed period.</summary>
public enum ClosingState
{
    /// <summary>Its time is still to come.</summary>
    Open = 0,

    Posted = 1,

    /// <summary>There was nothing to say, or nobody wants it said.</summary>
    Silent = 2,

    /// <summary>Nobody was there at its time, and it was too late afterwards.</summary>
    Missed = 3,
}

/// <summary>The points that a person or squad had when a period closed; kept for ever.</summary>
[Table("closed_standings"), PrimaryKey(nameof(CommunityId), nameof(Scope), nameof(Period), nameof(Board), nameof(SubjectId))]
public sealed record ClosedStanding : IBelong
{
    public required int CommunityId { get; init; }

    public required Scope Scope { get; init; }

    public required int Period { get; init; }

    public required Board Board { get; init; }

    public required Guid SubjectId { get; init; }

    public required int Points { get; init; }
}
