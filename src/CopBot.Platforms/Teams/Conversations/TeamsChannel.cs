namespace CopBot.Platforms.Teams.Conversations;

/// <summary>A channel of a team that the bot is in.</summary>
/// <param name="Id">Its conversation, such as <c>19:…@thread.tacv2</c>.</param>
/// <param name="Team">The team's conversation, which is that of its first channel.</param>
/// <param name="Service">The service that it is spoken to by.</param>
public sealed record TeamsChannel(string Id, string Team, string TeamName, string Name, Uri Service)
{
    /// <summary>What each client shows the first channel of a team as, in its own language.</summary>
    public const string First = "General";

    /// <summary>The name as it is typed, after a #: in small letters, with hyphens for spaces.</summary>
    public string Typed => Plain(Name);

    /// <summary>A name as it is typed.</summary>
    public static string Plain(string name) => name.Trim().Replace(' ', '-').ToLowerInvariant();
}

/// <summary>How somebody is reached.</summary>
/// <param name="User">Their id in the directory; the bot's own id of them where they have none.</param>
/// <param name="Mri">The bot's own id of them, such as <c>29:…</c>.</param>
/// <param name="Conversation">The conversation with them alone; null where none was begun.</param>
public sealed record TeamsPerson(string User, string Mri, Uri Service, string? Conversation);
