using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Rate limits: buckets by route and major parameter, the global one, and the count of invalid requests that ends in a ban.</summary>
public sealed class DiscordLimits(DiscordServer server)
{
    private readonly Dictionary<string, (int Limit, TimeSpan Window)> set = [];
    private readonly Dictionary<string, (int Used, DateTimeOffset Until)> buckets = [];
    private readonly Queue<DateTimeOffset> invalid = new();
    private (int Used, DateTimeOffset Until) global;

    /// <summary>Requests a second for the bot over all routes (Discord: 50); 0 is no limit.</summary>
    public int Global { get; set; }

    /// <summary>What routes get that have no limit of their own.</summary>
    public (int Limit, TimeSpan Window) Usual { get; set; } = (1000, TimeSpan.FromSeconds(1));

    /// <summary>How many invalid requests in ten minutes end in a ban of the address.</summary>
    public int InvalidAllowed { get; set; } = 10_000;

    /// <summary>Answers 401, 403, and 429 that was not shared, so far.</summary>
    public int InvalidRequests { get; private set; }

    /// <summary>The most of them within any ten minutes.</summary>
    public int MostInvalidInTenMinutes { get; private set; }

    /// <summary>Too many: Cloudflare answers everything.</summary>
    public bool Banned { get; private set; }

    /// <summary>Limits a route, named as <see cref="DiscordRequest.Route"/>.</summary>
    public void Set(string route, int limit, TimeSpan window)
    {
        lock (server.Gate)
            set[route] = (limit, window);
    }

    /// <summary>Counts a request in its bucket and writes the headers; the fault to answer with where there is nothing left.</summary>
    internal DiscordFault? Count(DiscordRequest request, string major, bool countsGlobally, IHeaderDictionary headers)
    {
        var now = server.Clock.GetUtcNow();
        if (Global > 0 && countsGlobally)
        {
            if (now >= global.Until)
                global = (0, now.AddSeconds(1));
            if (++global.Used > Global)
                return DiscordFault.GloballyLimited((global.Until - now).TotalSeconds);
        }
        var (limit, window) = set.TryGetValue(request.Route, out var own) ? own : Usual;
        var key = $"{request.Route}|{major}";
        var (used, until) = buckets.TryGetValue(key, out var bucket) && now < bucket.Until ? bucket : (0, now + window);
        buckets[key] = (++used, until);
        Write(headers, request.Route, limit, Math.Max(0, limit - used), until, now);
        return used > limit ? DiscordFault.RouteLimited((until - now).TotalSeconds) : null;
    }

    /// <summary>The name of a bucket: a hash, the same for all major parameters.</summary>
    internal static string Hash(string route) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(route)))[..32];

    internal static void Write(IHeaderDictionary headers, string route, int limit, int remaining, DateTimeOffset until, DateTimeOffset now)
    {
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = (until.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset-After"] = (until - now).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Bucket"] = Hash(route);
    }

    internal void Answered(int status, string? scope)
    {
        if (status is not (401 or 403) && (status != 429 || scope == "shared"))
            return;
        var now = server.Clock.GetUtcNow();
        InvalidRequests++;
        invalid.Enqueue(now);
        while (invalid.TryPeek(out var oldest) && oldest <= now.AddMinutes(-10))
            invalid.Dequeue();
        MostInvalidInTenMinutes = Math.Max(MostInvalidInTenMinutes, invalid.Count);
        Banned |= invalid.Count > InvalidAllowed;
    }
}
