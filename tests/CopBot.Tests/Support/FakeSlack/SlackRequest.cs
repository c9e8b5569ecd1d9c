using System.Text;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Slack's way of saying no: status 200, <c>ok:false</c> and a word.</summary>
internal sealed class SlackRefusal(string error, JsonObject? more = null) : Exception(error)
{
    public JsonObject Answer
    {
        get
        {
            var answer = more?.DeepClone().AsObject() ?? [];
            (answer["ok"], answer["error"]) = (false, Message);
            return answer;
        }
    }
}

/// <summary>A request whose token, scope and arguments have been looked at. Handlers run one at a time, under the server's lock.</summary>
internal sealed class SlackRequest(SlackServer server, SlackMethod method, SlackToken? token, SlackArgs args)
{
    public SlackServer Server { get; } = server;
    public string Method { get; } = method.Name;
    public SlackArgs Args { get; } = args;
    public SlackToken? Token { get; } = token;
    public SlackWorkspace Workspace => Token?.Workspace ?? throw new SlackRefusal("not_allowed_token_type");
    public DateTimeOffset Now => Server.Clock.GetUtcNow();

    /// <summary>Events that follow from it, sent after the answer.</summary>
    public List<Func<Task>> Afterwards { get; } = [];

    /// <summary>Basic authentication, for the methods of OAuth.</summary>
    public string Authorization { get; init; } = "";

    public static JsonObject Ok(params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var answer = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in more)
            answer[name] = value;
        return answer;
    }

    /// <summary>A breach of a rule that Slack would perhaps pass over, and a test must not.</summary>
    public void Note(string problem) => Server.Note($"{Method}: {problem}");

    public void NeedScope(params string[] anyOf)
    {
        if (anyOf.Length == 0 || Token is null || anyOf.Any(Token.Scopes.Contains))
            return;
        Note($"scope missing: {string.Join(" or ", anyOf)}");
        throw new SlackRefusal("missing_scope", new() { ["needed"] = anyOf[0], ["provided"] = string.Join(',', Token.Scopes) });
    }

    public SlackUser User(string name, string error = "user_not_found") =>
        Workspace.FindUser(Args.Text(name)) ?? throw new SlackRefusal(error);

    /// <summary>The channel of an argument; an unknown one, or a private one without the bot, is not found.</summary>
    public SlackChannel Channel(string name = "channel") =>
        Workspace.FindChannel(Args.Text(name)) is { } channel && (channel.Type is "channel" || channel.Members.Contains(Workspace.BotUser.Id)) ? channel : throw new SlackRefusal("channel_not_found");

    /// <summary>One page of a list, with the cursor of the next.</summary>
    public JsonObject Page<T>(string name, IReadOnlyList<T> all, Func<T, JsonNode?> shape, int otherwise = 100)
    {
        if (Args.Number("limit", otherwise) is < 0 or > 1000)
            throw new SlackRefusal("invalid_limit");
        var size = Args.Number("limit", otherwise) is > 0 and var asked ? asked : otherwise;
        var from = 0;
        if (Args.TextOrNull("cursor") is { } cursor && !TryDecode(cursor, out from))
            throw new SlackRefusal("invalid_cursor");
        var items = new JsonArray([.. all.Skip(from).Take(size).Select(shape)]);
        var more = from + size < all.Count;
        return Ok((name, items), ("response_metadata", new JsonObject { ["next_cursor"] = more ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"next:{from + size}")) : "" }), ("has_more", more));
    }

    private static bool TryDecode(string cursor, out int from)
    {
        from = 0;
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes[..length]) is ['n', 'e', 'x', 't', ':', .. var number] && int.TryParse(number, out from);
    }
}
