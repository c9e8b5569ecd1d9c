using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Linking;

/// <summary>A code that joins another account to a person, by its SHA-256 alone.</summary>
[Table("link_codes"), PrimaryKey(nameof(Hash))]
public sealed record LinkCode : IBelong
{
    public required byte[] Hash { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required PersonId PersonId { get; init; }

    public required Instant ExpiresAt { get; init; }
}
