using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Rotations;

public sealed class FeedCommands(Work work, RotationBook book, Audit audit, PublicAddress address) : ICommands
{
    // A phone, a laptop, and one more when one was lost.
    private const int MostPerPerson = 5;

    [Command("rotation feed", "Get a secret address of a rotation's calendar, or end all of them", Example = "rotation feed \"Core team\"")]
    public async Task<Reply> FeedAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("End all its addresses")] bool revoke = false,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation feed", ct);
        if (caller.Role < Role.Lead && !await work.Db.Set<RotationMember>().AnyAsync(member => member.RotationId == found.Id && member.PersonId == caller.Person, ct))
            throw new Refusal($"The calendar of {new UserText(found.Name)} is for those in it and for leads; {ReasonText.Line("rotation join", found):code} makes you one of them. Nothing was changed.");
        return revoke ? await RevokeAsync(caller, found, ct) : await OfferAsync(caller, found, ct);
    }

    private async Task<Reply> OfferAsync(Caller caller, Rotation rotation, CancellationToken ct)
    {
        if (await work.Db.Set<CalendarFeed>().CountAsync(feed => feed.RotationId == rotation.Id && feed.PersonId == caller.Person && feed.RevokedAt == null, ct) >= MostPerPerson)
            throw new Refusal($"You have {MostPerPerson} addresses of {new UserText(rotation.Name)} already, and each goes on to work. {RevokeLine(rotation):code} ends all that there are; then ask again. Nothing was changed.");

        var token = SecretToken.New();
        await work.Sql.ExecuteAsync(
            $"insert into calendar_feeds (hash, community_id, rotation_id, person_id, created_at) values ({SecretToken.HashOf(token)}, {work.CommunityId}, {rotation.Id}, {caller.Person}, {caller.At})", ct);
        await work.Sql.ExecuteAsync($"insert into calendars (rotation_id, community_id, revision) values ({rotation.Id}, {work.CommunityId}, {0}) on conflict (rotation_id) do nothing", ct);
        var path = TurnCalendar.PathOf(token);
        var note = new Note($"Whoever has the address can read it: keep it to yourself. I cannot show it again. {RevokeLine(rotation):code} ends all addresses of this calendar at once.");
        return address.Base is { } root
            ? new Message($"The calendar of {new UserText(rotation.Name)}: {new Link(new Uri(root, path))}. Subscribe to it where you keep your calendar; it follows every change.", Card.Of(note))
            : new Message($"The calendar of {new UserText(rotation.Name)} lies under {path:code}, at the address where {"copbot serve":code} answers.", Card.Of(note));
    }

    private async Task<Reply> RevokeAsync(Caller caller, Rotation rotation, CancellationToken ct)
    {
        var ended = await work.Sql.ExecuteAsync($"update calendar_feeds set revoked_at = {caller.At} where rotation_id = {rotation.Id} and revoked_at is null", ct);
        if (ended == 0)
            throw new Refusal($"The calendar of {new UserText(rotation.Name)} has no address; {ReasonText.Line("rotation feed", rotation):code} makes one. Nothing was changed.");
        await audit.NoteAsync(caller, "rotation feed revoke", ct, detail: rotation.Name);
        return new Message($"{(ended == 1 ? "The address" : $"All {ended} addresses")} of the calendar of {new UserText(rotation.Name)} {(ended == 1 ? "opens" : "open")} nothing any more. {ReasonText.Line("rotation feed", rotation):code} makes a fresh one.");
    }

    private static string RevokeLine(Rotation rotation) => ReasonText.Line("rotation feed", rotation) + " revoke";
}
