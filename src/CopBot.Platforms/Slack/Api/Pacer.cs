using System.Collections.Concurrent;
using NodaTime;

namespace CopBot.Platforms.Slack.Api;

/// <summary>
/// Keeps calls within a rate per key, and away from a key while Slack asked for a rest. It never waits itself: it says how long there is to wait.
/// </summary>
public sealed class Pacer(TimeProvider time)
{
    /// <summary>How many times as fast as asked everything may go; more than 1 only where nobody counts.</summary>
    public double Faster { get; init; } = 1;

    // Beyond so many keys the ones at rest are forgotten.
    private const int MostKeys = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> buckets = new();

    /// <summary>Takes one from a key's allowance; zero when it may be used now, else how long until then, and nothing is taken.</summary>
    /// <param name="key">What is limited, such as a method in a workspace.</param>
    /// <param name="perSecond">How many come back each second.</param>
    /// <param name="burst">How many may be used at once.</param>
    public Duration Take(string key, double perSecond, int burst)
    {
        if (buckets.Count > MostKeys)
            Forget();
        return buckets.GetOrAdd(key, _ => new Bucket(burst * Faster)).Take(Now(), perSecond * Faster, (int)(burst * Faster));
    }

    /// <summary>Lets a key rest, as Slack asked.</summary>
    public void Rest(string key, Duration wait) => buckets.GetOrAdd(key, _ => new Bucket(0)).RestUntil(Now() + wait.ToTimeSpan());

    private DateTimeOffset Now() => time.GetUtcNow();

    private void Forget()
    {
        foreach (var (key, bucket) in buckets)
        {
            if (bucket.IsIdle(Now()))
                buckets.TryRemove(key, out _);
        }
    }

    private sealed class Bucket(double first)
    {
        private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

        private readonly Lock guard = new();
        private double left = first;
        private DateTimeOffset looked = DateTimeOffset.MinValue;
        private DateTimeOffset rests = DateTimeOffset.MinValue;

        public Duration Take(DateTimeOffset now, double perSecond, int burst)
        {
            lock (guard)
            {
                if (rests > now)
                    return Duration.FromTimeSpan(rests - now);
                if (looked == DateTimeOffset.MinValue || looked > now)
                    looked = now;
                left = Math.Min(burst, left + (now - looked).TotalSeconds * perSecond);
                looked = now;
                if (left >= 1)
                {
                    left--;
                    return Duration.Zero;
                }

                return Duration.FromSeconds((1 - left) / perSecond);
            }
        }

        public void RestUntil(DateTimeOffset until)
        {
            lock (guard)
                rests = until > rests ? until : rests;
        }

        public bool IsIdle(DateTimeOffset now)
        {
            lock (guard)
                return rests < now && looked < now - Idle;
        }
    }
}
