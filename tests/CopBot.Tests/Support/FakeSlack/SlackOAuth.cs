using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Installation: the page that asks for consent, codes, tokens that expire and tokens that refresh them.</summary>
public sealed class SlackOAuth
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private readonly SlackServer server;
    private readonly Dictionary<string, Grant> codes = [];
    private readonly Dictionary<string, Refresh> refreshes = [];

    internal SlackOAuth(SlackServer server) => this.server = server;

    private sealed record Grant(SlackWorkspace Workspace, string[] Scopes, string Redirect, SlackUser By, DateTimeOffset At)
    {
        public bool Used { get; set; }
    }

    private sealed record Refresh(SlackWorkspace Workspace, string[] Scopes)
    {
        public bool Used { get; set; }
    }

    /// <summary>Tokens expire after twelve hours and are refreshed.</summary>
    public bool TokenRotation { get; set; }

    /// <summary>How long such a token lives.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Which workspace the person chooses on the page; null: the first.</summary>
    public SlackWorkspace? Chosen { get; set; }

    /// <summary>Who presses the button; null: the first person of the workspace, or the bot user where there is none.</summary>
    public SlackUser? Installer { get; set; }

    /// <summary>The person presses Cancel.</summary>
    public bool Refuses { get; set; }

    /// <summary>A refresh token for a workspace that was installed without OAuth.</summary>
    public string NewRefreshToken(SlackWorkspace workspace)
    {
        lock (server.Gate)
            return Refreshing(workspace, SlackTokens.AllScopes);
    }

    internal IResult Authorize(HttpRequest request)
    {
        var (client, redirect) = (request.Query["client_id"].ToString(), request.Query["redirect_uri"].ToString());
        if (client != server.ClientId)
            return Results.Text("Invalid client_id parameter", statusCode: 400);
        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var back))
        {
            server.Note("oauth/v2/authorize: no redirect_uri");
            return Results.Text("redirect_uri did not match any configured URIs", statusCode: 400);
        }
        if (request.Query["state"].ToString().Length == 0)
            server.Note("oauth/v2/authorize: no state; anybody could finish the installation");
        var scopes = request.Query["scope"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in scopes.Except([.. SlackTokens.AllScopes, "chat:write.public", "chat:write.customize"]))
            server.Note($"oauth/v2/authorize: scope {unknown} is not one this app uses");
        var code = $"{SlackKeys.Secret(6)}.{SlackKeys.Secret(6)}.{SlackKeys.Secret(32)}";
        lock (server.Gate)
        {
            var workspace = Chosen ?? server.Workspace;
            codes[code] = new(workspace, scopes, redirect, Installer ?? workspace.UserList.Find(user => !user.IsBot) ?? workspace.BotUser, server.Clock.GetUtcNow());
        }
        var query = Refuses ? "error=access_denied" : $"code={code}";
        return Results.Redirect($"{back.AbsoluteUri}{(back.Query.Length > 0 ? "&" : "?")}{query}&state={Uri.EscapeDataString(request.Query["state"].ToString())}");
    }

    internal void CheckClient(SlackRequest request)
    {
        var (id, secret) = request.Authorization.Split(':') is [var first, var second] ? (first, second) : (request.Args.Text("client_id"), request.Args.Text("client_secret"));
        if (id != server.ClientId)
            throw new SlackRefusal("invalid_client_id");
        if (secret != server.ClientSecret)
            throw new SlackRefusal("bad_client_secret");
    }

    internal JsonObject Access(SlackRequest request)
    {
        CheckClient(request);
        if (request.Args.Text("grant_type") == "refresh_token")
        {
            if (!refreshes.TryGetValue(request.Args.Text("refresh_token"), out var refresh) || refresh.Used)
                throw new SlackRefusal("invalid_refresh_token");
            refresh.Used = true;
            return Answer(refresh.Workspace, refresh.Scopes, null);
        }
        if (request.Args.Has("grant_type") && request.Args.Text("grant_type") != "authorization_code")
            throw new SlackRefusal("invalid_grant_type");
        if (!codes.TryGetValue(request.Args.Text("code"), out var grant) || grant.Used || request.Now - grant.At > CodeLife)
            throw new SlackRefusal("invalid_code");
        if (request.Args.Text("redirect_uri") != grant.Redirect)
            throw new SlackRefusal("bad_redirect_uri");
        grant.Used = true;
        return Answer(grant.Workspace, grant.Scopes, grant.By);
    }

    internal JsonObject Exchange(SlackRequest request)
    {
        CheckClient(request);
        if (!TokenRotation)
            throw new SlackRefusal("token_rotation_not_enabled");
        if (request.Token is not { Kind: "bot" } token)
            throw new SlackRefusal("invalid_token");
        if (token.Expires is not null)
            throw new SlackRefusal("token_already_exchanged");
        token.RefusedWith = "token_revoked";
        return Answer(token.Workspace!, [.. token.Scopes], null);
    }

    private JsonObject Answer(SlackWorkspace workspace, string[] scopes, SlackUser? by)
    {
        var token = server.Tokens.NewBotToken(workspace, scopes, TokenRotation ? server.Clock.GetUtcNow() + TokenLife : null);
        workspace.Install(token);
        var answer = SlackRequest.Ok(("access_token", token.Text), ("token_type", "bot"), ("scope", string.Join(',', scopes)), ("bot_user_id", workspace.BotUser.Id), ("app_id", server.AppId),
            ("team", new JsonObject { ["id"] = workspace.Team, ["name"] = workspace.Name }), ("enterprise", null), ("is_enterprise_install", false));
        if (by is not null)
            answer["authed_user"] = SlackShapes.Id(by.Id);
        if (TokenRotation)
            (answer["refresh_token"], answer["expires_in"]) = (Refreshing(workspace, scopes), (int)TokenLife.TotalSeconds);
        return answer;
    }

    private string Refreshing(SlackWorkspace workspace, string[] scopes)
    {
        var text = $"xoxe-1-{SlackKeys.Secret(24)}";
        refreshes[text] = new(workspace, scopes);
        return text;
    }
}
