using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Work that the clock starts, one piece at a time.</summary>
public interface IDueWork
{
    /// <summary>What comes next, earliest first, at most so many.</summary>
    Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct);

    /// <summary>Does one piece within the transaction at hand and notes that it is done. Running it again does nothing.</summary>
    Task RunAsync(Due due, Instant now, CancellationToken ct);
}

/// <summary>A piece of work: when it is due, and a key that tells it from others of its kind.</summary>
public sealed record Due(Instant At, string Key);
