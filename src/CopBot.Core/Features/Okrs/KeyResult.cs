using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>A number that says how far an objective is: from a baseline to a target, either way.</summary>
[Table("key_results"), PrimaryKey(nameof(Id))]
public sealed record KeyResult : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community, over all objectives; people say key result 2.</summary>
    public int Number { get; init; }

    public required Guid ObjectiveId { get; init; }

    public required string Title { get; init; }

    public required decimal Baseline { get; init; }

    /// <summary>Never the baseline; below it where less is better.</summary>
    public required decimal Target { get; init; }

    public required string Unit { get; init; }

    /// <summary>What it counts by itself, in the language of <see cref="MeasureReader"/>; null where people check in.</summary>
    public string? Measure { get; init; }

    /// <summary>What the last check-in said; one that counts itself has none.</summary>
    public decimal? Value { get; init; }

    /// <summary>How sure those are who work on it, whatever the number says.</summary>
    public Confidence? Confidence { get; init; }

    public Instant? CheckedAt { get; init; }
}

/// <summary>How sure people are that a key result will be reached.</summary>
public enum Confidence
{
    OnTrack = 0,
    AtRisk = 1,
    OffTrack = 2,
}

/// <summary>What somebody said of a key result at a time.</summary>
[Table("check_ins"), PrimaryKey(nameof(Id))]
public sealed record CheckIn : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required Guid KeyResultId { get; init; }

    public PersonId? PersonId { get; init; }

    public required Instant At { get; init; }

    public required LocalDate Day { get; init; }

    /// <summary>Null where it only told the confidence or a comment.</summary>
    public decimal? Value { get; init; }

    public Confidence? Confidence { get; init; }

    public string? Comment { get; init; }

    public PersonId? AcknowledgedBy { get; init; }

    public Instant? AcknowledgedAt { get; init; }
}
