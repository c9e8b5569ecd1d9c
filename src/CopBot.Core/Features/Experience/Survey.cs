using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>Questions that are open for some days, and what came of them. What anybody answered is only counted.</summary>
[Table("surveys"), PrimaryKey(nameof(Id))]
public sealed record Survey : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    public required SurveyKind Kind { get; init; }

    /// <summary>The number of the gathering it is about.</summary>
    public int? Gathering { get; init; }

    public required LocalDate OpenedOn { get; init; }

    /// <summary>Null for the rest of a month, which nobody is asked.</summary>
    public Instant? ClosesAt { get; init; }

    /// <summary>Makes the marks of those who answered; null once it is closed.</summary>
    public byte[]? Secret { get; init; }
}

/// <summary>What a survey is about.</summary>
public enum SurveyKind
{
    Gathering = 0,
    Quarter = 1,

    /// <summary>What was too little to be shown by itself, of a whole month.</summary>
    Rest = 2,
}

/// <summary>The two questions.</summary>
public enum Question
{
    Expected = 0,
    Experienced = 1,
}
