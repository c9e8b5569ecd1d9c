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

    /// <summary>The workspaces that it serves; none where it has no channels.</summary>
    IReadOnlyList<string> Workspaces => [];

    /// <summary>The channel for what concerns a whole community, in one of its workspaces; null where the bot is in none of that name.</summary>
    Place? MainPlace(Community community, string workspace) => null;

    /// <summary>The channel of a name such as <c>#ops</c>, in one of its workspaces; null where the bot is in none of that name.</summary>
    Place? ChannelPlace(Community community, string workspace, string name) =>
        MainPlace(community, workspace) is { } main && (name == main.Id || name == community.MainChannel) ? main : null;

    /// <summary>What people call a channel, such as <c>#general</c>.</summary>
    string ChannelName(Place place) => place.Id;

    /// <summary>The longest document that one message takes, in characters; longer ones are said in parts.</summary>
    int LongestDocument => int.MaxValue;

    /// <summary>Whether it can bring up to date what it said, by the id that its outcome gave.</summary>
    bool Revises => false;

    /// <summary>Whether its clients ask what the messages that it brings up to date say by now; then their newest wording is kept.</summary>
    bool Refreshes => false;

    /// <summary>Whether it addresses people by their account; then deliveries say who may be addressed.</summary>
    bool Addresses => false;

    /// <summary>Whether it can tell, of most messages, if an earlier attempt said them. Elsewhere a message that a crash left behind is said again.</summary>
    bool Remembers => false;

    /// <summary>Whether nobody can find out afterwards if a message was said. Then it is noted of each message that it is about to be sent, so that a crash leaves those alone in doubt.</summary>
    bool Forgets => false;

    /// <summary>What became of an earlier attempt; asked only of one that <see cref="Remembers"/>. Never throws for what the platform answers.</summary>
    Task<Fate> FateAsync(Delivery delivery, CancellationToken ct) => Task.FromResult(new Fate(FateKind.NotSaid));

    /// <summary>Says one message. Never throws for what the platform answers: the answer is the outcome.</summary>
    Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>A message on its way: where to, for whose eyes alone (a user id, or null for all there), and the names its reader may see.</summary>
public sealed record Delivery(long Id, int Community, Place Place, string? Only, Message Message, Func<PersonId, string> Names, Instant At)
{
    /// <summary>The account of a person in the place's workspace, where its readers may know it; else null.</summary>
    public Func<PersonId, string?> Accounts { get; init; } = static _ => null;

    /// <summary>The platform's own way back to who asked; null where nobody did, or it is not good for long.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The id of the message that this one takes the place of; null for a new one.</summary>
    public string? Revises { get; init; }

    /// <summary>The name under which it is brought up to date, such as <c>claim/12</c>; null where it stays as it is.</summary>
    public string? ShownAs { get; init; }
}

/// <summary>What became of a message.</summary>
/// <param name="Kind">The class of answer.</param>
/// <param name="RetryAfter">How long the platform asked to wait, where it did.</param>
/// <param name="Problem">What it said, for operators.</param>
public sealed record SendOutcome(SendOutcomeKind Kind, Duration? RetryAfter = null, string? Problem = null)
{
    public static SendOutcome Sent { get; } = new(SendOutcomeKind.Sent);

    /// <summary>The platform's id of what was said, where it gives one.</summary>
    public string? MessageId { get; init; }
}

/// <summary>What became of an attempt that got no answer.</summary>
/// <param name="MessageId">The platform's id of the message, where it was said.</param>
/// <param name="RetryAfter">How long the platform asked to wait before asking again.</param>
public sealed record Fate(FateKind Kind, string? MessageId = null, Duration? RetryAfter = null);

/// <summary>What a platform can say of an attempt.</summary>
public enum FateKind
{
    Said,

    /// <summary>Certainly not said: it may be sent.</summary>
    NotSaid,

    /// <summary>Nobody will ever know, as with what only one person saw.</summary>
    Unknowable,

    /// <summary>The platform does not answer now; ask again.</summary>
    Later,
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
