namespace CopBot.Tests.Support.FakeSlack;

/// <summary>A token and what it may do.</summary>
internal sealed class SlackToken(string text, string kind, SlackWorkspace? workspace, IEnumerable<string> scopes)
{
    public string Text { get; } = text;

    /// <summary><c>bot</c> or <c>app</c>.</summary>
    public string Kind { get; } = kind;
    public SlackWorkspace? Workspace { get; } = workspace;
    public HashSet<string> Scopes { get; } = [.. scopes];
    public DateTimeOffset? Expires { get; init; }
    public string? RefusedWith { get; set; }
}

/// <summary>Every token that the server gave out.</summary>
internal sealed class SlackTokens(SlackServer server)
{
    /// <summary>What the bot's manifest asks for. Not <c>chat:write.public</c>: without it Slack refuses channels that the bot is not in.</summary>
    public static readonly string[] AllScopes =
    [
        "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:read", "im:write",
        "mpim:history", "mpim:read", "mpim:write", "reactions:read", "reactions:write", "team:read", "usergroups:read", "usergroups:write", "users:read", "users:read.email",
    ];

    private readonly Dictionary<string, SlackToken> byText = [];

    public SlackToken NewBotToken(SlackWorkspace workspace, IEnumerable<string> scopes, DateTimeOffset? expires = null)
    {
        var text = (expires is null ? "xoxb-" : "xoxe.xoxb-1-") + $"{workspace.Team}-{SlackKeys.Secret(12)}";
        return byText[text] = new(text, "bot", workspace, scopes) { Expires = expires };
    }

    /// <summary>The token, or the error that Slack answers with.</summary>
    public (SlackToken? Token, string Error) Find(string text)
    {
        if (text.Length == 0)
            return (null, "not_authed");
        if (text == server.AppToken)
            return (new(text, "app", null, ["connections:write"]), "");
        if (!byText.TryGetValue(text, out var token))
            return (null, "invalid_auth");
        if (token.RefusedWith is { } refused)
            return (null, refused);
        return token.Expires <= server.Clock.GetUtcNow() ? (null, "token_expired") : (token, "");
    }

    public IEnumerable<SlackToken> Of(SlackWorkspace workspace) => byText.Values.Where(token => token.Workspace == workspace);
}
