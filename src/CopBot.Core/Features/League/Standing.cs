using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.League;

/// <summary>Who competes on a board.</summary>
public enum Board
{
    People = 0,
    Squads = 1,
}

/// <summary>The points of a person or squad in a period: always the sum of their entries.</summary>
[Table("standings"), PrimaryKey(nameof(CommunityId), nameof(Board), nameof(Scope), nameof(Period), nameof(SubjectId))]
public sealed record Standing : IBelong
{
    public required int CommunityId { get; init; }

    public required Board Board { get; init; }

    public required Scope Scope { get; init; }

    public required int Period { get; init; }

    /// <summary>The id of the person or squad.</summary>
    public required Guid SubjectId { get; init; }

    public required int Points { get; init; }

    /// <summary>Whether boards may show them.</summary>
    public required bool Shown { get; init; }
}

/// <summary>How many stand at exactly so many points; the database keeps it in step with the standings.</summary>
[Table("tallies"), PrimaryKey(nameof(CommunityId), nameof(Board), nameof(Scope), nameof(Period), nameof(Points), nameof(Shown))]
public sealed record Tally : IBelong
{
    public required int CommunityId { get; init; }

    public required Board Board { get; init; }

    public required Scope Scope { get; init; }

    public required int Period { get; init; }

    public required int Points { get; init; }

    public required bool Shown { get; init; }

    public required int Subjects { get; init; }
}
