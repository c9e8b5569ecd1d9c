using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>One workspace that installed the app by itself, as its row says.</summary>
/// <param name="Enterprise">The organisation it belongs to; empty outside any.</param>
/// <param name="Team">Its id; the organisation's where the app is installed for all of one.</param>
/// <param name="Scopes">What was granted, with commas between.</param>
/// <param name="InstalledAt">When it was installed last: a later installation is another one.</param>
public sealed record Installation(string Enterprise, string Team, string Name, string BotUser, string Scopes, Instant InstalledAt)
{
    /// <summary>The bot's token, sealed; null once it was taken out.</summary>
    public byte[]? Token { get; init; }

    /// <summary>What the next token is to be had for, sealed; null where tokens last for good, or where none is to be had any more.</summary>
    public byte[]? Refresh { get; init; }

    /// <summary>When the token ends; null where it lasts for good.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>When the app was taken out; null while it is in.</summary>
    public Instant? RevokedAt { get; init; }

    // Sealed or not, tokens stand in no log.
    public override string ToString() => Team;
}
