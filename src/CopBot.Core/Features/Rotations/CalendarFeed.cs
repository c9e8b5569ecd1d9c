using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>A secret address at which a rotation's calendar can be read. What makes it secret is kept as a hash alone.</summary>
[Table("calendar_feeds"), PrimaryKey(nameof(Hash))]
public sealed record CalendarFeed : IBelong
{
    /// <summary>SHA-256 of the token in the address.</summary>
    public required byte[] Hash { get; init; }

    public required int CommunityId { get; init; }

    public required Guid RotationId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required PersonId PersonId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>From when it opens nothing any more.</summary>
    public Instant? RevokedAt { get; init; }
}

/// <summary>A rotation that somebody has asked a calendar of.</summary>
[Table("calendars"), PrimaryKey(nameof(RotationId))]
public sealed record RotationCalendar : IBelong
{
    public required Guid RotationId { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>Goes up whenever a turn may have changed; the database's triggers count.</summary>
    public required int Revision { get; init; }
}
