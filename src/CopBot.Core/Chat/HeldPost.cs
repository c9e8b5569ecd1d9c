using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>A post that waits. It is said in the transaction that removes its row, so it is said once.</summary>
[Table("held_posts"), PrimaryKey(nameof(Id))]
public sealed record HeldPost : IBelong
{
    /// <summary>In the order in which they were held.</summary>
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required PostKind Kind { get; init; }

    public required string Platform { get; init; }

    public required string Workspace { get; init; }

    /// <summary>The id of its place.</summary>
    public required string Channel { get; init; }

    /// <summary>The schedule it comes from; cancelling that withdraws it.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>The message as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>When it would have been said.</summary>
    public required Instant MeantAt { get; init; }

    public required HeldBecause Because { get; init; }

    /// <summary>When it is looked at again; null until its channel thaws.</summary>
    public Instant? ReleaseAt { get; init; }

    [NotMapped]
    public Place Place => new(Platform, Workspace, Channel);

    [NotMapped]
    public Message Message => Message.FromJson(Body);
}

/// <summary>What a post waits for.</summary>
public enum HeldBecause
{
    /// <summary>Its channel is, or was, frozen: it is told in the catch-up.</summary>
    Frozen = 0,

    /// <summary>It is outside the community's working hours.</summary>
    Hours = 1,

    /// <summary>The channel has heard enough in this week: it is told in the digest of the next.</summary>
    Budget = 2,
}
