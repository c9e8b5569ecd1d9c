namespace CopBot.Core.Storage;

/// <summary>Gives UUIDv7 ids, each after the one before, also within one millisecond: what is tied is listed in the order in which it came.</summary>
public sealed class OrderedIds(TimeProvider time)
{
    // The 12 bits after the version count within a millisecond; the 62 behind them stay random.
    private const int Counts = 1 << 12;
    private readonly Lock guard = new();
    private long last;

    /// <summary>The next id.</summary>
    public Guid Next()
    {
        long next;
        lock (guard)
            next = last = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds() * Counts, last + 1);

        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next / Counts)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (next % Counts >> 8));
        bytes[7] = (byte)next;
        return new Guid(bytes, bigEndian: true);
    }
}
