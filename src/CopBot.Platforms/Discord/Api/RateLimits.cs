using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using NodaTime;

namespace CopBot.Platforms.Discord.Api;

/// <summary>
/// What may be asked now (docs.discord.com/developers/topics/rate-limits). Buckets are learnt from the headers of answers and never assumed. Who asks
/// too much although told not to is shut out by address, so the bot stops long before that.
/// </summary>
public sealed class RateLimits(TimeProvider time)
{
    /// <summary>Requests a second over all; interactions are answered beside them.</summary>
    public const int PerSecond = 50;

    /// <summary>Answers of 401, 403 and 429 in ten minutes after which nothing is asked any more; at 10,000 Discord shuts the address out.</summary>
    public const int MostInvalid = 500;

    /// <summary>What <see cref="PerSecond"/> is held to; tests whose clock stands need more.</summary>
    public int Most { get; init; } = PerSecond;

    private static readonly Duration InvalidWindow = Duration.FromMinutes(10);

    // Beyond so many what has long been filled again is forgotten.
    private const int MostBuckets = 5_000;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, string> bucketOf = new();
    private readonly Dictionary<string, Bucket> buckets = [];
    private readonly Queue<Instant> lately = new();
    private readonly Queue<Instant> invalid = new();
    private Instant shut = Instant.MinValue;

    /// <summary>Takes the right to ask; gives how long to wait where there is none now.</summary>
    public Duration Take(DiscordRoute route)
    {
        var now = Now();
        lock (gate)
        {
            while (invalid.TryPeek(out var first) && first < now - InvalidWindow)
                invalid.Dequeue();
            if (invalid.Count >= MostInvalid)
                return invalid.Peek() + InvalidWindow - now;
            if (!route.ByInteraction && shut > now)
                return shut - now;

            var bucket = buckets.GetValueOrDefault(KeyOf(route));
            if (bucket is { Left: <= 0 } && bucket.ResetsAt > now)
                return bucket.ResetsAt - now;
            if (!route.ByInteraction)
            {
                while (lately.TryPeek(out var oldest) && oldest <= now - Duration.FromSeconds(1))
                    lately.Dequeue();
                if (lately.Count >= Most)
                    return lately.Peek() + Duration.FromSeconds(1) - now;
                lately.Enqueue(now);
            }

            if (bucket is not null)
                bucket.Left = bucket.ResetsAt <= now ? bucket.Size - 1 : bucket.Left - 1;
            return Duration.Zero;
        }
    }

    /// <summary>Learns from the headers of an answer.</summary>
    public void Learn(DiscordRoute route, int status, HttpResponseHeaders headers, DiscordAnswer answer)
    {
        var now = Now();
        var scope = Header(headers, "X-RateLimit-Scope");
        lock (gate)
        {
            if (status is 401 or 403 || (status == 429 && scope != "shared"))
                invalid.Enqueue(now);
            if (Header(headers, "X-RateLimit-Bucket") is { } name)
            {
                bucketOf[$"{route.Method} {route.Template}"] = name;
                if (Number(headers, "X-RateLimit-Remaining") is { } left && Number(headers, "X-RateLimit-Reset-After") is { } after)
                {
                    if (buckets.Count > MostBuckets)
                        Forget(now);
                    buckets[KeyOf(route)] = new Bucket { Size = Math.Max(1, (int)(Number(headers, "X-RateLimit-Limit") ?? 1)), Left = (int)left, ResetsAt = now + Duration.FromSeconds(after) };
                }
            }

            if (status != 429)
                return;

            // One without a word from Discord comes from what stands before it, and is for everything.
            var rest = now + (answer.RetryAfter ?? Duration.FromSeconds(5));
            if (scope == "global" || Header(headers, "X-RateLimit-Global") is not null || answer.Json is null || answer.Body.Flag("global"))
                shut = Instant.Max(shut, rest);
            else
                buckets[KeyOf(route)] = new Bucket { Size = 1, Left = 0, ResetsAt = rest };
        }
    }

    private void Forget(Instant now)
    {
        foreach (var key in buckets.Where(one => one.Value.ResetsAt < now).Select(one => one.Key).ToList())
            buckets.Remove(key);
    }

    private string KeyOf(DiscordRoute route) => $"{bucketOf.GetValueOrDefault($"{route.Method} {route.Template}", $"{route.Method} {route.Template}")} {route.Major}";

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 86_400 ? number : null;

    private sealed class Bucket
    {
        public int Size { get; init; }

        public int Left { get; set; }

        public Instant ResetsAt { get; init; }
    }
}
