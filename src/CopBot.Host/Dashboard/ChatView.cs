using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Host.Dashboard;

/// <summary>All that the conversation's page shows to one person.</summary>
public sealed record ChatView
{
    public required Viewer Viewer { get; init; }

    public required Community Community { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Whether there are lines before the first.</summary>
    public required bool HasOlder { get; init; }

    /// <summary>Whether this is a look back rather than the end of the conversation.</summary>
    public required bool LooksBack { get; init; }

    public required WeekBoard Board { get; init; }

    public required string Seal { get; init; }

    /// <summary>What was typed and could not be stored, so that it is not lost.</summary>
    public string Draft { get; init; } = "";

    /// <summary>Why it could not be stored.</summary>
    public string? Problem { get; init; }

    /// <summary>The event of the form on this page; kept with a draft, so that trying again counts once.</summary>
    public required string Event { get; init; }

    /// <summary>Whether the form speaks in private.</summary>
    public bool InPrivate { get; init; }

    /// <summary>The commands that the person may use.</summary>
    public required IReadOnlyList<Command> Commands { get; init; }

    public DateTimeZone Zone => Community.Zone;
}
