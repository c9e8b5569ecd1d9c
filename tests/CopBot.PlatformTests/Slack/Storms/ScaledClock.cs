namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>A clock that runs some times as fast as the real one, its timers with it: ten minutes of waiting are over in seconds.</summary>
public sealed class ScaledClock(int faster) : TimeProvider
{
    private readonly Lock guard = new();
    private DateTimeOffset start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private long began = System.GetTimestamp();
    private int faster = faster;

    public override DateTimeOffset GetUtcNow()
    {
        lock (guard)
            return start + System.GetElapsedTime(began) * faster;
    }

    /// <summary>Goes on at another speed.</summary>
    public void Run(int times)
    {
        lock (guard)
            (start, began, faster) = (start + System.GetElapsedTime(began) * faster, System.GetTimestamp(), times);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private TimeSpan Scaled(TimeSpan wait) => wait <= TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds / faster)));
}
