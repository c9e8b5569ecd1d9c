using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Something that somebody says they did, under its number. Its words can be erased; what it earned is in the ledger.</summary>
[Table("claims"), PrimaryKey(nameof(Id))]
public sealed record Claim : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community; people say #3.</summary>
    public int Number { get; init; }

    /// <summary>share, experiment, mob, win, failure, outcome, kudos or used.</summary>
    public required string Kind { get; init; }

    public required PersonId AuthorId { get; init; }

    public required ClaimState State { get; init; }

    /// <summary>Counts up each time it is paid anew, so that a second payment is not taken for the first.</summary>
    public int Round { get; init; }

    public required Instant At { get; init; }

    public required LocalDate Day { get; init; }

    public required Instant ChangedAt { get; init; }

    /// <summary>When the clock has to look at it again: to remind, then to expire.</summary>
    public Instant? ActAt { get; init; }

    public long? InboxId { get; init; }

    public string? Title { get; init; }

    public string? Size { get; init; }

    public string? Format { get; init; }

    public string? Link { get; init; }

    public string? Topic { get; init; }

    public int? Minutes { get; init; }

    /// <summary>The claim that this one is about: what was used, what an outcome came from.</summary>
    public Guid? AboutId { get; init; }

    public string? Hypothesis { get; init; }

    public string? Measure { get; init; }

    public LocalDate? DueOn { get; init; }

    /// <summary>proven, disproved or inconclusive, once an experiment has ended.</summary>
    public string? Result { get; init; }

    /// <summary>When the result was reported.</summary>
    public Instant? ReportedAt { get; init; }

    public string? Learned { get; init; }

    public string? NextStep { get; init; }

    public string? Category { get; init; }

    public decimal? BeforeValue { get; init; }

    public decimal? AfterValue { get; init; }

    public string? Unit { get; init; }

    public PersonId? ConfirmedBy { get; init; }

    public Instant? ConfirmedAt { get; init; }

    /// <summary>Why it waits although its kind and size would count at once.</summary>
    public string? HeldBecause { get; init; }

    public PersonId? FlaggedBy { get; init; }

    public string? FlagReason { get; init; }

    public string? VoidReason { get; init; }

    /// <summary>The rule of the points policy that applies now: an experiment has one for its start and one for its result.</summary>
    [NotMapped]
    public string Rule => Kind != "experiment" ? Kind : Result is null ? "experiment-start" : "experiment-result";

    /// <summary>Whether its start counts although its result does not: nobody has confirmed that, or not in time.</summary>
    [NotMapped]
    public bool IsBegun => Kind == "experiment" && Result is not null && State is (ClaimState.Waiting or ClaimState.Expired);

    /// <summary>The title as its author's words.</summary>
    [NotMapped]
    public UserText Titled => new(Title ?? "(erased)", AuthorId);

    /// <summary>Whether somebody can still confirm it.</summary>
    [NotMapped]
    public bool Waits => State == ClaimState.Waiting;
}

/// <summary>Where a claim stands.</summary>
public enum ClaimState
{
    /// <summary>It counts, at once or since it was confirmed.</summary>
    Counted = 0,

    /// <summary>It counts when somebody confirms it.</summary>
    Waiting = 1,

    /// <summary>Nobody confirmed it in time.</summary>
    Expired = 2,

    /// <summary>Its author took it back.</summary>
    Undone = 3,

    /// <summary>A lead declared it void.</summary>
    Void = 4,
}

/// <summary>A person who takes part in a claim beside its author.</summary>
[Table("claim_people"), PrimaryKey(nameof(ClaimId), nameof(PersonId))]
public sealed record Participant : IBelong
{
    public required Guid ClaimId { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>receiver of kudos, or participant of a mob; <see cref="People.Naming.PartOf"/> says how they were named.</summary>
    public required string Part { get; init; }

    public required ParticipantState State { get; init; }
}

/// <summary>Whether a participant has agreed to be one.</summary>
public enum ParticipantState
{
    In = 0,

    /// <summary>Named by somebody before they ever spoke to the bot; earns nothing until they accept.</summary>
    Invited = 1,

    Declined = 2,
}
