using System.Numerics;
using System.Runtime.Intrinsics;

namespace CopBot.Core.Features.Claims;

/// <summary>Tells quickly which titles cannot be so much like a given one. Likeness is 1 − edits ÷ both lengths.</summary>
/// <remarks>Edits take a letter out or put one in. One percent more of them is allowed than asked for, because likeness is rounded.</remarks>
public sealed class TitleSearch
{
    private const int Signs = 128;
    private readonly TitleProfile wanted;
    private readonly int edits;
    private readonly int mostApart;
    private readonly int words;
    private readonly ulong[] places;

    public TitleSearch(TitleProfile wanted, int percent)
    {
        this.wanted = wanted;
        edits = 101 - percent;

        // Each letter too many or too few costs an edit, and the other title is longer by at most that many.
        mostApart = 2 * edits * wanted.Text.Length / Math.Max(1, 100 - edits);
        words = (wanted.Text.Length + 63) / 64;
        places = new ulong[Signs * words];
        for (var index = 0; index < wanted.Text.Length; index++)
            places[wanted.Text[index] % Signs * words + index / 64] |= 1UL << index;
    }

    /// <summary>Whether the letters alone leave it open.</summary>
    public bool MayBe(Vector256<byte> letters)
    {
        var own = wanted.Letters;
        var (low, high) = Vector256.Widen(Vector256.Max(own, letters) - Vector256.Min(own, letters));
        return Vector256.Sum(low + high) <= mostApart;
    }

    /// <summary>Whether the pairs of letters leave it open: an edit takes away one and adds two at most, or the other way round.</summary>
    public bool MayBe(TitleProfile other)
    {
        var (low, high) = Vector512.Widen(Vector512.Max(wanted.Pairs, other.Pairs) - Vector512.Min(wanted.Pairs, other.Pairs));
        return Vector512.Sum(low + high) * 100 <= 3 * edits * (wanted.Text.Length + other.Text.Length) && MayBe(other.Text);
    }

    /// <summary>Whether the longest common subsequence leaves it open; only letters of foreign scripts can make it seem too long.</summary>
    private bool MayBe(string text)
    {
        var lengths = wanted.Text.Length + text.Length;
        return (lengths - 2 * Common(text)) * 100 <= edits * lengths;
    }

    // One bit for each letter of the wanted title, all moved on at once (Hyyrö, Bit-parallel LCS-length computation revisited, 2004).
    private int Common(string text)
    {
        Span<ulong> row = stackalloc ulong[words];
        row.Fill(ulong.MaxValue);
        foreach (var sign in text)
        {
            var carry = 0UL;
            for (var word = 0; word < row.Length; word++)
            {
                var before = row[word];
                var matching = before & places[sign % Signs * words + word];
                var sum = (UInt128)before + matching + carry;
                carry = (ulong)(sum >> 64);
                row[word] = (ulong)sum | (before & ~matching);
            }
        }

        var common = 0;
        foreach (var word in row)
            common += 64 - BitOperations.PopCount(word);
        return common;
    }
}
