using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>One booking. It is never changed and never removed; a correction is another entry that reverses it.</summary>
[Table("ledger"), PrimaryKey(nameof(Id))]
public sealed record LedgerEntry : IBelong
{
    /// <summary>The order of booking.</summary>
    public long Id { get; init; }

    public required int CommunityId { get; init; }

    public required PersonId PersonId { get; init; }

    public required Instant At { get; init; }

    /// <summary>The community's date that it counts for; a reversal counts for the day of what it reverses.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>The season that it counts for, such as 20261.</summary>
    public required int Season { get; init; }

    public required string Kind { get; init; }

    /// <summary>Kind and part, such as <c>mob.host</c>.</summary>
    public required string Rule { get; init; }

    public required int Points { get; init; }

    /// <summary>What a cap kept back; it does not count.</summary>
    public int Withheld { get; init; }

    /// <summary>The name of that cap.</summary>
    public string? Cap { get; init; }

    public required Guid ClaimId { get; init; }

    /// <summary>The squad that the person was in.</summary>
    public Guid? SquadId { get; init; }

    public PersonId? ConfirmedBy { get; init; }

    /// <summary>The version of the points policy.</summary>
    public required int Policy { get; init; }

    /// <summary>What it is for, unique in the community: the same thing cannot be booked twice.</summary>
    public required string Source { get; init; }

    /// <summary>The entry that this one takes back.</summary>
    public long? Reverses { get; init; }

    /// <summary>The row of the inbox that caused it.</summary>
    public long? InboxId { get; init; }
}
