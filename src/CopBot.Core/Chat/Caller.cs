using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>The person whose command is being run, and the circumstances.</summary>
public sealed record Caller
{
    public required PersonId Person { get; init; }

    public required Role Role { get; init; }

    /// <summary>Whether public outputs may show them.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Whether they chose to look on without taking part.</summary>
    public bool LooksOn { get; init; }

    public required Community Community { get; init; }

    /// <summary>What was said, where and through which account.</summary>
    public required Incoming Said { get; init; }

    /// <summary>Those whom this line names by their alias; noted while it is read.</summary>
    public HashSet<PersonId> ByAlias { get; } = [];

    /// <summary>When it counts: the platform's time stamp where it is believable, else the time of receipt.</summary>
    public required Instant At { get; init; }

    /// <summary>The row of the inbox, which ties everything booked to its event.</summary>
    public required long InboxId { get; init; }

    /// <summary>The community's date at <see cref="At"/>.</summary>
    public LocalDate Today => At.InZone(Community.Zone).Date;
}

/// <summary>The answer to a command: private unless it is of use to everybody there.</summary>
public sealed record Reply(Message Message, bool Public = false)
{
    public static implicit operator Reply(Message message) => new(message);

    public static implicit operator Reply(RichText says) => new(new Message(says));

    /// <summary>Whether it says why something was not done.</summary>
    public bool Refused { get; init; }

    /// <summary>Whether nothing was done yet: the line could not be read, or its command needs more.</summary>
    public bool Nothing { get; init; }

    /// <summary>The name under which it is brought up to date where everybody sees it, such as <c>claim/12</c>; null where it stays as it is.</summary>
    public string? ShownAs { get; init; }

    /// <summary>An answer that everybody in the place sees.</summary>
    public static Reply ToAll(Message message) => new(message, Public: true);
}
