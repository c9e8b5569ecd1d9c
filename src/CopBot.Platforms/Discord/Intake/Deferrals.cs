using System.Collections.Concurrent;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>
/// Which interactions Discord was told that they will be answered, and which have their first answer. Answers wait for the one; by the other it is known
/// whether the next takes the place of “thinking …” or stands on its own.
/// </summary>
public sealed class Deferrals(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, Deferral> known = new();

    /// <summary>Notes an interaction before what it says is stored: the answer may be there sooner than Discord's word.</summary>
    public void Begin(string token)
    {
        if (known.Count > Most)
        {
            foreach (var old in known.Where(one => time.GetElapsedTime(one.Value.Began) > Kept).Select(one => one.Key).ToList())
                known.TryRemove(old, out _);
        }

        known.TryAdd(token, new Deferral(time.GetTimestamp()));
    }

    /// <summary>Notes what Discord said.</summary>
    public void Settle(string token, bool done)
    {
        if (known.TryGetValue(token, out var one))
            one.Told.TrySetResult(done);
    }

    /// <summary>Waits for Discord's word; true also where this process knows nothing of it, because another began it.</summary>
    public async Task<bool> IsGoodAsync(string token, CancellationToken ct)
    {
        if (!known.TryGetValue(token, out var one))
            return true;
        try
        {
            return await one.Told.Task.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether nothing has taken the place of “thinking …” yet.</summary>
    public bool IsOpen(string token) => !known.TryGetValue(token, out var one) || !one.Answered;

    /// <summary>Notes that something has.</summary>
    public void Answered(string token)
    {
        Begin(token);
        if (known.TryGetValue(token, out var one))
            (one.Answered, _) = (true, one.Told.TrySetResult(true));
    }

    private sealed class Deferral(long began)
    {
        public long Began { get; } = began;

        public TaskCompletionSource<bool> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool Answered;
    }
}
