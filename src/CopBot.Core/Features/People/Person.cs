using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>A member, an invited colleague, or the stub that an erased one leaves.</summary>
[Table("people"), PrimaryKey(nameof(Id))]
public sealed class Person : IBelong
{
    public required PersonId Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>The name their account showed when they came; null once erased.</summary>
    public string? Name { get; set; }

    public string? Alias { get; set; }

    /// <summary>The alias as it is compared; unique in the community.</summary>
    public string? AliasKey { get; set; }

    public Privacy Privacy { get; set; }

    public Role Role { get; set; }

    public Guid? SquadId { get; set; }

    /// <summary>When they first spoke; null while they are only invited.</summary>
    public Instant? JoinedAt { get; set; }

    public Instant? ErasedAt { get; set; }

    /// <summary>When they like to be spoken to, as <see cref="Scheduling.WorkingHours"/> writes it; null where the community's hours are right for them.</summary>
    public string? WorkingHours { get; set; }

    /// <summary>Their own zone by its IANA name; null where the community's is theirs.</summary>
    public string? Zone { get; set; }

    /// <summary>The person that this one turned out to be.</summary>
    public PersonId? MergedInto { get; set; }
}

/// <summary>How a person is shown to others. The choice is theirs, at once and without penalty.</summary>
public enum Privacy
{
    /// <summary>By name.</summary>
    Public = 0,

    /// <summary>By a name they chose.</summary>
    Alias = 1,

    /// <summary>Nowhere; they earn all the same.</summary>
    Hidden = 2,

    /// <summary>Nowhere; they look on and earn nothing.</summary>
    Observer = 3,
}

/// <summary>An account of a person on a chat. <see cref="Reach"/> is the platform where a private word reaches it.</summary>
[Table("handles"), PrimaryKey(nameof(Platform), nameof(Workspace), nameof(UserId))]
public sealed class Account : IBelong
{
    public required string Platform { get; init; }

    public required string Workspace { get; init; }

    public required string UserId { get; init; }

    public required int CommunityId { get; init; }

    public required PersonId PersonId { get; set; }

    public required string Name { get; set; }

    public required string NameKey { get; set; }

    public required string Reach { get; set; }

    public required Instant SeenAt { get; set; }

    /// <summary>When the chat said that the account is no more.</summary>
    public Instant? LeftAt { get; set; }
}
