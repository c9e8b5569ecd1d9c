using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Groups;

/// <summary>A group of a chat product that follows something of ours, such as a rotation.</summary>
[Table("group_syncs"), PrimaryKey(nameof(RotationId), nameof(Platform))]
public sealed record GroupSync : IBelong
{
    /// <summary>What it follows: a rotation's id, or what a <see cref="IGroupSource"/> makes of a name.</summary>
    public required Guid RotationId { get; init; }

    public required string Platform { get; init; }

    public required int CommunityId { get; init; }

    public required string Name { get; init; }

    /// <summary>Another number whenever other people are to be in it: a rotation's turn.</summary>
    public required int Turn { get; init; }

    /// <summary>When the platform is asked next.</summary>
    public required Instant DueAt { get; init; }

    /// <summary>How often in a row it was not done.</summary>
    public required int Tries { get; init; }

    /// <summary>What the platform said last, where it did not do it.</summary>
    public string? Problem { get; init; }
}
