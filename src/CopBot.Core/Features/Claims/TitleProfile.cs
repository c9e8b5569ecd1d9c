using System.Runtime.Intrinsics;

namespace CopBot.Core.Features.Claims;

/// <summary>A title with its letters counted, so that most pairs need no closer look.</summary>
public sealed class TitleProfile
{
    private readonly Vector256<byte> letters;

    public TitleProfile(string title)
    {
        Text = title.Trim().ToLowerInvariant();
        var counts = new byte[Vector256<byte>.Count];
        foreach (var c in Text)
        {
            ref var count = ref counts[c & 31];
            if (count < byte.MaxValue)
                count++;
        }

        letters = Vector256.Create(counts);
    }

    /// <summary>The title as it is compared.</summary>
    public string Text { get; }

    /// <summary>False when the two cannot be so much alike: each letter too many or too few costs an edit, and likeness is 1 − edits ÷ both lengths.</summary>
    public bool MayBeLike(TitleProfile other, int percent)
    {
        var difference = Vector256.Max(letters, other.letters) - Vector256.Min(letters, other.letters);
        var (low, high) = Vector256.Widen(difference);
        var edits = Vector256.Sum(low + high);

        // One percent more than asked for, because the ratio is rounded.
        return edits * 100 <= (101 - percent) * (Text.Length + other.Text.Length);
    }
}
