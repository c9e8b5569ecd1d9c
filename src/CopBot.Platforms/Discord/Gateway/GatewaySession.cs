namespace CopBot.Platforms.Discord.Gateway;

/// <summary>A session at the gateway, as it can be gone on with.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Address">Where it is resumed.</param>
/// <param name="Sequence">The number of the last event that is safely stored.</param>
public sealed record GatewaySession(string Id, string Address, long Sequence);

/// <summary>Which events are stored: what comes later is not safe before all that came earlier.</summary>
internal sealed class GatewayProgress(long sequence)
{
    private readonly Lock gate = new();
    private readonly SortedSet<long> open = [];
    private long last = sequence;

    /// <summary>The number of the last event that came.</summary>
    public long Last
    {
        get
        {
            lock (gate)
                return last;
        }
    }

    /// <summary>The number up to which everything is stored.</summary>
    public long Safe
    {
        get
        {
            lock (gate)
                return open.Count == 0 ? last : open.Min - 1;
        }
    }

    /// <summary>A new session counts from the beginning.</summary>
    public void Restart(long number)
    {
        lock (gate)
        {
            open.Clear();
            last = number;
        }
    }

    public void Begin(long number)
    {
        lock (gate)
        {
            open.Add(number);
            last = number;
        }
    }

    public void Stored(long number)
    {
        lock (gate)
            open.Remove(number);
    }
}
