using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>The channels in which nothing is said at present.</summary>
public sealed class Freezes(Work work)
{
    /// <summary>The freeze of a place, or null where the bot speaks.</summary>
    public Task<Freeze?> FindAsync(Place place, CancellationToken ct) =>
        work.Sql.FirstAsync(
            $"select since, reason, owner_id from freezes where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and channel = {place.Id}",
            row => (Freeze?)new Freeze
            {
                CommunityId = work.CommunityId,
                Platform = place.Platform,
                Workspace = place.Workspace,
                Channel = place.Id,
                Since = row.Instant(0),
                Reason = row.TextOrNull(1),
                OwnerId = row.PersonOrNull(2),
            }, ct);

    /// <summary>All of the community.</summary>
    public async Task<IReadOnlyList<Freeze>> ListAsync(CancellationToken ct) =>
        await work.Db.Set<Freeze>().OrderBy(freeze => freeze.Since).ThenBy(freeze => freeze.Channel).ThenBy(freeze => freeze.Platform).ThenBy(freeze => freeze.Workspace).ToListAsync(ct);

    /// <summary>An answer as it is given where it was asked for: to the one who asked alone while their channel is frozen.</summary>
    public async Task<Reply> HushAsync(Reply reply, Place place, CancellationToken ct)
    {
        if (!reply.Public || place.IsPrivate || await FindAsync(place, ct) is not { } freeze)
            return reply;

        var why = new Note($"Only you see this: it is quiet here during “{freeze.Title}”.");
        return new Reply(reply.Message with { Card = Card.Of([.. reply.Message.Card?.Blocks ?? [], why]) });
    }
}

/// <summary>A channel in which nothing is said until it thaws.</summary>
[Table("freezes"), PrimaryKey(nameof(CommunityId), nameof(Platform), nameof(Workspace), nameof(Channel))]
public sealed record Freeze : IBelong
{
    public required int CommunityId { get; init; }

    public required string Platform { get; init; }

    public required string Workspace { get; init; }

    /// <summary>The id of its place.</summary>
    public required string Channel { get; init; }

    public required Instant Since { get; init; }

    /// <summary>What happened, in the words of whoever froze it; null once they are forgotten.</summary>
    public string? Reason { get; init; }

    public PersonId? OwnerId { get; init; }

    [NotMapped]
    public Place Place => new(Platform, Workspace, Channel);

    /// <summary>What happened, as it is shown.</summary>
    [NotMapped]
    public UserText Title => new(Reason ?? "an incident", OwnerId);
}
