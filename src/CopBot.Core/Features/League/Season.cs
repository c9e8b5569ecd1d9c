using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>A season that a lead began, or one that ended early because of that.</summary>
[Table("seasons"), PrimaryKey(nameof(CommunityId), nameof(Number))]
public sealed record Season : IBelong
{
    public required int CommunityId { get; init; }

    public required int Number { get; init; }

    public required string Name { get; init; }

    public required LocalDate FromDay { get; init; }

    /// <summary>The first day after it.</summary>
    public required LocalDate UntilDay { get; init; }
}
