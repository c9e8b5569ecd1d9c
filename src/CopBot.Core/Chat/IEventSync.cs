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
public sealed record GatheringEvent(int Community, Guid Gathering, int Number, string Title, string? Topic, Instant Begins, Instant Ends, bool IsCancelled);
