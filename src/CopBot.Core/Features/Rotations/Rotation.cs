using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>A team whose seats change hands by themselves. Its schedule says when.</summary>
[Table("rotations"), PrimaryKey(nameof(Id))]
public sealed record Rotation : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required string Name { get; init; }

    public required string NameKey { get; init; }

    /// <summary>One per seat, separated by commas.</summary>
    public required string Roles { get; init; }

    /// <summary>The most turns within a year while others are there; 0 for no limit.</summary>
    public required int TermLimit { get; init; }

    /// <summary>The turn that is under way; 0 before the first.</summary>
    public required int Turn { get; init; }

    /// <summary>The change-over that people were last reminded of, and so many days before.</summary>
    public Instant? RemindedFor { get; init; }

    public required int RemindedDays { get; init; }

    public required Instant CreatedAt { get; init; }

    [NotMapped]
    public IReadOnlyList<string> RoleNames => Roles.Split(',');
}

/// <summary>Somebody in the pool of a rotation.</summary>
[Table("rotation_members"), PrimaryKey(nameof(RotationId), nameof(PersonId))]
public sealed record RotationMember : IBelong
{
    public required Guid RotationId { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    public required Instant JoinedAt { get; init; }

    /// <summary>What counts as served in each seat, separated by commas.</summary>
    public required string Credit { get; init; }

    public required int LastTurn { get; init; }

    public required bool Throughout { get; init; }
}

/// <summary>Days on which somebody in a rotation is away, both included.</summary>
[Table("rotation_absences"), PrimaryKey(nameof(Id))]
public sealed record RotationAbsence : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required Guid RotationId { get; init; }

    public required PersonId PersonId { get; init; }

    public required LocalDate FromDate { get; init; }

    public required LocalDate UntilDate { get; init; }
}

/// <summary>A turn that began.</summary>
[Table("rotation_turns"), PrimaryKey(nameof(RotationId), nameof(Number))]
public sealed record RotationTurn : IBelong
{
    public required Guid RotationId { get; init; }

    public required int Number { get; init; }

    public required int CommunityId { get; init; }

    public required LocalDate FromDate { get; init; }

    public required Instant BeginsAt { get; init; }
}

/// <summary>What was decided about one person for a turn, and why.</summary>
[Table("rotation_choices"), PrimaryKey(nameof(RotationId), nameof(Turn), nameof(PersonId))]
public sealed record RotationChoice : IBelong
{
    public required Guid RotationId { get; init; }

    public required int Turn { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    public int? Seat { get; init; }

    public required Reason Reason { get; init; }

    public required int Amount { get; init; }

    public PersonId? OtherId { get; init; }

    /// <summary>Whether the turn made them core team, so that its end makes them a member again.</summary>
    public required bool MadeCore { get; init; }
}

/// <summary>What was agreed for a turn: somebody skips it, hands their seat over, or is seated by a lead.</summary>
[Table("rotation_agreements"), PrimaryKey(nameof(Id))]
public sealed record RotationAgreement : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required Guid RotationId { get; init; }

    public required int Turn { get; init; }

    public required AgreementKind Kind { get; init; }

    public required AgreementState State { get; init; }

    public required PersonId PersonId { get; init; }

    /// <summary>Who takes over, or to whom alone it is offered.</summary>
    public PersonId? OtherId { get; init; }

    /// <summary>The seat that is taken over, or that a lead fills; -1 otherwise.</summary>
    public required int Seat { get; init; }

    public string? Reason { get; init; }

    public PersonId? MadeBy { get; init; }

    public required Instant MadeAt { get; init; }
}

/// <summary>Where an agreement stands.</summary>
public enum AgreementState
{
    Agreed = 0,

    /// <summary>A swap that nobody has taken yet.</summary>
    Offered = 1,
}

/// <summary>A word for those who come next.</summary>
[Table("rotation_notes"), PrimaryKey(nameof(Id))]
public sealed record RotationNote : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required Guid RotationId { get; init; }

    /// <summary>The turn during which it was left.</summary>
    public required int Turn { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Text { get; init; }

    public required Instant MadeAt { get; init; }
}

/// <summary>Somebody who is to be reminded of a turn.</summary>
[Table("rotation_reminders"), PrimaryKey(nameof(RotationId), nameof(Turn), nameof(PersonId), nameof(Days))]
public sealed record RotationReminder : IBelong
{
    public required Guid RotationId { get; init; }

    public required int Turn { get; init; }

    public required PersonId PersonId { get; init; }

    public required int Days { get; init; }

    public required int CommunityId { get; init; }

    public required Instant DueAt { get; init; }

    public required ReminderState State { get; init; }
}

/// <summary>Where a reminder stands.</summary>
public enum ReminderState
{
    Waiting = 0,
    Said = 1,

    /// <summary>The plan changed before it was said, or they were told that it did.</summary>
    Dropped = 2,
}
