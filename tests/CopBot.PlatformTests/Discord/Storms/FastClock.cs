namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>A clock that runs some times as fast as the real one, with its timers and its stopwatch: a minute of waiting is over in a second.</summary>
public sealed class FastClock(int faster) : TimeProvider
{
    private readonly Lock guard = new();
    private readonly DateTimeOffset start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private TimeSpan passed;
    private long began = System.GetTimestamp();
    private int faster = faster;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long it has run, by itself.</summary>
    public TimeSpan Passed
    {
        get
        {
            lock (guard)
                return passed + System.GetElapsedTime(began) * faster;
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Passed;

    public override long GetTimestamp() => Passed.Ticks;

    /// <summary>Goes on at another speed; what waits already waits as long as it was to.</summary>
    public void Run(int times)
    {
        lock (guard)
            (passed, began, faster) = (passed + System.GetElapsedTime(began) * faster, System.GetTimestamp(), times);
    }

    /// <summary>Leaps over what nobody waits for.</summary>
    public void Skip(TimeSpan time)
    {
        lock (guard)
            passed += time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private TimeSpan Scaled(TimeSpan wait) => wait <= TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds / faster)));
}
