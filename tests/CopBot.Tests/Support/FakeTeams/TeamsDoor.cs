using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>A front door of Microsoft's: who asks, may they, is it well formed, and who answers it.</summary>
internal abstract class TeamsDoor(TeamsServer server, TeamsFaults faults)
{
    protected TeamsServer Server => server;

    /// <summary>Of two paths that fit, the one that is spelt out comes first.</summary>
    protected abstract IReadOnlyList<TeamsRoute> Routes { get; }

    public async Task ServeAsync(HttpContext context, string path)
    {
        using var bytes = new MemoryStream();
        // Libraries may send what is long compressed.
        await using var sent = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        await sent.CopyToAsync(bytes, context.RequestAborted);
        // Escaped slashes belong to an id.
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var fitting = Routes.Select(route => (Route: route, Named: route.Match(segments))).Where(pair => pair.Named is not null).ToList();
        var (found, named) = fitting.Find(pair => pair.Route.Method == context.Request.Method);
        var (body, invalid) = await ParseAsync(context.Request, bytes.ToArray());
        var request = new TeamsRequest(context.Request.Method, "/" + string.Join('/', segments), context.Request.QueryString.Value ?? "", body, found?.Name ?? $"{context.Request.Method} {path}", server.Clock.GetUtcNow())
        {
            Host = context.Request.Host.Value ?? "",
            Bearer = context.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null,
        };
        server.Record(request);
        lock (server.Gate)
            Recorded(request);
        request.Fault = faults.Take(request);
        if (request.Fault?.Name == "cut before")
        {
            context.Abort();
            return;
        }
        if (request.Fault is { Name: "status" } fault)
        {
            await FailAsync(context, request, fault);
            return;
        }
        var (status, answer, afterwards) = Answer(context, request, found, named, fitting.Count > 0, bytes.Length, invalid);
        if (request.Fault?.Name == "cut after")
            context.Abort();
        else if (request.Fault is { Name: "done but" } done)
            await FailAsync(context, request, done);
        else
            await WriteAsync(context, request, status, answer);
        if (afterwards is not null)
            server.Later(afterwards);
    }

    /// <summary>Claims of the token that came along; a refusal where it must not be asked so.</summary>
    protected abstract JsonObject Authorize(HttpContext context, TeamsRequest request, TeamsRoute? route);

    /// <summary>What is wrong with a request, that a bot which keeps to the rules would not send.</summary>
    protected abstract IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route, HttpContext context, long length);

    protected virtual JsonObject ErrorBody(TeamsRefusal refusal) => refusal.Whole ?? new JsonObject { ["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message } };

    protected virtual void Recorded(TeamsRequest request)
    {
    }

    /// <summary>The last word before the route: the pace.</summary>
    protected virtual void Admit(HttpContext context, TeamsRequest request, IReadOnlyDictionary<string, string> named)
    {
    }

    protected virtual Task<(JsonNode? Body, bool Invalid)> ParseAsync(HttpRequest request, byte[] bytes)
    {
        if (bytes.Length == 0)
            return Task.FromResult<(JsonNode?, bool)>((null, false));
        try
        {
            return Task.FromResult((JsonNode.Parse(bytes), false));
        }
        catch (JsonException)
        {
            return Task.FromResult<(JsonNode?, bool)>((null, true));
        }
    }

    /// <summary>Everything that is decided under one lock.</summary>
    private (int Status, JsonNode? Answer, Func<Task>? Afterwards) Answer(HttpContext context, TeamsRequest request, TeamsRoute? route, Dictionary<string, string>? named, bool known, long length, bool invalid)
    {
        lock (server.Gate)
        {
            try
            {
                var claims = Authorize(context, request, route);
                if (route is null)
                    throw new TeamsRefusal(known ? 405 : 404, known ? "MethodNotAllowed" : "NotFound", known ? "The method is not allowed." : "There is nothing here.") { IsBreach = true };
                if (invalid)
                    throw TeamsRefusal.BadSyntax("The body is no JSON.");
                Admit(context, request, named!);
                if (Problems(request, route, context, length).ToList() is { Count: > 0 } problems)
                {
                    foreach (var problem in problems)
                        server.Breach($"{request.Method} {request.Path}: {problem}");
                    throw new TeamsRefusal(400, "BadSyntax", string.Join("; ", problems));
                }
                var call = new TeamsCall(server, request, named!, context.Request.Query, claims);
                var answer = route.Answer(call);
                return (call.Status, answer, call.Afterwards);
            }
            catch (TeamsRefusal refusal)
            {
                if (refusal.IsBreach)
                    server.Breach($"{request.Method} {request.Path}: {refusal.Code}: {refusal.Message}");
                return (refusal.Status, ErrorBody(refusal), null);
            }
            catch (Exception failure) when (failure is InvalidOperationException or FormatException or NullReferenceException or KeyNotFoundException or ArgumentException or NotSupportedException)
            {
                // Whatever is wrong with this server, or with a request it did not look at closely enough, a test is to see it.
                server.Breach($"{request.Method} {request.Path}: {failure}");
                return (500, new JsonObject { ["error"] = new JsonObject { ["code"] = "ServiceError", ["message"] = "Unknown." } }, null);
            }
        }
    }

    private Task FailAsync(HttpContext context, TeamsRequest request, TeamsFault fault)
    {
        Done(request, fault.Code, null);
        context.Response.StatusCode = fault.Code;
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait;
        if (fault.Location is { } location)
            context.Response.Headers.Location = location.AbsoluteUri;
        if (fault.Body.Length == 0)
            return Task.CompletedTask;
        context.Response.ContentType = fault.ContentType;
        return context.Response.WriteAsync(fault.Body);
    }

    private async Task WriteAsync(HttpContext context, TeamsRequest request, int status, JsonNode? answer)
    {
        if (request.Fault is { Name: "slow" } late)
            await Task.Delay(late.Delay, TimeProvider.System, context.RequestAborted);
        Done(request, status, answer);
        context.Response.StatusCode = status;
        context.Response.Headers["MS-CV"] = "fake." + server.NewNumber();
        if (request.Fault?.Name == "huge")
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"id":"{{new string('1', 10_000_000)}}"}""");
            return;
        }
        if (answer is null)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()), context.RequestAborted);
    }

    private void Done(TeamsRequest request, int status, JsonNode? answer)
    {
        lock (server.Gate)
            (request.Status, request.Answer) = (status, answer);
    }
}
