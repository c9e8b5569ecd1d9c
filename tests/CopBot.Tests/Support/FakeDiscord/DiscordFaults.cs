namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>A failure on the way, for one request to the API.</summary>
public sealed record DiscordFault(string Name)
{
    public int Code { get; init; }
    public string Body { get; init; } = "";
    public string ContentType { get; init; } = "application/json";
    public TimeSpan Delay { get; init; }

    /// <summary>Seconds; null where the answer says nothing about when to come again.</summary>
    public double? RetryAfter { get; init; }

    /// <summary><c>user</c>, <c>global</c>, <c>shared</c>; null: without Discord's headers.</summary>
    public string? Scope { get; init; }

    /// <summary>429 of this route, with Discord's headers and a body; nothing is done.</summary>
    public static DiscordFault RouteLimited(double retryAfter) => new("limited") { Code = 429, RetryAfter = retryAfter, Scope = "user" };

    /// <summary>429 for the bot on all routes; nothing is done.</summary>
    public static DiscordFault GloballyLimited(double retryAfter) => new("limited") { Code = 429, RetryAfter = retryAfter, Scope = "global" };

    /// <summary>429 because of others on the same thing: it does not count as an invalid request.</summary>
    public static DiscordFault SharedLimited(double retryAfter) => new("limited") { Code = 429, RetryAfter = retryAfter, Scope = "shared" };

    /// <summary>Cloudflare's 1015: 429 in HTML, without any of Discord's headers.</summary>
    public static DiscordFault Cloudflare { get; } = new("status") { Code = 429, ContentType = "text/html; charset=UTF-8", Body = "<!doctype html><title>Access denied | discord.com used Cloudflare to restrict access</title><h1>Error 1015</h1><p>You are being rate limited" };

    /// <summary>Any status and body; nothing is done.</summary>
    public static DiscordFault Status(int code, string body = "") => new("status") { Code = code, Body = body, ContentType = body.StartsWith('{') ? "application/json" : "text/html" };

    /// <summary>The connection is closed; nothing is done.</summary>
    public static DiscordFault CutBefore { get; } = new("cut before");

    /// <summary>It is done, and then the connection is closed without an answer.</summary>
    public static DiscordFault CutAfter { get; } = new("cut after");

    /// <summary>It is done and answered, but late (real time).</summary>
    public static DiscordFault Slow(TimeSpan delay) => new("slow") { Delay = delay };
}

/// <summary>The script of failures. Routes are named as <see cref="DiscordRequest.Route"/>; <c>*</c> is any.</summary>
public sealed class DiscordFaults
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DiscordFault>> next = [];
    private readonly List<(string Route, Func<DiscordFault> Fault, Func<bool>? Until, Func<DiscordRequest, bool>? Only)> always = [];
    private readonly List<(string Route, DiscordFault Fault)> hits = [];

    /// <summary>Every request that met a failure, in order.</summary>
    public IReadOnlyList<(string Route, DiscordFault Fault)> Hits
    {
        get
        {
            lock (gate)
                return [.. hits];
        }
    }

    /// <summary>The next requests on the route meet these failures, one each.</summary>
    public void Next(string route, params DiscordFault[] faults)
    {
        lock (gate)
        {
            if (!next.TryGetValue(route, out var queue))
                next[route] = queue = [];
            foreach (var fault in faults)
                queue.Enqueue(fault);
        }
    }

    /// <summary>Every request on the route meets the failure until the condition holds or <see cref="Clear"/>; only those that are so, where that is given.</summary>
    public void Always(string route, DiscordFault fault, Func<bool>? until = null, Func<DiscordRequest, bool>? only = null) => Always(route, () => fault, until, only);

    /// <summary>The same with a failure that is thought up for each, such as one whose pause shrinks.</summary>
    public void Always(string route, Func<DiscordFault> fault, Func<bool>? until = null, Func<DiscordRequest, bool>? only = null)
    {
        lock (gate)
            always.Add((route, fault, until, only));
    }

    /// <summary>No more failures; what was met stays recorded.</summary>
    public void Clear()
    {
        lock (gate)
        {
            next.Clear();
            always.Clear();
        }
    }

    internal DiscordFault? Take(DiscordRequest request)
    {
        lock (gate)
        {
            always.RemoveAll(entry => entry.Until?.Invoke() == true);
            var fault = TakeNext(request.Route) ?? TakeNext("*") ?? always.Find(entry => (entry.Route == request.Route || entry.Route == "*") && entry.Only?.Invoke(request) != false).Fault?.Invoke();
            if (fault is not null)
                hits.Add((request.Route, fault));
            return fault;
        }
    }

    private DiscordFault? TakeNext(string route) => next.TryGetValue(route, out var queue) && queue.TryDequeue(out var fault) ? fault : null;
}
