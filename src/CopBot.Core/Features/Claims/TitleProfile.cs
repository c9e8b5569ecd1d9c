using System.Runtime.Intrinsics;

namespace CopBot.Core.Features.Claims;

/// <summary>A title as it is compared, with its letters and its pairs of neighbours counted.</summary>
public sealed class TitleProfile
{
    public TitleProfile(string title)
    {
        Text = title.Trim().ToLowerInvariant();
        Span<byte> letters = stackalloc byte[Vector256<byte>.Count];
        Span<byte> pairs = stackalloc byte[Vector512<byte>.Count];
        letters.Clear();
        pairs.Clear();
        for (var index = 0; index < Text.Length; index++)
        {
            Count(ref letters[Text[index] & 31]);
            if (index > 0)
                Count(ref pairs[(Text[index - 1] * 37 + Text[index]) & 63]);
        }

        Letters = Vector256.Create<byte>(letters);
        Pairs = Vector512.Create<byte>(pairs);

        static void Count(ref byte count)
        {
            if (count < byte.MaxValue)
                count++;
        }
    }

    public string Text { get; }

    /// <summary>How often each letter occurs.</summary>
    public Vector256<byte> Letters { get; }

    /// <summary>How often two letters stand side by side.</summary>
    public Vector512<byte> Pairs { get; }
}
