using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Feedback;

/// <summary>What somebody told the core team. Nothing in it leads to whoever that was.</summary>
[Table("feedback"), PrimaryKey(nameof(Id))]
public sealed record Suggestion : IBelong
{
    /// <summary>Random: it says nothing about when it came.</summary>
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>Given as it is handed over to the core team; null until then.</summary>
    public int? Number { get; init; }

    public required LocalDate Day { get; init; }

    public required string Text { get; init; }

    /// <summary>What <see cref="HashOf"/> makes of the word under which the answer can be read; null where none was given.</summary>
    public byte[]? Word { get; init; }

    public string? Answer { get; init; }

    public PersonId? AnsweredBy { get; init; }

    public LocalDate? AnsweredOn { get; init; }

    /// <summary>The answer as the words of whoever gave it.</summary>
    [NotMapped]
    public UserText Answered => new(Answer ?? "(erased)", AnsweredBy);

    /// <summary>A word as it is stored; upper and lower case are the same.</summary>
    public static byte[] HashOf(Guid id, string word) => SHA256.HashData([.. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(word.Trim().ToLowerInvariant())]);
}
