using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>What is to outlive the process: the sessions, so that the next one goes on with them, and how often the bot introduced itself lately.</summary>
public sealed class GatewayBook(Store store, TimeProvider time)
{
    /// <summary>
    /// Introductions in a day. Discord allows 1,000 and takes the token away from whoever exceeds that (events/gateway, “Session Start Limit”), so the
    /// bot stops far below it, whatever happens and however often it is started.
    /// </summary>
    public const int MostIdentifies = 100;

    private const int Community = Core.Storage.Community.First;

    // A session is of one shard among so many: with another number of shards the same servers would come twice.
    private static int Key(ShardPlan plan) => (plan.Shards * 10_000) + plan.Shard;

    /// <summary>The session of a shard; null where there is none to go on with.</summary>
    internal Task<GatewaySession?> LoadAsync(ShardPlan plan, CancellationToken ct) => store.ReadAsync(Community, (work, token) => work.Sql.FirstAsync(
        $"select session, address, sequence from discord_sessions where community_id = {Community} and shard = {Key(plan)}",
        row => (GatewaySession?)new GatewaySession(row.Text(0), row.Text(1), row.Long(2)), token), ct);

    internal Task SaveAsync(ShardPlan plan, GatewaySession session, CancellationToken ct) => store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
        $"""
        insert into discord_sessions (community_id, shard, session, address, sequence) values ({Community}, {Key(plan)}, {session.Id}, {session.Address}, {session.Sequence})
        on conflict (community_id, shard) do update set session = excluded.session, address = excluded.address, sequence = excluded.sequence
        """, token), ct);

    internal Task ForgetAsync(ShardPlan plan, CancellationToken ct) => store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
        $"delete from discord_sessions where community_id = {Community} and shard = {Key(plan)}", token), ct);

    /// <summary>Notes that the bot is about to introduce itself; where it did so too often in the last day, gives how long to wait and notes nothing.</summary>
    public Task<Duration> TakeIdentifyAsync(CancellationToken ct)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return store.WriteAsync(Community, async (work, token) =>
        {
            await work.Sql.ExecuteAsync($"delete from discord_identifies where community_id = {Community} and at <= {now - Duration.FromDays(1)}", token);
            var (count, oldest) = await work.Sql.FirstAsync(
                $"select count(*), coalesce(min(at), 0) from discord_identifies where community_id = {Community}", row => (row.Int(0), row.Instant(1)), token);
            if (count >= MostIdentifies)
                return oldest + Duration.FromDays(1) - now;
            await work.Sql.ExecuteAsync($"insert into discord_identifies (community_id, at) values ({Community}, {now})", token);
            return Duration.Zero;
        }, ct);
    }

    /// <summary>Takes the last note back: the bot did not get as far as introducing itself.</summary>
    public Task GiveBackAsync(CancellationToken ct) => store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
        $"delete from discord_identifies where community_id = {Community} and at = (select max(at) from discord_identifies where community_id = {Community})", token), ct);
}
