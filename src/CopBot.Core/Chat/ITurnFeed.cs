using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>
/// A chat product's own feed of news for a person (the activity feed of Teams), in which it stands that their turn begins. A platform that has one registers
/// one of these; without any, nothing is noted and nobody is asked. What there is to know comes as a message all the same.
/// </summary>
public interface ITurnFeed
{
    /// <summary>The platform.</summary>
    string Platform { get; }

    /// <summary>
    /// Puts it into the feed of one account. It is asked again where the answer was lost: doing it twice is doing it once. Never throws for what the platform
    /// answers: the answer is the outcome.
    /// </summary>
    Task<SyncOutcome> TellAsync(TurnNews news, CancellationToken ct);
}

/// <summary>Somebody's turn begins.</summary>
/// <param name="Name">What the rotation is called.</param>
/// <param name="Turn">Its number.</param>
/// <param name="Until">The day on which it ends.</param>
public sealed record TurnNews(Guid Rotation, string Name, int Turn, Handle To, LocalDate Until);
