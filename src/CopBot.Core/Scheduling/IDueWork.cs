using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Work that the clock starts. It lives for one transaction, in which it both does its work and notes that it is done.</summary>
public interface IDueWork
{
    /// <summary>When there is something to do next; null when nothing waits.</summary>
    Task<Instant?> NextAsync(CancellationToken ct);

    /// <summary>Does what is due at an instant and moves <see cref="NextAsync"/> on. Running it again does nothing.</summary>
    Task RunAsync(Instant due, CancellationToken ct);
}
