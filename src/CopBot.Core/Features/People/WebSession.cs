using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>A browser in which somebody is known. The secret in its cookie is kept as a hash alone.</summary>
[Table("web_sessions"), PrimaryKey(nameof(Hash))]
public sealed record WebSession : IBelong
{
    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; init; }

    public required int CommunityId { get; init; }

    public required string UserId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When the person last said something there.</summary>
    public required Instant SeenAt { get; init; }

    /// <summary>From when it opens nothing any more.</summary>
    public Instant? EndedAt { get; init; }
}
