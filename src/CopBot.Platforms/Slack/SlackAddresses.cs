namespace CopBot.Platforms.Slack;

/// <summary>The paths under which an installation answers Slack and those who install the app.</summary>
public static class SlackAddresses
{
    /// <summary>Events API (https://docs.slack.dev/apis/events-api).</summary>
    public const string Events = "/slack/events";

    /// <summary>Slash commands.</summary>
    public const string Commands = "/slack/commands";

    /// <summary>Clicks, forms, shortcuts, and the choices of long menus.</summary>
    public const string Interactions = "/slack/interactions";

    /// <summary>The page on which people install the app in their workspace.</summary>
    public const string Install = "/slack/install";

    /// <summary>Where Slack sends people back to (https://docs.slack.dev/authentication/installing-with-oauth).</summary>
    public const string Callback = "/slack/oauth";
}
