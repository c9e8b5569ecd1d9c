using CopBot.Core.Chat;

namespace CopBot.Core.Features.Rotations;

/// <summary>A draw that anybody can repeat: the turn and the person decide it, and nothing else.</summary>
internal static class Draw
{
    public static ulong Of(Guid rotation, int turn, PersonId person, int seat = 0)
    {
        Span<byte> bytes = stackalloc byte[40];
        rotation.TryWriteBytes(bytes, bigEndian: true, out _);
        person.Value.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        BitConverter.TryWriteBytes(bytes[32..], turn);
        BitConverter.TryWriteBytes(bytes[36..], seat);

        // FNV-1a, then mixed, so that ids that differ in their last bits alone are drawn apart. Few bits are left so that a sum has room.
        var hash = 14695981039346656037UL;
        foreach (var one in bytes)
            hash = (hash ^ one) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return (hash ^ (hash >> 33)) >> 8;
    }
}
