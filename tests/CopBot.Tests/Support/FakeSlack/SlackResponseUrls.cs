using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The addresses that come with commands and clicks: five answers in thirty minutes, without a token.</summary>
internal sealed class SlackResponseUrls(SlackServer server)
{
    private const int MostUses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private static readonly string[] Known = ["text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "metadata", "mrkdwn", "unfurl_links", "unfurl_media", "link_names"];
    private readonly Dictionary<string, Ticket> tickets = [];

    private sealed record Ticket(SlackWorkspace Workspace, SlackChannel Channel, SlackUser By, DateTimeOffset At)
    {
        public int Uses { get; set; }
        public SlackPost? Original { get; set; }
    }

    /// <summary>A new address; the server's lock is held.</summary>
    public string New(SlackWorkspace workspace, SlackChannel channel, SlackUser by, SlackPost? original, bool command)
    {
        var path = $"/{(command ? "commands" : "actions")}/{workspace.Team}/{workspace.Id("")}/{SlackKeys.Secret(12)}";
        tickets[path] = new(workspace, channel, by, server.Clock.GetUtcNow()) { Original = original };
        return new Uri(server.ApiBase, path).AbsoluteUri;
    }

    /// <summary>What a command was answered with at once is what its address replaces or deletes.</summary>
    public void Answered(string url, SlackPost post)
    {
        if (tickets.TryGetValue(new Uri(url).AbsolutePath, out var ticket))
            ticket.Original = post;
    }

    public async Task ServeAsync(HttpContext context)
    {
        JsonObject? body;
        try
        {
            body = context.Request.HasFormContentType ? JsonNode.Parse((await context.Request.ReadFormAsync())["payload"].ToString()) as JsonObject : await JsonNode.ParseAsync(context.Request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }
        var call = new SlackCall("response_url", "", body?.DeepClone().AsObject() ?? [], server.Clock.GetUtcNow()) { Fault = server.Faults.Take("response_url", body) };
        server.Record(call);
        if (call.Fault is { } fault && fault.Name is not ("slow" or "cut after"))
        {
            await FailAsync(context, fault);
            return;
        }
        string error;
        lock (server.Gate)
            error = Use(context.Request.Path.Value ?? "", body, call);
        if (call.Fault?.Name == "cut after")
        {
            context.Abort();
            return;
        }
        if (call.Fault is { } late)
            await Task.Delay(late.Delay, TimeProvider.System);
        context.Response.StatusCode = error switch { "" => 200, "used_url" or "expired_url" or "unknown_url" => 404, _ => 400 };
        call.Answer = new JsonObject { ["ok"] = error.Length == 0, ["error"] = error.Length == 0 ? null : error };
        await context.Response.WriteAsync(error.Length == 0 ? "ok" : call.Answer.ToJsonString());
    }

    private static async Task FailAsync(HttpContext context, SlackFault fault)
    {
        if (fault.Name == "cut before")
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = fault.Name == "not ok" ? 400 : fault.Code;
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait;
        await context.Response.WriteAsync(fault.Body);
    }

    /// <summary>The error, or nothing.</summary>
    private string Use(string path, JsonObject? body, SlackCall call)
    {
        if (!tickets.TryGetValue(path, out var ticket))
            return "unknown_url";
        call.Team = ticket.Workspace.Team;
        if (server.Clock.GetUtcNow() - ticket.At > Life)
            return "expired_url";
        if (ticket.Uses >= MostUses)
        {
            server.Note("response_url: used more than five times");
            return "used_url";
        }
        ticket.Uses++;
        if (body is null)
        {
            server.Note("response_url: the body is not a JSON object");
            return "invalid_payload";
        }
        foreach (var unknown in body.Select(field => field.Key).Where(key => !Known.Contains(key)))
            server.Note($"response_url: unknown argument {unknown}");
        try
        {
            return Speak(ticket, body);
        }
        catch (SlackRefusal refusal)
        {
            return (string)refusal.Answer["error"]!;
        }
    }

    private string Speak(Ticket ticket, JsonObject body)
    {
        if (Flag(body, "delete_original"))
        {
            if (ticket.Original is { } gone)
                gone.Deleted = true;
            return "";
        }
        if ((string?)body["text"] is not { Length: > 0 } && body["blocks"] is not JsonArray { Count: > 0 } && body["attachments"] is null)
        {
            server.Note("response_url: neither text nor blocks");
            return "no_text";
        }
        var post = ticket.Workspace.PostByUrl(ticket.Channel, ticket.By, body, "response_url", Flag(body, "replace_original") ? ticket.Original : null);
        ticket.Original ??= post;
        return "";
    }

    private static bool Flag(JsonObject body, string name) => body[name]?.ToJsonString() is "true" or "\"true\"";
}
