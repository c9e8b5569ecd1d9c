using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>The front door of the API: who asks, may they, is it well formed, and who answers it.</summary>
internal sealed partial class DiscordRest(DiscordServer server)
{
    // Of two paths that fit, the one that is spelt out comes first.
    internal static readonly DiscordRoute[] All =
    [
        .. ApplicationRoutes.All, .. ChannelRoutes.All, .. MessageRoutes.All, .. ThreadRoutes.All, .. InteractionRoutes.All, .. FollowUpRoutes.All, .. GuildRoutes.All, .. ScheduledEventRoutes.All,
    ];

    public async Task ServeAsync(HttpContext context, string? path)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var segments = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var fitting = All.Select(route => (Route: route, Named: route.Match(segments))).Where(pair => pair.Named is not null).ToList();
        var (found, named) = fitting.Find(pair => pair.Route.Method == context.Request.Method);
        var (body, invalidJson) = Parse(bytes.ToArray());
        var request = new DiscordRequest(context.Request.Method, $"/{path}", context.Request.QueryString.Value ?? "", body, found?.Name ?? $"{context.Request.Method} /{path}", server.Clock.GetUtcNow()) { Agent = context.Request.Headers.UserAgent.ToString() };
        server.Record(request);
        request.Fault = server.Limits.Banned ? DiscordFault.Cloudflare : server.Faults.Take(request);
        if (request.Fault?.Name == "cut before")
        {
            context.Abort();
            return;
        }
        if (!Agent().IsMatch(request.Agent))
        {
            server.Breach($"{request.Method} {request.Path}: User-Agent is '{request.Agent}', not DiscordBot (url, version)");
            await HtmlAsync(context, request, 403, "<!doctype html><title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked");
            return;
        }
        if (request.Fault is { Code: > 0 } fault)
        {
            await FailAsync(context, request, fault);
            return;
        }
        var (status, answer, limited) = Answer(context, request, found, named, fitting.Count > 0, bytes.Length, invalidJson);
        if (request.Fault?.Name == "cut after")
        {
            context.Abort();
            return;
        }
        if (request.Fault is { } late && late.Delay > TimeSpan.Zero)
            await Task.Delay(late.Delay, TimeProvider.System, context.RequestAborted);
        if (limited is not null)
            await FailAsync(context, request, limited);
        else
            await WriteAsync(context, request, status, answer);
    }

    /// <summary>Everything that is decided under one lock: whether it may, and what comes of it.</summary>
    private (int Status, JsonNode? Answer, DiscordFault? Limited) Answer(HttpContext context, DiscordRequest request, DiscordRoute? route, Dictionary<string, string>? named, bool known, long length, bool invalidJson)
    {
        lock (server.Gate)
        {
            try
            {
                if (route?.NeedsToken != false && context.Request.Headers.Authorization.ToString() != $"Bot {server.Token}")
                    throw DiscordRefusal.Unauthorized;
                if (route is null)
                    throw known ? DiscordRefusal.NoMethod : DiscordRefusal.NotFound;
                var major = string.Join('/', named!.Where(pair => pair.Key is "channel_id" or "guild_id" or "webhook_id" or "webhook_token").Select(pair => pair.Value));
                if (server.Limits.Count(request, major, countsGlobally: route.NeedsToken, context.Response.Headers) is { } limited)
                    return (429, null, limited);
                ReadReason(context, request);
                if (invalidJson)
                    throw Breach(request, DiscordRefusal.Of(50109));
                if (length > 0 && context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
                    throw Breach(request, DiscordRefusal.Form("_", "Expected \"Content-Type\" header to be one of {'application/json'}."));
                if (DiscordRules.Problems(server, route, request, context.Request.Query.Select(pair => (pair.Key, pair.Value.ToString()))) is { Count: > 0 } problems)
                {
                    foreach (var (path, problem) in problems)
                        server.Breach($"{request.Method} {request.Path}: {path}: {problem}");
                    throw DiscordRefusal.Form(problems);
                }
                var call = new DiscordCall(server, request, named!, context.Request.Query);
                var answer = route.Answer(call);
                return (call.Status ?? (answer is null ? 204 : 200), answer, null);
            }
            catch (DiscordRefusal refusal)
            {
                return (refusal.Status, refusal.Body, null);
            }
            catch (Exception failure) when (failure is InvalidOperationException or FormatException or NullReferenceException or KeyNotFoundException or ArgumentException or NotSupportedException)
            {
                // Whatever is wrong with this server, or with a request it did not look at closely enough, a test is to see it.
                server.Breach($"{request.Method} {request.Path}: {failure}");
                return (500, new JsonObject { ["message"] = "500: Internal Server Error", ["code"] = 0 }, null);
            }
        }
    }

    private DiscordRefusal Breach(DiscordRequest request, DiscordRefusal refusal)
    {
        server.Breach($"{request.Method} {request.Path}: {refusal.Body.ToJsonString()}");
        return refusal;
    }

    private void ReadReason(HttpContext context, DiscordRequest request)
    {
        if (!context.Request.Headers.TryGetValue("X-Audit-Log-Reason", out var header))
            return;
        request.Reason = Uri.UnescapeDataString(header.ToString());
        if (header.ToString().Any(letter => letter is < ' ' or > '~'))
            server.Breach($"{request.Method} {request.Path}: X-Audit-Log-Reason is not URL-encoded");
        if (request.Reason.Length is < 1 or > 512)
        {
            server.Breach($"{request.Method} {request.Path}: X-Audit-Log-Reason has {request.Reason.Length} characters, 1 to 512 are allowed");
            throw DiscordRefusal.Form("X-Audit-Log-Reason", "Must be 512 or fewer in length.");
        }
    }

    private async Task FailAsync(HttpContext context, DiscordRequest request, DiscordFault fault)
    {
        if (fault.RetryAfter is not { } wait)
        {
            await HtmlAsync(context, request, fault.Code, fault.Body, fault.ContentType);
            return;
        }
        var (headers, now) = (context.Response.Headers, server.Clock.GetUtcNow());
        // The header has whole seconds, the body says it exactly.
        headers.RetryAfter = Math.Ceiling(wait).ToString(CultureInfo.InvariantCulture);
        if (fault.Scope != "global")
            DiscordLimits.Write(headers, request.Route, 5, 0, now.AddSeconds(wait), now);
        else
            headers["X-RateLimit-Global"] = "true";
        headers["X-RateLimit-Scope"] = fault.Scope;
        var answer = new JsonObject { ["message"] = fault.Scope == "shared" ? "The resource is being rate limited." : "You are being rate limited.", ["retry_after"] = Math.Round(wait, 3), ["global"] = fault.Scope == "global" };
        await WriteAsync(context, request, 429, answer, fault.Scope);
    }

    private Task HtmlAsync(HttpContext context, DiscordRequest request, int status, string page, string contentType = "text/html; charset=UTF-8")
    {
        Done(request, status, null, null);
        (context.Response.StatusCode, context.Response.ContentType) = (status, contentType);
        return context.Response.WriteAsync(page);
    }

    private async Task WriteAsync(HttpContext context, DiscordRequest request, int status, JsonNode? answer, string? scope = null)
    {
        Done(request, status, answer, scope);
        context.Response.StatusCode = status;
        if (answer is null)
            return;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()), context.RequestAborted);
    }

    private void Done(DiscordRequest request, int status, JsonNode? answer, string? scope)
    {
        lock (server.Gate)
        {
            (request.Status, request.Answer) = (status, answer);
            server.Limits.Answered(status, scope);
        }
    }

    private static (JsonNode? Body, bool Invalid) Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
            return (null, false);
        try
        {
            return (JsonNode.Parse(bytes), false);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    [GeneratedRegex(@"^DiscordBot \(\S+, ?\S+\)")]
    private static partial Regex Agent();
}
