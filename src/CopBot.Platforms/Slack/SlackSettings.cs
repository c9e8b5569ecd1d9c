namespace CopBot.Platforms.Slack;

/// <summary>What an installation is told about Slack. Without any of it there is no Slack.</summary>
public sealed record SlackSettings
{
    /// <summary>Where Slack's Web API is (https://docs.slack.dev/apis/web-api).</summary>
    public static Uri Slack { get; } = new("https://slack.com/api/");

    /// <summary>The bot's token in a single workspace; it begins with <c>xoxb-</c>.</summary>
    public string? BotToken { get; init; }

    /// <summary>The app's token; it begins with <c>xapp-</c> and turns Socket Mode on.</summary>
    public string? AppToken { get; init; }

    /// <summary>What Slack signs its requests with; it turns delivery over HTTP on.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>With <see cref="ClientSecret"/>: several workspaces may install the app by themselves.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The Web API's address, with a slash at its end; Slack's own, or one on this machine.</summary>
    public Uri ApiBase { get; init; } = Slack;

    /// <summary>Whether any of it is set.</summary>
    public bool IsOn => (BotToken ?? AppToken ?? SigningSecret ?? ClientId ?? ClientSecret) is not null;

    /// <summary>Whether payloads come over sockets.</summary>
    public bool UsesSockets => AppToken is not null;

    /// <summary>Whether payloads come over HTTP.</summary>
    public bool UsesHttp => SigningSecret is not null;

    /// <summary>Whether workspaces may install the app by themselves.</summary>
    public bool Installs => ClientId is not null;

    /// <summary>Whether an address belongs to the Slack that is spoken to, so that what is secret may go there.</summary>
    public bool Trusts(Uri address)
    {
        var secure = address.Scheme is "https" or "wss";
        return ApiBase.IsLoopback
            ? address.IsLoopback
            : secure && (address.Host == "slack.com" || address.Host.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase)) && address.UserInfo.Length == 0 && address.IsDefaultPort;
    }

    // Its secrets would stand in logs otherwise.
    public override string ToString() => IsOn ? "Slack is configured" : "Slack is not configured";

    /// <summary>What is wrong, naming the setting and a right example; null when all is well.</summary>
    public string? Problem()
    {
        if (BotToken?.StartsWith("xoxe.", StringComparison.Ordinal) == true)
            return "CopBot__Slack__BotToken ends after twelve hours, for token rotation is on in the app's settings, and cannot be switched off. Give ClientId and ClientSecret instead and install the app at /slack/install, or make the app anew with token_rotation_enabled false.";
        if (BotToken is not null && !BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
            return "CopBot__Slack__BotToken is no bot token: that begins with xoxb-. In the app's settings it stands under “OAuth & Permissions”.";
        if (AppToken is not null && !AppToken.StartsWith("xapp-", StringComparison.Ordinal))
            return "CopBot__Slack__AppToken is no app token: that begins with xapp-. In the app's settings make one under “Basic Information”, “App-Level Tokens”, with the scope connections:write.";
        if (SigningSecret is not null && SigningSecret.Trim().Length < 16)
            return "CopBot__Slack__SigningSecret is empty or too short. In the app's settings it stands under “Basic Information”, “App Credentials”: 32 letters and digits.";
        if (ClientId is null != ClientSecret is null)
            return $"CopBot__Slack__{(ClientId is null ? "ClientId" : "ClientSecret")} is missing: both together let workspaces install the app, and neither is of use alone.";
        if (ClientSecret is not null && ClientSecret.Trim().Length < 16)
            return "CopBot__Slack__ClientSecret is empty or too short. In the app's settings it stands under “Basic Information”, “App Credentials”.";
        if (!ApiBase.IsLoopback && ApiBase != Slack)
            return $"CopBot__Slack__ApiBase is “{ApiBase}”. Tokens go to Slack alone: leave it out, or give an address on this machine such as http://127.0.0.1:8080/api/.";
        if (IsOn && !UsesSockets && !UsesHttp)
            return "CopBot__Slack__AppToken or CopBot__Slack__SigningSecret is missing: without either nothing that people say in Slack arrives. The app token (xapp-…) needs no public address.";
        if (IsOn && BotToken is null && ClientId is null)
            return "CopBot__Slack__BotToken is missing: without it nothing can be answered. Give the token that begins with xoxb-, or ClientId and ClientSecret for several workspaces.";
        return null;
    }
}
