using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>One request to the API: <c>Path</c> begins after the version, <c>Route</c> is the same as Discord's OpenAPI writes it (<c>POST /channels/{channel_id}/messages</c>).</summary>
public sealed record DiscordRequest(string Method, string Path, string Query, JsonNode? Body, string Route, DateTimeOffset At)
{
    /// <summary>The User-Agent header.</summary>
    public string Agent { get; init; } = "";

    /// <summary>What <c>X-Audit-Log-Reason</c> said, decoded.</summary>
    public string? Reason { get; internal set; }

    /// <summary>0 where the connection was cut.</summary>
    public int Status { get; internal set; }
    public JsonNode? Answer { get; internal set; }
    public DiscordFault? Fault { get; internal set; }

    public override string ToString() => $"{Method} {Path} -> {Status} {Answer?.ToJsonString() ?? ""}";
}

/// <summary>Discord's refusal, as its API writes it.</summary>
internal sealed class DiscordRefusal(int status, int code, string text, JsonObject? errors = null) : Exception(text)
{
    public int Status => status;

    public JsonObject Body
    {
        get
        {
            var body = new JsonObject { ["message"] = Message, ["code"] = code };
            if (errors is not null)
                body["errors"] = errors.DeepClone();
            return body;
        }
    }

    public static DiscordRefusal NotFound { get; } = new(404, 0, "404: Not Found");
    public static DiscordRefusal Unauthorized { get; } = new(401, 0, "401: Unauthorized");
    public static DiscordRefusal NoMethod { get; } = new(405, 0, "405: Method Not Allowed");

    /// <summary>One of the codes that Discord documents.</summary>
    public static DiscordRefusal Of(int code) => code switch
    {
        10003 => new(404, code, "Unknown Channel"),
        10004 => new(404, code, "Unknown Guild"),
        10007 => new(404, code, "Unknown Member"),
        10008 => new(404, code, "Unknown Message"),
        10011 => new(404, code, "Unknown Role"),
        10013 => new(404, code, "Unknown User"),
        10014 => new(404, code, "Unknown Emoji"),
        10015 => new(404, code, "Unknown Webhook"),
        10062 => new(404, code, "Unknown interaction"),
        10063 => new(404, code, "Unknown application command"),
        10070 => new(404, code, "Unknown Guild Scheduled Event"),
        20012 => new(403, code, "You are not authorized to perform this action on this application"),
        30038 => new(400, code, "Maximum number of guild scheduled events has been reached (100)"),
        40060 => new(400, code, "Interaction has already been acknowledged."),
        40067 => new(400, code, "A tag is required to create a forum post in this channel"),
        40094 => new(400, code, "Maximum number of follow up messages has been reached for this interaction"),
        50001 => new(403, code, "Missing Access"),
        50005 => new(403, code, "Cannot edit a message authored by another user"),
        50006 => new(400, code, "Cannot send an empty message"),
        50007 => new(403, code, "Cannot send messages to this user"),
        50008 => new(400, code, "Cannot send messages in a non-text channel"),
        50013 => new(403, code, "Missing Permissions"),
        50024 => new(400, code, "Cannot execute action on this channel type"),
        50027 => new(401, code, "Invalid Webhook Token"),
        50083 => new(400, code, "Thread is archived"),
        50109 => new(400, code, "The request body contains invalid JSON."),
        50278 => new(403, code, "Cannot send messages to this user due to having no mutual guilds"),
        160002 => new(400, code, "Cannot reply without permission to read message history"),
        160004 => new(400, code, "A thread has already been created for this message"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "not a code that is known here"),
    };

    /// <summary>50035 with the errors nested as Discord does: <c>embeds[0].title</c> becomes <c>errors.embeds.0.title._errors</c>.</summary>
    public static DiscordRefusal Form(IReadOnlyList<(string Path, string Problem)> problems)
    {
        var errors = new JsonObject();
        foreach (var (path, problem) in problems)
        {
            var at = errors;
            foreach (var part in path.Split(['.', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (at[part] is not JsonObject next)
                    at[part] = next = [];
                at = next;
            }
            if (at["_errors"] is not JsonArray list)
                at["_errors"] = list = [];
            list.Add(new JsonObject { ["code"] = "INVALID", ["message"] = problem });
        }
        return new(400, 50035, "Invalid Form Body", errors);
    }

    public static DiscordRefusal Form(string path, string problem) => Form([(path, problem)]);
}
