namespace CopBot.Platforms.Teams.Conversations;

/// <summary>A channel of a team that the bot is in.</summary>
/// <param name="Id">Its conversation, such as <c>19:…@thread.tacv2</c>.</param>
/// <param name="Team">The team's conversation, which is that of its first channel.</param>
/// <param name="Service">The service that it is spoken to by.</param>
/// <param name="Group">The team's id in Microsoft Graph; null where it is not known, or it is a chat.</param>
public sealed record TeamsChannel(string Id, string Team, string TeamName, string Name, Uri Service, string? Group = null)
{
    /// <summary>What each client shows the first channel of a team as, in its own language.</summary>
    public const string First = "General";

    /// <summary>The name as it is typed, after a #: in small letters, with hyphens for spaces.</summary>
    public string Typed => Plain(Name);

    /// <summary>Whether it is a chat of several people, which belongs to no team and has no threads.</summary>
    public bool IsChat => TeamName.Length == 0;

    /// <summary>The conversation that something is said into: of a thread, or the chat; null where a thread has to be begun.</summary>
    public string? ConversationOf(string? thread) => thread is not null ? $"{Id};messageid={thread}" : IsChat ? Id : null;

    /// <summary>A name as it is typed.</summary>
    public static string Plain(string name) => name.Trim().Replace(' ', '-').ToLowerInvariant();
}

/// <summary>How somebody is reached.</summary>
/// <param name="User">Their id in the directory; the bot's own id of them where they have none.</param>
/// <param name="Mri">The bot's own id of them, such as <c>29:…</c>.</param>
/// <param name="Conversation">The conversation with them alone; null where none was begun.</param>
/// <param name="TookOut">Whether they took the bot out of their own hands.</param>
public sealed record TeamsPerson(string User, string Mri, Uri Service, string? Conversation, bool TookOut = false)
{
    /// <summary>What they were called when an earlier process met them; null where none did.</summary>
    public string? Name { get; init; }
}
