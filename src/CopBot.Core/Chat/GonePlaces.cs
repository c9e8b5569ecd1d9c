using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Channels that no longer exist for the bot. Nothing is posted there until it is let in again; the leads are told once.</summary>
public sealed class GonePlaces(Work work, Outbox outbox, Leads leads, TimeProvider time, IEnumerable<IPlatform> platforms)
{
    // What was meant for a channel longer ago is no news any more.
    private static readonly Duration Fresh = Duration.FromDays(1);

    /// <summary>All of the community.</summary>
    public Task<List<Place>> ListAsync(CancellationToken ct) =>
        work.Sql.ListAsync($"select platform, workspace, place from gone_places where community_id = {work.CommunityId}", row => new Place(row.Text(0), row.Text(1), row.Text(2)), ct);

    /// <summary>Notes that a channel is gone, and why in half a sentence such as <c>it was archived</c>; tells the leads when that is new.</summary>
    public async Task SetAsync(Place place, string reason, CancellationToken ct)
    {
        if (place.IsPrivate || await work.Sql.ExecuteAsync(
            $"""
            insert into gone_places (community_id, platform, workspace, place, since, reason) values ({work.CommunityId}, {place.Platform}, {place.Workspace}, {place.Id}, {Now()}, {reason})
            on conflict (community_id, platform, workspace, place) do nothing
            """, ct) == 0)
            return;

        var name = new UserText(platforms.FirstOrDefault(platform => platform.Name == place.Platform)?.ChannelName(place) ?? place.Id);
        var says = new Message(
            $"I can no longer post in {name}: {new RichText([new Run.Words(reason)])}. Nothing of the League is lost. Let me in again, and what waited there for less than a day follows; or give another channel with {"settings channel=#name":code} or {"subscribe":code}.");
        foreach (var lead in await leads.ListAsync(ct))
            await outbox.TellAsync(lead, says, ct);
    }

    /// <summary>Notes that the bot is let in again: what waited there goes out, unless it is older than a day.</summary>
    public async Task ReturnAsync(Place place, CancellationToken ct)
    {
        if (await work.Sql.ExecuteAsync($"delete from gone_places where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and place = {place.Id}", ct) == 0)
            return;

        var since = Now() - Fresh;
        await work.Sql.ExecuteAsync(
            $"""
            update outbox set state = {OutboxState.New}, lease_until = {0}, problem = null
            where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and place = {place.Id} and state = {OutboxState.Gone} and created_at > {since}
            """, ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
