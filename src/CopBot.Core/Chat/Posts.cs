using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>
/// The door through which every post goes that nobody asked for. It is said at once unless, in this order, its channel is frozen, the community
/// is outside its working hours, or the channel has heard its budget of the week; then its row waits.
/// </summary>
public sealed class Posts(Work work, Outbox outbox, Freezes freezes, OrderedIds ids, TimeProvider time, DueSignal due)
{
    private static readonly LocalTime DigestTime = new(9, 0);

    /// <summary>Says something in a place, or holds it.</summary>
    public Task PostAsync(PostKind kind, Place place, Message message, Guid? schedule, CancellationToken ct) => PassAsync(
        new HeldPost
        {
            Id = ids.Next(),
            CommunityId = work.CommunityId,
            Kind = kind,
            Platform = place.Platform,
            Workspace = place.Workspace,
            Channel = place.Id,
            ScheduleId = schedule,
            Body = message.ToJson(),
            MeantAt = Now(),
            Because = HeldBecause.Frozen,
        }, ct);

    /// <summary>Lets a post through, or holds it with what it waits for.</summary>
    public async Task PassAsync(HeldPost post, CancellationToken ct)
    {
        var now = Now();
        var community = await Communities.LoadAsync(work, ct);
        var week = WeekOf(now, community.Zone);
        if (await freezes.FindAsync(post.Place, ct) is not null)
            await HoldAsync(post with { Because = HeldBecause.Frozen, ReleaseAt = null }, ct);
        else if (Within(community, now) is var begin && begin > now)
            await HoldAsync(post with { Because = HeldBecause.Hours, ReleaseAt = begin }, ct);
        else if (community.Budget is { } budget && await SaidAsync(post.Place, week, ct) >= budget)
            await HoldAsync(post with { Because = HeldBecause.Budget, ReleaseAt = Within(community, DigestOf(week.PlusDays(7), community.Zone)) }, ct);
        else
            await SayAsync(post, week, ct);
    }

    /// <summary>Looks again at what waits by rules that have changed; what they let through now is said as soon as the clock comes by.</summary>
    public async Task ReconsiderAsync(Community before, Community after, CancellationToken ct)
    {
        if (before.Hours != after.Hours || !before.Zone.Equals(after.Zone))
            await work.Sql.ExecuteAsync($"update held_posts set release_at = {Now()} where community_id = {work.CommunityId} and because <> {HeldBecause.Budget} and release_at is not null", ct);
        if (before.Budget is not null && after.Budget is null)
            await work.Sql.ExecuteAsync($"update held_posts set release_at = {Now()} where community_id = {work.CommunityId} and because = {HeldBecause.Budget}", ct);
        work.AfterCommit(due.Set);
    }

    /// <summary>The first instant at or after another at which the community may be spoken to unasked.</summary>
    public static Instant Within(Community community, Instant at) => community.Hours?.Next(at, community.Zone) ?? at;

    /// <summary>The Monday of the week that an instant falls into.</summary>
    public static LocalDate WeekOf(Instant at, DateTimeZone zone) => at.InZone(zone).Date.PlusDays(1).Previous(IsoDayOfWeek.Monday);

    /// <summary>How many posts a place has heard unasked in the week of a Monday.</summary>
    public Task<int> SaidAsync(Place place, LocalDate week, CancellationToken ct) => work.Sql.ScalarAsync<int>(
        $"select posts from said_posts where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and channel = {place.Id} and week = {week}", ct);

    private static Instant DigestOf(LocalDate monday, DateTimeZone zone) => Occurrences.From(new Recurrence.Once(monday, DigestTime), zone, monday).First().At;

    private async Task SayAsync(HeldPost post, LocalDate week, CancellationToken ct)
    {
        await outbox.PostAsync(post.Place, post.Message, ct, post.ScheduleId);
        await work.Sql.ExecuteAsync(
            $"""
            insert into said_posts (community_id, platform, workspace, channel, week, posts)
            values ({work.CommunityId}, {post.Platform}, {post.Workspace}, {post.Channel}, {week}, {1})
            on conflict (community_id, platform, workspace, channel, week) do update set posts = said_posts.posts + 1
            """, ct);
    }

    private async Task HoldAsync(HeldPost post, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync(
            $"""
            insert into held_posts (id, community_id, kind, platform, workspace, channel, schedule_id, body, meant_at, because, release_at)
            values ({post.Id}, {work.CommunityId}, {post.Kind}, {post.Platform}, {post.Workspace}, {post.Channel}, {post.ScheduleId}, {post.Body}, {post.MeantAt}, {post.Because}, {post.ReleaseAt})
            """, ct);
        work.AfterCommit(due.Set);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
