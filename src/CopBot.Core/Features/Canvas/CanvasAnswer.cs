using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

/// <summary>A version of an answer to a question of the canvas, from 1.</summary>
[Table("canvas_answers"), PrimaryKey(nameof(Id))]
public sealed record CanvasAnswer : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required string Question { get; init; }

    public required int Version { get; init; }

    /// <summary>Null once its author is forgotten.</summary>
    public string? Answer { get; init; }

    public required PersonId AuthorId { get; init; }

    public required Instant At { get; init; }
}

/// <summary>How many stars somebody gives a version of an answer.</summary>
[Table("canvas_ratings"), PrimaryKey(nameof(CommunityId), nameof(Question), nameof(Version), nameof(PersonId))]
public sealed record CanvasRating : IBelong
{
    public required int CommunityId { get; init; }

    public required string Question { get; init; }

    public required int Version { get; init; }

    public required PersonId PersonId { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Stars { get; init; }

    public required Instant At { get; init; }
}

/// <summary>When the canvas is looked at next, and by whom.</summary>
[Table("canvas_reviews"), PrimaryKey(nameof(CommunityId))]
public sealed record CanvasReview : IBelong
{
    public required int CommunityId { get; init; }

    public required LocalDate OnDay { get; init; }

    /// <summary>Null once they are forgotten; then the leads are told.</summary>
    public PersonId? OwnerId { get; init; }

    public Instant? RemindedAt { get; init; }
}
