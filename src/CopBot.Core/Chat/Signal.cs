namespace CopBot.Core.Chat;

/// <summary>Wakes a worker that waits for something to do.</summary>
public abstract class Signal
{
    private volatile TaskCompletionSource set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it was set after the last <see cref="Reset"/>.</summary>
    public Task Signalled => set.Task;

    public void Set() => set.TrySetResult();

    public void Reset()
    {
        if (set.Task.IsCompleted)
            set = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
