using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>A secret address at which a month's report can be read and printed. What makes it secret is kept as a hash alone.</summary>
[Table("report_pages"), PrimaryKey(nameof(Hash))]
public sealed record ReportPage : IBelong
{
    /// <summary>SHA-256 of the token in the address.</summary>
    public required byte[] Hash { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>The first day of the month.</summary>
    public required LocalDate Month { get; init; }

    /// <summary>Who asked for it.</summary>
    public required PersonId PersonId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>From when it opens nothing any more.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>Where the page lies, from the root of the web address.</summary>
    public static string PathOf(string token) => $"/report/{token}";
}
