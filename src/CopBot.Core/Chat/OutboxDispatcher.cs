using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Sends what is in the outbox: in order within a place, places beside each other, platforms apart, each message under a lease with a fence.</summary>
public sealed partial class OutboxDispatcher(
    Store store, Communities communities, IEnumerable<IPlatform> platforms, OutboxSignal signal, TimeProvider time, ILogger<OutboxDispatcher> log)
{
    // Other processes on the same PostgreSQL cannot signal this one.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Sends until stopped. A platform that is slow or away holds up no other.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(platforms.Select(platform => RunAsync(platform, ct)));

    private async Task RunAsync(IPlatform platform, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var woken = signal.Next;
            try
            {
                var wait = await DrainAsync(platform, ct);
                await Task.WhenAny(woken, Task.Delay(wait, time, ct));
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
        foreach (var platform in platforms)
            await DrainAsync(platform, ct);
    }

    // Gives how long there is nothing to do: what was put off may be due before one looks again.
    private async Task<TimeSpan> DrainAsync(IPlatform platform, CancellationToken ct)
    {
        var wait = LookAgain;
        foreach (var community in communities.Ids)
        {
            while (await SendBatchAsync(community, platform, ct) is { } settled)
            {
                ct.ThrowIfCancellationRequested();
                foreach (var put in settled.Where(one => one.State == OutboxState.New && one.Wait > Duration.Zero))
                    wait = TimeSpan.FromTicks(Math.Min(wait.Ticks, put.Wait.BclCompatibleTicks));
                if (!settled.Any(one => one.State == OutboxState.Sent))
                    break;
            }
        }

        return wait;
    }

    private async Task<IReadOnlyList<Settled>?> SendBatchAsync(int community, IPlatform platform, CancellationToken ct)
    {
        var now = Now();
        if (!await store.ReadAsync(community, (work, token) => Letters.WaitAsync(work, platform, now, token), ct))
            return null;

        var claimed = await store.WriteAsync(community, (work, token) => Letters.ClaimAsync(work, platform, now, token), ct);
        var channels = claimed.GroupBy(letter => letter.Place with { Thread = null }).Select(group => SendInOrderAsync(community, platform, group, now + Letters.BegunWithin));
        var settled = (await Task.WhenAll(channels)).SelectMany(outcomes => outcomes).ToList();
        var late = await store.WriteAsync(community, (work, token) => Letters.SettleAsync(work, platform, settled, Now(), token), CancellationToken.None);
        foreach (var one in settled)
        {
            if (late.Contains(one.Letter.Id))
                Log.Late(log, one.Letter.Id);
            else if (one.State is OutboxState.Parked or OutboxState.Unknown or OutboxState.Gone)
                Log.NotSent(log, one.Letter.Id, platform.Name, one.State, one.Outcome.Problem);
        }

        return settled;
    }

    private async Task<List<Settled>> SendInOrderAsync(int community, IPlatform platform, IEnumerable<Letter> letters, Instant until)
    {
        var settled = new List<Settled>();
        var blocked = false;
        foreach (var letter in letters)
        {
            // What brings another up to date needs to know what that is called, and that is noted with the batch.
            blocked |= letter.ShownAs is { } shown && settled.Any(before => before.Letter.ShownAs == shown);
            blocked |= Now() > until;
            if (blocked)
            {
                settled.Add(Settled.Behind(letter));
                continue;
            }

            var one = await SendAsync(community, platform, letter);
            settled.Add(one);
            blocked = one.State == OutboxState.New;
        }

        return settled;
    }

    // A message that was begun is finished even while the process stops: half a send is the one outcome nobody can settle.
    private async Task<Settled> SendAsync(int community, IPlatform platform, Letter letter)
    {
        Delivery? delivery;
        try
        {
            delivery = await store.ReadAsync(community, (work, token) => Letters.AddressAsync(work, platform, letter, token), CancellationToken.None);
        }
        catch (Exception problem)
        {
            return Settled.Of(letter, new SendOutcome(SendOutcomeKind.Transient, Problem: problem.Message), platform, Now());
        }

        // A schedule that is cancelled while its message waits here wins.
        if (delivery is null)
            return Settled.Of(letter, new SendOutcome(SendOutcomeKind.Permanent, Problem: "withdrawn"), platform, Now());

        try
        {
            if (letter.Doubtful && platform.Remembers)
            {
                var fate = await platform.FateAsync(delivery, CancellationToken.None);
                if (Settled.Of(letter, fate, Now()) is { } known)
                    return known;
            }

            // What waits behind others when the process dies was certainly not said; without this it would count as doubtful with them.
            if ((letter.Only is not null || platform.Forgets) && platform.Remembers && !await store.WriteAsync(community, (work, token) => Letters.BeginAsync(work, letter, token), CancellationToken.None))
                return Settled.Behind(letter);

            return Settled.Of(letter, await platform.SendAsync(delivery, CancellationToken.None), platform, Now());
        }
        catch (Exception problem)
        {
            Log.Threw(log, platform.Name, problem);
            return Settled.Of(letter, new SendOutcome(SendOutcomeKind.Unknown, Problem: problem.Message), platform, Now());
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

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
