using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>A clock that stands until it is moved: a rehearsal lives through a season in seconds.</summary>
public sealed class VirtualClock(Instant start) : TimeProvider
{
    private long milliseconds = start.ToUnixTimeMilliseconds();

    /// <summary>What the clock shows.</summary>
    public Instant Now => Instant.FromUnixTimeMilliseconds(Interlocked.Read(ref milliseconds));

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    /// <summary>Sets the clock; it never goes back.</summary>
    public void MoveTo(Instant instant)
    {
        if (instant < Now)
            throw new ArgumentOutOfRangeException(nameof(instant), "the clock does not go back");
        Interlocked.Exchange(ref milliseconds, instant.ToUnixTimeMilliseconds());
    }
}
