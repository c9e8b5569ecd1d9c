using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>Somebody who joins a gathering, or was there.</summary>
[Table("gathering_people"), PrimaryKey(nameof(GatheringId), nameof(PersonId))]
public sealed record Attendee : IBelong
{
    public required Guid GatheringId { get; init; }

    public required PersonId PersonId { get; init; }

    public required int CommunityId { get; init; }

    public required Attendance Attendance { get; init; }

    /// <summary>How they were shown as they joined: a name that was read then does not stand beside another later.</summary>
    public required Privacy JoinedAs { get; init; }

    public required Instant JoinedAt { get; init; }

    /// <summary>What they are told next.</summary>
    public required Step Step { get; init; }

    /// <summary>When they are told it; null where nothing is to come.</summary>
    public Instant? DueAt { get; init; }
}

/// <summary>Whether somebody was there, by their own word.</summary>
public enum Attendance
{
    Joined = 0,
    Here = 1,
    Missed = 2,
}

/// <summary>What is said to one who joined, in this order.</summary>
public enum Step
{
    /// <summary>That it is tomorrow, or the last working day before.</summary>
    DayBefore = 0,

    /// <summary>That it begins in a quarter of an hour.</summary>
    QuarterBefore = 1,

    /// <summary>Whether they were there.</summary>
    After = 2,

    Done = 3,
}
