using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>A chat product as the dispatcher sees it: somewhere to send to.</summary>
public interface IPlatform
{
    /// <summary>The name that places carry, such as <c>web</c>.</summary>
    string Name { get; }

    /// <summary>Whether the outbox is this platform's transcript, so that what was sent is kept.</summary>
    bool KeepsTranscript => false;

    /// <summary>The channel for what concerns a whole community, in the platform's own workspace; null where it has no channels.</summary>
    Place? MainPlace(Community community) => null;

    /// <summary>The channel of a name such as <c>#ops</c>, in the platform's own workspace; null where it has none of that name.</summary>
    Place? ChannelPlace(Community community, string name) => MainPlace(community) is { } main && (name == main.Id || name == community.MainChannel) ? main : null;

    /// <summary>Says one message. Never throws for what the platform answers: the answer is the outcome.</summary>
    Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>A message on its way: where to, for whose eyes alone (a user id, or null for all there), and the names its reader may see.</summary>
public sealed record Delivery(long Id, int Community, Place Place, string? Only, Message Message, Func<PersonId, string> Names, Instant At);

/// <summary>What became of a message.</summary>
/// <param name="Kind">The class of answer.</param>
/// <param name="RetryAfter">How long the platform asked to wait, where it did.</param>
/// <param name="Problem">What it said, for operators.</param>
public sealed record SendOutcome(SendOutcomeKind Kind, Duration? RetryAfter = null, string? Problem = null)
{
    public static SendOutcome Sent { get; } = new(SendOutcomeKind.Sent);
}

/// <summary>The classes of answer that call for different behaviour.</summary>
public enum SendOutcomeKind
{
    Sent,

    /// <summary>Too fast: wait as told, then send again.</summary>
    RateLimited,

    /// <summary>Certainly not said; try again later.</summary>
    Transient,

    /// <summary>Refused for good.</summary>
    Permanent,

    /// <summary>The place no longer exists for the bot.</summary>
    PlaceGone,

    /// <summary>No answer: it may have been said.</summary>
    Unknown,
}
