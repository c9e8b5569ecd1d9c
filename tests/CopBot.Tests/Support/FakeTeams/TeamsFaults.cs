namespace CopBot.Tests.Support.FakeTeams;

/// <summary>A failure on the way, for one request.</summary>
public sealed record TeamsFault(string Name)
{
    public int Code { get; init; }
    public string Body { get; init; } = "";
    public string ContentType { get; init; } = "application/json";
    public TimeSpan Delay { get; init; }

    /// <summary>What <c>Retry-After</c> says, seconds or a date; null: nothing.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    /// <summary>Any status and body; nothing is done.</summary>
    public static TeamsFault Status(int code, string body = "") => new("status") { Code = code, Body = body, ContentType = body.StartsWith('{') ? "application/json" : "text/html" };

    /// <summary>A status with Microsoft's error body; nothing is done.</summary>
    public static TeamsFault Error(int code, string error, string text = "Something failed.") =>
        new("status") { Code = code, Body = new System.Text.Json.Nodes.JsonObject { ["error"] = new System.Text.Json.Nodes.JsonObject { ["code"] = error, ["message"] = text } }.ToJsonString() };

    /// <summary>429 that says in seconds, or not at all, when to come again; nothing is done.</summary>
    public static TeamsFault Limited(double? seconds = null) => new("status")
    {
        Code = 429,
        Body = """{"error":{"code":"TooManyRequests","message":"Too many requests."}}""",
        RetryAfter = seconds is { } wait ? Math.Ceiling(wait).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
    };

    /// <summary>429 that names the time at which to come again; nothing is done.</summary>
    public static TeamsFault LimitedUntil(DateTimeOffset time) => Limited() with { RetryAfter = time.ToString("R") };

    /// <summary>A page in HTML, such as a proxy's; nothing is done.</summary>
    public static TeamsFault Html(int code = 502) => Status(code, "<!doctype html><title>Bad gateway</title><h1>Our services aren't available right now</h1>");

    /// <summary>The connection is closed; nothing is done.</summary>
    public static TeamsFault CutBefore { get; } = new("cut before");

    /// <summary>It is done, and then the connection is closed without an answer.</summary>
    public static TeamsFault CutAfter { get; } = new("cut after");

    /// <summary>It is done, and answered with this status all the same.</summary>
    public static TeamsFault DoneBut(int code, string body = "") => Status(code, body) with { Name = "done but" };

    /// <summary>It is done and answered, but late (real time).</summary>
    public static TeamsFault Slow(TimeSpan delay) => new("slow") { Delay = delay };

    /// <summary>It is done, and the answer has ten megabytes.</summary>
    public static TeamsFault Huge { get; } = new("huge");

    /// <summary>The caller is sent to another place; nothing is done.</summary>
    public static TeamsFault Redirect(Uri to) => new("status") { Code = 307, Location = to };
}

/// <summary>The script of failures. Routes are named as <see cref="TeamsRequest.Route"/>; <c>*</c> is any.</summary>
public sealed class TeamsFaults
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<TeamsFault>> next = [];
    private readonly List<(string Route, Func<TeamsFault> Fault, Func<bool>? Until, Func<TeamsRequest, bool>? Only)> always = [];
    private readonly List<(string Route, TeamsFault Fault)> hits = [];

    /// <summary>Every request that met a failure, in order.</summary>
    public IReadOnlyList<(string Route, TeamsFault Fault)> Hits
    {
        get
        {
            lock (gate)
                return [.. hits];
        }
    }

    /// <summary>The next requests on the route meet these failures, one each.</summary>
    public void Next(string route, params TeamsFault[] faults)
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
    public void Always(string route, TeamsFault fault, Func<bool>? until = null, Func<TeamsRequest, bool>? only = null) => Always(route, () => fault, until, only);

    /// <summary>The same with a failure that is thought up for each.</summary>
    public void Always(string route, Func<TeamsFault> fault, Func<bool>? until = null, Func<TeamsRequest, bool>? only = null)
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

    internal TeamsFault? Take(TeamsRequest request)
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

    private TeamsFault? TakeNext(string route) => next.TryGetValue(route, out var queue) && queue.TryDequeue(out var fault) ? fault : null;
}
