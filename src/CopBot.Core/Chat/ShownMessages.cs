using CopBot.Core.Storage;

namespace CopBot.Core.Chat;

/// <summary>What stands in channels and is brought up to date, as it is now. A platform that <see cref="IPlatform.Refreshes"/> keeps its newest wording in the outbox.</summary>
public sealed class ShownMessages(Work work, IDirectory directory)
{
    /// <summary>The newest wording of a message, by the id that the platform gave it; null where it is none of these, or nothing of it is kept any more.</summary>
    public async Task<Delivery?> NowAsync(Place place, string messageId, CancellationToken ct)
    {
        var newest = await work.Sql.FirstAsync(
            $"""
            select o.id, o.body, o.created_at, o.shown_as, o.thread from shown_messages s
            join outbox o on o.platform = s.platform and o.workspace = s.workspace and o.place = s.place and o.shown_as = s.shown_as
            where s.community_id = {work.CommunityId} and s.platform = {place.Platform} and s.workspace = {place.Workspace} and s.place = {place.Id} and s.message_id = {messageId}
            order by o.id desc limit 1
            """,
            row => (Id: row.Long(0), Message: Message.FromJson(row.Text(1)), At: row.Instant(2), ShownAs: row.Text(3), Thread: row.TextOrNull(4)), ct);
        if (newest.Message is null)
            return null;

        var people = MessagePeople.Of(newest.Message);
        return new Delivery(newest.Id, work.CommunityId, place with { Thread = newest.Thread }, null, newest.Message, await directory.NamesAsync(people, place, null, ct), newest.At)
        {
            Accounts = await directory.AccountsAsync(people, place, ct),
            ShownAs = newest.ShownAs,
        };
    }

    /// <summary>Forgets the wordings before the one that stands now.</summary>
    internal static Task ForgetBeforeAsync(Work work, Letter letter, CancellationToken ct) => work.Sql.ExecuteAsync(
        $"""
        delete from outbox where community_id = {work.CommunityId} and platform = {letter.Place.Platform} and workspace = {letter.Place.Workspace} and place = {letter.Place.Id}
        and shown_as = {letter.ShownAs} and state = {OutboxState.Sent} and id < {letter.Id}
        """, ct);
}
