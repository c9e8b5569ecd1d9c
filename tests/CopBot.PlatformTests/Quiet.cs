namespace CopBot.PlatformTests;

/// <summary>Waits for a bot that works by itself until it has nothing left to do.</summary>
internal static class Quiet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits as long as it gets less, however slow the machine is; two minutes without that are a failure.</summary>
    /// <param name="left">How much there is left to do.</param>
    /// <param name="state">What is told when it stands still.</param>
    public static async Task WaitAsync(Func<Task<int>> left, Func<Task<string>> state)
    {
        var (fewest, since) = (int.MaxValue, TimeProvider.System.GetTimestamp());
        while (await left() is var now and > 0)
        {
            if (now < fewest)
                (fewest, since) = (now, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"not quiet: {await state()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
