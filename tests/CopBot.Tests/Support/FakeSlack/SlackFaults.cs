using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>One way in which Slack fails to answer well.</summary>
public sealed record SlackFault(string Name)
{
    public int Code { get; private init; } = 200;
    public string Body { get; private init; } = "";
    public string ContentType { get; private init; } = "text/plain";

    /// <summary>The header as it is sent; none where it is left out.</summary>
    public string? RetryAfter { get; private init; }
    public TimeSpan Delay { get; private init; }
    public string Error { get; private init; } = "";

    /// <summary>429 with Retry-After; nothing is done.</summary>
    public static SlackFault RateLimited(int retryAfterSeconds) => RateLimited(retryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>429 with any Retry-After, or with none.</summary>
    public static SlackFault RateLimited(string? retryAfter) => new("rate limited") { Code = 429, RetryAfter = retryAfter, Body = """{"ok":false,"error":"ratelimited"}""", ContentType = "application/json" };

    /// <summary>Any status and body; nothing is done.</summary>
    public static SlackFault Status(int code, string body = "") => new("status") { Code = code, Body = body };

    /// <summary>200 with ok:false; nothing is done.</summary>
    public static SlackFault NotOk(string error) => new("not ok") { Error = error };

    /// <summary>The connection is closed; nothing is done.</summary>
    public static SlackFault CutBefore { get; } = new("cut before");

    /// <summary>It is done, and then the connection is closed without an answer.</summary>
    public static SlackFault CutAfter { get; } = new("cut after");

    /// <summary>It is done and answered, but late.</summary>
    public static SlackFault Slow(TimeSpan delay) => new("slow") { Delay = delay };

    /// <summary>A proxy's page with status 200 in place of an answer; nothing is done.</summary>
    public static SlackFault Html { get; } = new("html") { Body = "<!DOCTYPE html><title>Slack</title><p>Something went wrong", ContentType = "text/html; charset=utf-8" };

    /// <summary>200 and no body; nothing is done.</summary>
    public static SlackFault Empty { get; } = new("empty") { ContentType = "application/json" };
}

/// <summary>The script of failures. Methods are named as in the Web API; <c>response_url</c>, <c>link</c> (opening a socket) and <c>*</c> count too.</summary>
public sealed class SlackFaults
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<SlackFault>> next = [];
    private readonly List<(string Method, SlackFault Fault, Func<bool>? Until, Func<JsonObject, bool>? Only)> always = [];
    private readonly List<(string Method, SlackFault Fault)> hits = [];

    /// <summary>Every call that met a failure, in order.</summary>
    public IReadOnlyList<(string Method, SlackFault Fault)> Hits
    {
        get
        {
            lock (gate)
                return [.. hits];
        }
    }

    /// <summary>The next calls of the method meet these failures, one each.</summary>
    public void Next(string method, params SlackFault[] faults)
    {
        lock (gate)
        {
            if (!next.TryGetValue(method, out var queue))
                next[method] = queue = [];
            foreach (var fault in faults)
                queue.Enqueue(fault);
        }
    }

    /// <summary>Every call of the method (<c>*</c>: of any) meets the failure until the condition holds or <see cref="Clear"/>; only those whose arguments are so, where that is given.</summary>
    public void Always(string method, SlackFault fault, Func<bool>? until = null, Func<JsonObject, bool>? only = null)
    {
        lock (gate)
            always.Add((method, fault, until, only));
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

    internal SlackFault? Take(string method, JsonObject? args = null)
    {
        lock (gate)
        {
            always.RemoveAll(entry => entry.Until?.Invoke() == true);
            var fault = TakeNext(method) ?? TakeNext("*") ?? always.FirstOrDefault(entry => (entry.Method == method || entry.Method == "*") && entry.Only?.Invoke(args ?? []) != false).Fault;
            if (fault is not null)
                hits.Add((method, fault));
            return fault;
        }
    }

    private SlackFault? TakeNext(string method) => next.TryGetValue(method, out var queue) && queue.TryDequeue(out var fault) ? fault : null;
}
