namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>A workspace, or a whole organisation, that the app is installed in.</summary>
/// <param name="Team">Its id, which begins with T; the organisation's, which begins with E, where it is installed for all of one.</param>
/// <param name="Enterprise">The organisation it belongs to; empty outside any.</param>
/// <param name="BotUser">The bot's own user id there.</param>
public sealed record Workspace(string Team, string Enterprise, string Name, string BotUser)
{
    // Rotation replaces it while calls are under way.
    private volatile string token = "";

    /// <summary>The bot's token there, the newest.</summary>
    public required string Token
    {
        get => token;
        set => token = value;
    }

    // It would stand in logs otherwise.
    public override string ToString() => Team;
}
