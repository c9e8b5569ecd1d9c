using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>
/// A chat product's own events (a scheduled event of a Discord server, a calendar event in Teams) as the core sees them. A platform that has events registers
/// one of these; without any, nothing is noted and nobody is asked.
/// </summary>
public interface IEventSync
{
    /// <summary>The platform.</summary>
    string Platform { get; }

    /// <summary>Whether its events show who comes, so that they change as people join and leave.</summary>
    bool TakesPeople => false;

    /// <summary>
    /// Makes the platform's event what the gathering is: made, moved, called off. It is asked again where the answer was lost: doing it twice is
    /// doing it once. Never throws for what the platform answers: the answer is the outcome.
    /// </summary>
    Task<SyncOutcome> SetAsync(GatheringEvent gathering, CancellationToken ct);
}

/// <summary>A gathering as an event.</summary>
/// <param name="Gathering">Which one; this stays when it moves.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Title">At most 120 characters.</param>
/// <param name="IsCancelled">Whether it does not take place.</param>
/// <param name="Planner">The accounts on the platform of whoever planned it; none where they are not shown by their own name.</param>
/// <param name="People">The accounts on the platform of those who join and are shown by their own name, the planner's among them.</param>
public sealed record GatheringEvent(
    int Community, Guid Gathering, int Number, string Title, string? Topic, Instant Begins, Instant Ends, bool IsCancelled, IReadOnlyList<Handle> Planner, IReadOnlyList<Handle> People);
