using System.Text;

namespace CopBot.Core.Features.Rotations;

/// <summary>A draw that anybody can repeat: the rotation's name, the number of the turn and somebody's place in the pool decide it, and nothing else.</summary>
internal static class Draw
{
    private const ulong Basis = 14695981039346656037UL;

    /// <summary>What tells the draws of one rotation from those of another.</summary>
    public static ulong Seed(string name) => Encoding.UTF8.GetBytes(name).Aggregate(Basis, Mix);

    public static ulong Of(ulong seed, int turn, int member, int seat = 0)
    {
        // FNV-1a, then mixed, so that neighbours are drawn apart. The highest bits are left so that a sum has room.
        var hash = ((int[])[turn, member, seat]).Aggregate(seed, (sum, number) => Mix(Mix(sum, (byte)number), (byte)(number >> 8)));
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 29)) * 0xc4ceb9fe1a85ec53UL;
        return (hash ^ (hash >> 32)) >> 8;
    }

    private static ulong Mix(ulong hash, byte one) => (hash ^ one) * 1099511628211UL;
}
