namespace CopBot.Platforms.WebChat;

/// <summary>Wakes every open page at once when there may be something new to show.</summary>
public sealed class LiveSignal
{
    private TaskCompletionSource next = Fresh();

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking, so that nothing slips in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Set() => Interlocked.Exchange(ref next, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
