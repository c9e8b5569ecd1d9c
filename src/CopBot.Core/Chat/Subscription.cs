using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Chat;

/// <summary>A choice that differs from the rule: main channels get every kind of post, other channels none.</summary>
[Table("subscriptions"), PrimaryKey(nameof(CommunityId), nameof(Kind), nameof(Platform), nameof(Workspace), nameof(Channel))]
public sealed record Subscription : IBelong
{
    public required int CommunityId { get; init; }

    public required PostKind Kind { get; init; }

    public required string Platform { get; init; }

    public required string Workspace { get; init; }

    /// <summary>The id of its place.</summary>
    public required string Channel { get; init; }

    public required bool Wanted { get; init; }

    [NotMapped]
    public Place Place => new(Platform, Workspace, Channel);
}
