using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Wheel;

/// <summary>An incident that is played, or was.</summary>
[Table("wheel_spins"), PrimaryKey(nameof(Id))]
public sealed record Spin : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community.</summary>
    public required int Number { get; init; }

    /// <summary>The scenario's name in the pack.</summary>
    public required string Scenario { get; init; }

    public required string Platform { get; init; }

    public required string Workspace { get; init; }

    public required string Place { get; init; }

    public string? Thread { get; init; }

    public required Instant BeganAt { get; init; }

    public Instant? EndedAt { get; init; }

    public required int StepsTold { get; init; }

    public required int HintsTold { get; init; }

    /// <summary>The number of the claim by which its players are paid; null where it was called off.</summary>
    public int? ClaimNumber { get; init; }

    /// <summary>Whether the clock tells the steps when their minute comes.</summary>
    public required bool ByClock { get; init; }

    /// <summary>Where it runs, within its thread.</summary>
    [NotMapped]
    public Place RunsIn => new(Platform, Workspace, Place) { Thread = Thread };
}

/// <summary>Who plays what, and why they do.</summary>
[Table("wheel_players"), PrimaryKey(nameof(SpinId), nameof(PersonId))]
public sealed record Player : IBelong
{
    public required Guid SpinId { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    public required IncidentRole Role { get; init; }

    /// <summary>In the bot's words, such as “idle 3 spins”.</summary>
    public required string Why { get; init; }

    /// <summary>How they were named; whoever goes by another name now is not shown.</summary>
    public required Privacy NamedAs { get; init; }
}

/// <summary>The roles of an incident, in the order in which they are filled.</summary>
public enum IncidentRole
{
    GameMaster = 0,
    IncidentCommander = 1,
    Operations = 2,
    Communications = 3,
    Scribe = 4,

    /// <summary>Everybody beyond the five; it is not handed on.</summary>
    Responder = 5,
}
