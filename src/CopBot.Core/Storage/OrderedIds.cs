namespace CopBot.Core.Storage;

/// <summary>Gives UUIDv7 ids, each after the one before, also within one millisecond: what is tied is listed in the order in which it came.</summary>
/// <param name="time">What the ids begin with.</param>
/// <param name="random">What they end with; null for what nobody can foretell. A rehearsal plays the same script twice alike.</param>
public sealed class OrderedIds(TimeProvider time, Random? random = null)
{
    // The 12 bits after the version count within a millisecond; the 62 behind them are random.
    private const int Counts = 1 << 12;
    private readonly Lock guard = new();
    private long last;

    /// <summary>The next id.</summary>
    public Guid Next()
    {
        long next;
        Span<byte> bytes = stackalloc byte[16];
        lock (guard)
        {
            next = last = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds() * Counts, last + 1);
            Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next / Counts)).TryWriteBytes(bytes, bigEndian: true, out _);
            if (random is not null)
            {
                random.NextBytes(bytes[8..]);
                bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
            }
        }

        bytes[6] = (byte)(0x70 | (next % Counts >> 8));
        bytes[7] = (byte)next;
        return new Guid(bytes, bigEndian: true);
    }
}
