using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Noise;

/// <summary>Says what waited, a channel at a time, once what it waited for has come.</summary>
public sealed class Release(Work work, Posts posts, Outbox outbox, Freezes freezes) : IDueWork
{
    // No id of a platform has a line break in it.
    private const char Between = '\n';

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"""
            select min(release_at), platform, workspace, channel from held_posts where community_id = {work.CommunityId} and release_at is not null
            group by platform, workspace, channel order by min(release_at), platform, workspace, channel limit {limit}
            """,
            row => new Due(row.Instant(0), string.Join(Between, row.Text(1), row.Text(2), row.Text(3))), ct);

    public Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var key = due.Key.Split(Between);
        return OfAsync(new Place(key[0], key[1], key[2]), now, ct);
    }

    /// <summary>Says all that waits in a channel for its thaw, as soon as the hours allow it; gives how many posts that are.</summary>
    public async Task<int> ThawAsync(Place place, Instant now, CancellationToken ct)
    {
        var waiting = await work.Sql.ExecuteAsync($"update held_posts set release_at = {now} where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and channel = {place.Id} and release_at is null", ct);
        await OfAsync(place, now, ct);
        return waiting;
    }

    private async Task OfAsync(Place place, Instant now, CancellationToken ct)
    {
        var ready = await work.Db.Set<HeldPost>()
            .Where(post => post.Platform == place.Platform && post.Workspace == place.Workspace && post.Channel == place.Id && post.ReleaseAt <= now)
            .OrderBy(post => post.MeantAt).ThenBy(post => post.Id).ToListAsync(ct);
        if (ready.Count == 0)
            return;

        var community = await Communities.LoadAsync(work, ct);
        if (await freezes.FindAsync(place, ct) is not null)
        {
            await WaitAsync(ready, HeldBecause.Frozen, null, ct);
            return;
        }

        if (Posts.Within(community, now) is var begin && begin > now)
        {
            await WaitAsync(ready, null, begin, ct);
            return;
        }

        foreach (var post in ready)
            await work.Sql.ExecuteAsync($"delete from held_posts where id = {post.Id}", ct);

        // What only waited for the morning is said as it is, within the week's budget, and what a schedule said time and again meanwhile once, as it
        // was last; the rest is told in one message, which does not count.
        var bundled = ready.Where(post => post.Because != HeldBecause.Hours).ToList();
        if (bundled.Count > 0)
            await outbox.PostAsync(place, CatchUp.Of(bundled, community), ct, bundled.Select(post => post.ScheduleId).Distinct().Count() == 1 ? bundled[0].ScheduleId : null);
        var morning = ready.Where(post => post.Because == HeldBecause.Hours).ToList();
        foreach (var post in morning.Where(post => post.ScheduleId is null || post == morning.Last(other => other.ScheduleId == post.ScheduleId)))
            await posts.PassAsync(post, ct);
    }

    private async Task WaitAsync(IReadOnlyList<HeldPost> ready, HeldBecause? because, Instant? until, CancellationToken ct)
    {
        foreach (var post in ready)
            await work.Sql.ExecuteAsync($"update held_posts set because = {because ?? post.Because}, release_at = {until} where id = {post.Id}", ct);
    }
}
