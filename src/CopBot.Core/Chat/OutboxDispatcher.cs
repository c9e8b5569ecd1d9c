using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Sends what is in the outbox: in order within a place, places beside each other, each message under a lease with a fence.</summary>
public sealed partial class OutboxDispatcher(
    Store store, Communities communities, IEnumerable<IPlatform> platforms, OutboxSignal signal, TimeProvider time, ILogger<OutboxDispatcher> log)
{
    private const int BatchSize = 200;
    private const int MaxAttempts = 8;
    private static readonly Duration Lease = Duration.FromSeconds(60);

    // Other processes on the same PostgreSQL cannot signal this one.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Sends until stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            signal.Reset();
            try
            {
                await DrainAsync(ct);
                await Task.WhenAny(signal.Signalled, Task.Delay(LookAgain, time, ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                Log.Failed(log, problem);
                await Task.Delay(LookAgain, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Takes back what a process that is gone had claimed, so that nobody waits for its leases to end. Only where one process owns the
    /// database: elsewhere another may be sending it at this moment. What was on its way may be said twice, never not at all.
    /// </summary>
    public async Task TakeBackAsync(CancellationToken ct)
    {
        foreach (var community in communities.Ids)
            await store.WriteAsync(community, (work, token) => work.Sql.ExecuteAsync($"update outbox set lease_until = 0 where state = {OutboxState.Claimed} and community_id = {community}", token), ct);
    }

    /// <summary>Sends all that can be sent now.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        foreach (var community in communities.Ids)
        {
            foreach (var platform in platforms)
            {
                while (await SendBatchAsync(community, platform, ct) > 0)
                    ct.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<int> SendBatchAsync(int community, IPlatform platform, CancellationToken ct)
    {
        var now = Now();
        if (!await store.ReadAsync(community, async (work, token) => await work.Sql.ScalarAsync<int>(
            $"select 1 from outbox where platform = {platform.Name} and state in (0, 1) and lease_until <= {now} and community_id = {community} limit 1", token) == 1, ct))
            return 0;

        var claimed = await store.WriteAsync(community, (work, token) => ClaimAsync(work, platform, now, token), ct);
        var places = claimed.GroupBy(letter => letter.Place).Select(group => SendInOrderAsync(community, platform, group));
        var settled = (await Task.WhenAll(places)).SelectMany(outcomes => outcomes).ToList();
        await store.WriteAsync(community, (work, token) => SettleAsync(work, platform, settled, token), CancellationToken.None);
        return settled.Count(outcome => outcome.Outcome.Kind == SendOutcomeKind.Sent);
    }

    private static async Task<List<Letter>> ClaimAsync(Work work, IPlatform platform, Instant now, CancellationToken ct)
    {
        var lease = now + Lease;
        return [.. (await work.Sql.ListAsync(
            $"""
            update outbox set state = 1, fence = fence + 1, lease_until = {lease}
            where id in (
                select o.id from outbox o
                where o.platform = {platform.Name} and o.state in (0, 1) and o.lease_until <= {now} and o.community_id = {work.CommunityId}
                and not exists (
                    select 1 from outbox e
                    where e.platform = o.platform and e.workspace = o.workspace and e.place = o.place and e.state in (0, 1) and e.id < o.id and e.lease_until > {now})
                order by o.id limit {BatchSize})
            returning id, workspace, place, only_user, body, fence, attempts, created_at, schedule_id
            """,
            row => new Letter(row.Long(0), new Place(platform.Name, row.Text(1), row.Text(2)), row.TextOrNull(3), Message.FromJson(row.Text(4)), row.Long(5), row.Int(6), row.Instant(7), row.IdOrNull(8) is not null), ct))
            .OrderBy(letter => letter.Id)];
    }

    private async Task<List<Settled>> SendInOrderAsync(int community, IPlatform platform, IEnumerable<Letter> letters)
    {
        var settled = new List<Settled>();
        var blocked = false;
        foreach (var letter in letters)
        {
            if (blocked)
            {
                settled.Add(new(letter, new SendOutcome(SendOutcomeKind.RateLimited, Duration.Zero)));
                continue;
            }

            var outcome = await SendAsync(community, platform, letter);
            settled.Add(new(letter, outcome));
            blocked = outcome.Kind is SendOutcomeKind.RateLimited or SendOutcomeKind.Transient;
        }

        return settled;
    }

    // A message that was begun is finished even while the process stops: half a send is the one outcome nobody can settle.
    private async Task<SendOutcome> SendAsync(int community, IPlatform platform, Letter letter)
    {
        Func<PersonId, string> names;
        try
        {
            // A schedule that is cancelled while its message waits here wins.
            if (letter.Scheduled && !await store.ReadAsync(community, (work, token) => IsMineAsync(work, letter, token), CancellationToken.None))
                return new SendOutcome(SendOutcomeKind.Permanent, Problem: "withdrawn");
            names = await store.ReadAsync(community, (work, token) => work.Get<IDirectory>().NamesAsync(MessagePeople.Of(letter.Message), letter.Place, letter.Only, token), CancellationToken.None);
        }
        catch (Exception problem)
        {
            return new SendOutcome(SendOutcomeKind.Transient, Problem: problem.Message);
        }

        try
        {
            return await platform.SendAsync(new Delivery(letter.Id, community, letter.Place, letter.Only, letter.Message, names, letter.CreatedAt), CancellationToken.None);
        }
        catch (Exception problem)
        {
            Log.Threw(log, platform.Name, problem);
            return new SendOutcome(SendOutcomeKind.Unknown, Problem: problem.Message);
        }
    }

    private async Task<int> SettleAsync(Work work, IPlatform platform, List<Settled> settled, CancellationToken ct)
    {
        var now = Now();
        foreach (var (letter, outcome) in settled)
        {
            var attempts = outcome.Kind == SendOutcomeKind.Transient ? letter.Attempts + 1 : letter.Attempts;
            var state = outcome.Kind switch
            {
                SendOutcomeKind.Sent => OutboxState.Sent,
                SendOutcomeKind.Unknown => OutboxState.Unknown,
                SendOutcomeKind.Permanent or SendOutcomeKind.PlaceGone => OutboxState.Parked,
                _ => attempts >= MaxAttempts ? OutboxState.Parked : OutboxState.New,
            };
            var wait = outcome.RetryAfter ?? (outcome.Kind == SendOutcomeKind.Transient ? Duration.FromSeconds(1 << attempts) : Duration.Zero);
            var until = state == OutboxState.New ? now + wait : Instant.FromUnixTimeMilliseconds(0);
            Instant? sentAt = state == OutboxState.Sent ? now : null;
            var mine = state == OutboxState.Sent && !await IsKeptAsync(work, platform, letter, ct)
                ? await work.Sql.ExecuteAsync($"delete from outbox where id = {letter.Id} and state = 1 and fence = {letter.Fence}", ct)
                : await work.Sql.ExecuteAsync($"update outbox set state = {state}, lease_until = {until}, attempts = {attempts}, sent_at = {sentAt}, problem = {outcome.Problem} where id = {letter.Id} and state = 1 and fence = {letter.Fence}", ct);
            if (mine == 0)
                Log.Late(log, letter.Id);
            else if (state is OutboxState.Parked or OutboxState.Unknown)
                Log.NotSent(log, letter.Id, platform.Name, state, outcome.Problem);
        }

        return settled.Count;
    }

    private static async Task<bool> IsMineAsync(Work work, Letter letter, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from outbox where id = {letter.Id} and state = {OutboxState.Claimed} and fence = {letter.Fence}", ct) == 1;

    // Nothing stays of the last word to somebody who asked to be forgotten: their account is gone.
    private static async Task<bool> IsKeptAsync(Work work, IPlatform platform, Letter letter, CancellationToken ct)
    {
        var reader = letter.Only ?? (letter.Place.IsPrivate ? letter.Place.Id[1..] : null);
        if (reader is null || await work.Sql.ScalarAsync<int>($"select 1 from handles where workspace = {letter.Place.Workspace} and user_id = {reader} limit 1", ct) == 1)
            return platform.KeepsTranscript;

        work.ScrubAfterCommit();
        return false;
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private sealed record Letter(long Id, Place Place, string? Only, Message Message, long Fence, int Attempts, Instant CreatedAt, bool Scheduled);

    private sealed record Settled(Letter Letter, SendOutcome Outcome);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Sending from the outbox failed; it goes on in a moment")]
        public static partial void Failed(ILogger log, Exception problem);

        [LoggerMessage(LogLevel.Error, "Sending on {Platform} ended in a defect; whether it was said is unknown")]
        public static partial void Threw(ILogger log, string platform, Exception problem);

        [LoggerMessage(LogLevel.Warning, "Message {Id} was withdrawn, or settled by another sender first")]
        public static partial void Late(ILogger log, long id);

        [LoggerMessage(LogLevel.Warning, "Message {Id} on {Platform} is {State}: {Problem}")]
        public static partial void NotSent(ILogger log, long id, string platform, OutboxState state, string? problem);
    }
}
