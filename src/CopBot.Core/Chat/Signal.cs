namespace CopBot.Core.Chat;

/// <summary>Wakes all who wait for something to do.</summary>
public abstract class Signal
{
    private TaskCompletionSource next = Fresh();

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking, so that nothing slips in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Set() => Interlocked.Exchange(ref next, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
