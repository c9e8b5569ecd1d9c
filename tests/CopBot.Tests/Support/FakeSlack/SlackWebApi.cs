using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Reads requests to the Web API as strictly as Slack documents it, and finds who answers them.</summary>
internal sealed class SlackWebApi(SlackServer server)
{
    private static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new[]
    {
        SlackAppMethods.Handlers, SlackChatMethods.Handlers, SlackViewMethods.Handlers, SlackPeopleMethods.Handlers, SlackConversationMethods.Handlers,
        SlackHistoryMethods.Handlers, SlackGroupMethods.Handlers,
    }.SelectMany(some => some).ToDictionary();

    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> pace = [];

    public async Task ServeAsync(HttpContext context, string method)
    {
        SlackArgs args;
        try
        {
            args = await SlackArgs.ReadAsync(context.Request);
        }
        catch (JsonException)
        {
            server.Note($"{method}: the body is not JSON");
            await WriteAsync(context, new JsonObject { ["ok"] = false, ["error"] = "invalid_json" });
            return;
        }
        var text = TokenOf(context.Request, args);
        var call = new SlackCall(method, Kind(text), args.All.DeepClone().AsObject(), server.Clock.GetUtcNow()) { Fault = server.Faults.Take(method, args.All) };
        server.Record(call);
        if (await Stopped(context, call))
            return;
        List<Func<Task>> afterwards = [];
        lock (server.Gate)
        {
            var (token, error) = server.Tokens.Find(text);
            call.Team = token?.Workspace?.Team ?? "";
            call.Answer = Paced(method, args, token) ? null : Answer(method, args, token, error, context.Request, afterwards);
            if (token?.Kind == "bot")
                context.Response.Headers["X-OAuth-Scopes"] = string.Join(',', token.Scopes.Order(StringComparer.Ordinal));
        }
        afterwards.ForEach(server.Background);
        await FinishAsync(context, call);
    }

    private static string Kind(string token) => token.Length == 0 ? "" : token.StartsWith("xapp-", StringComparison.Ordinal) ? "app" : token.Contains("xoxb-", StringComparison.Ordinal) ? "bot" : "unknown";

    private static Task WriteAsync(HttpContext context, JsonNode answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task FinishAsync(HttpContext context, SlackCall call)
    {
        if (call.Fault?.Name == "cut after")
        {
            context.Abort();
            return;
        }
        if (call.Fault is { } late && late.Delay > TimeSpan.Zero)
            await Task.Delay(late.Delay, TimeProvider.System, context.RequestAborted);
        if (call.Answer is { } answer)
        {
            await WriteAsync(context, answer);
            return;
        }
        (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "1");
        await WriteAsync(context, new JsonObject { ["ok"] = false, ["error"] = "ratelimited" });
    }

    /// <summary>The failures after which nothing is done.</summary>
    private static async Task<bool> Stopped(HttpContext context, SlackCall call)
    {
        switch (call.Fault?.Name)
        {
            case null or "slow" or "cut after":
                return false;
            case "cut before":
                context.Abort();
                return true;
            case "not ok":
                call.Answer = new JsonObject { ["ok"] = false, ["error"] = call.Fault.Error };
                await WriteAsync(context, call.Answer);
                return true;
            default:
                var fault = call.Fault;
                (context.Response.StatusCode, context.Response.ContentType) = (fault.Code, fault.ContentType);
                if (fault.RetryAfter is { } wait)
                    context.Response.Headers.RetryAfter = wait;
                await context.Response.WriteAsync(fault.Body);
                return true;
        }
    }

    private string TokenOf(HttpRequest request, SlackArgs args)
    {
        var fromHeader = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme == "Bearer" ? header.Parameter ?? "" : "";
        if (args.All.ContainsKey("token"))
        {
            if (args.Json)
                server.Note("a token inside a JSON body: Slack reads it only from the header");
            var fromArgs = args.Text("token");
            args.All.Remove("token");
            return fromHeader.Length > 0 || args.Json ? fromHeader : fromArgs;
        }
        return fromHeader;
    }

    private JsonObject Answer(string name, SlackArgs args, SlackToken? token, string tokenError, HttpRequest http, List<Func<Task>> afterwards)
    {
        try
        {
            if (!SlackMethods.All.TryGetValue(name, out var method))
                throw Noted("unknown_method", $"{name}: no such method");
            var open = name.StartsWith("oauth.", StringComparison.Ordinal);
            if (!open && token is null)
                throw new SlackRefusal(tokenError);
            var request = new SlackRequest(server, method, token, args) { Authorization = Basic(http) };
            CheckKind(request, open);
            CheckArguments(method, args, request);
            request.NeedScope(name.StartsWith("conversations.", StringComparison.Ordinal) || name == "users.conversations" ? [] : method.Scopes);
            if (!Handlers.TryGetValue(name, out var handler))
                throw Noted("unknown_method", $"{name}: this server does not play it");
            var answer = handler(request);
            afterwards.AddRange(request.Afterwards);
            return answer;
        }
        catch (SlackRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            // An argument of a shape that nobody thought of: the test has to hear of it.
            server.Note($"{name}: {broken.GetType().Name} {broken.Message}");
            return new() { ["ok"] = false, ["error"] = "internal_error" };
        }
    }

    private void CheckKind(SlackRequest request, bool open)
    {
        if (open || request.Token!.Kind == (request.Method == "apps.connections.open" ? "app" : "bot"))
            return;
        request.Note($"called with a token of the kind {request.Token.Kind}");
        throw new SlackRefusal("not_allowed_token_type");
    }

    private void CheckArguments(SlackMethod method, SlackArgs args, SlackRequest request)
    {
        if (args.Json && !method.Json)
        {
            request.Note("JSON sent to a method that reads only forms");
            args.All.Clear();
        }
        // Slack's own libraries send team_id with every request; every method takes it.
        foreach (var unknown in args.All.Select(arg => arg.Key).Where(arg => arg != "team_id" && !method.Arguments.Contains(arg)))
            request.Note($"unknown argument {unknown}");
        if (method.Required.Where(arg => !args.All.ContainsKey(arg)).ToList() is { Count: > 0 } missing)
        {
            request.Note($"missing {string.Join(", ", missing)}");
            throw new SlackRefusal("invalid_arguments", new() { ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. missing.Select(arg => JsonValue.Create($"[ERROR] missing required field: {arg}"))]) } });
        }
    }

    private SlackRefusal Noted(string error, string problem)
    {
        server.Note(problem);
        return new(error);
    }

    private static string Basic(HttpRequest http) =>
        AuthenticationHeaderValue.TryParse(http.Headers.Authorization, out var header) && header is { Scheme: "Basic", Parameter: { } text } ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : "";

    /// <summary>About one message a second in a channel, with room for a short burst.</summary>
    private bool Paced(string method, SlackArgs args, SlackToken? token)
    {
        if (!server.EnforceRates || method != "chat.postMessage")
            return false;
        const double burst = 3;
        var (now, key) = (server.Clock.GetUtcNow(), $"{token?.Workspace?.Team} {args.Text("channel")}");
        var (tokens, at) = pace.GetValueOrDefault(key, (burst, now));
        tokens = Math.Min(burst, tokens + (now - at).TotalSeconds);
        pace[key] = (tokens >= 1 ? tokens - 1 : tokens, now);
        return tokens < 1;
    }
}
