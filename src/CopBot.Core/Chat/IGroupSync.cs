using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>
/// A chat product's own groups (a Slack user group, a Discord role, a Teams tag) as the core sees them: who is to be in one. A platform that has
/// groups registers one of these; without any, nothing is noted and nobody is asked.
/// </summary>
public interface IGroupSync
{
    /// <summary>The platform whose accounts it takes, as handles carry it.</summary>
    string Platform { get; }

    /// <summary>Whether its groups show who somebody is in the game, so that the titles of the season are to be groups as well.</summary>
    bool TakesTitles => false;

    /// <summary>
    /// Makes these the members of a group, and nobody else. It is asked again where the answer was lost, and now and then to mend what
    /// somebody changed by hand: doing it twice is doing it once. Never throws for what the platform answers: the answer is the outcome.
    /// </summary>
    Task<SyncOutcome> SetAsync(GroupMembers group, CancellationToken ct);
}

/// <summary>Who is to be in a group.</summary>
/// <param name="Follows">What the group follows, a rotation or a title; this stays when the name changes.</param>
/// <param name="Name">What that is called.</param>
/// <param name="Members">Their accounts on the platform, of all its workspaces. None once what it follows is removed.</param>
/// <param name="IsCalled">Whether everybody may call the group to reach its members.</param>
public sealed record GroupMembers(int Community, Guid Follows, string Name, IReadOnlyList<Handle> Members, bool IsCalled = true);

/// <summary>What became of it.</summary>
/// <param name="RetryAfter">How long the platform asked to wait, where it did.</param>
/// <param name="Problem">What it said, for operators.</param>
public sealed record SyncOutcome(SyncOutcomeKind Kind, Duration? RetryAfter = null, string? Problem = null)
{
    public static SyncOutcome Done { get; } = new(SyncOutcomeKind.Done);
}

/// <summary>The classes of answer that call for different behaviour.</summary>
public enum SyncOutcomeKind
{
    Done,

    /// <summary>Not now, or nobody knows: ask again soon.</summary>
    Later,

    /// <summary>Refused as things are, such as for lack of a permission: a lead or an administrator has to do something first.</summary>
    Refused,
}
