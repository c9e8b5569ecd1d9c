using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Something a person typed or clicked, as an adapter understood it after proving who sent it.</summary>
public sealed record Incoming
{
    /// <summary>The platform's own id of the event; the same id counts once, whenever it comes.</summary>
    public required string EventId { get; init; }

    /// <summary>Where it was said.</summary>
    public required Place Place { get; init; }

    /// <summary>Who said it.</summary>
    public required Handle From { get; init; }

    /// <summary>The command line, without the bot's own name or the leading <c>/cop</c> being necessary.</summary>
    public required string Text { get; init; }

    /// <summary>When it happened by the platform's clock, where that is known.</summary>
    public Instant? At { get; init; }

    /// <summary>The platform's own way back to whoever said it, good for some minutes; null where there is none.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whether nobody is to be told where it cannot be done: it was no line, but a gesture such as a reaction.</summary>
    public bool Quiet { get; init; }

    /// <summary>Accounts that the text mentions as <c>@key</c>, by that key.</summary>
    public IReadOnlyDictionary<string, Handle> Mentions { get; init; } = new Dictionary<string, Handle>();
}
