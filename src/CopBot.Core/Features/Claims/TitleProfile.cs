using System.Runtime.Intrinsics;

namespace CopBot.Core.Features.Claims;

/// <summary>A title as it is compared, with its letters counted.</summary>
public sealed class TitleProfile
{
    public TitleProfile(string title)
    {
        Text = title.Trim().ToLowerInvariant();
        Span<byte> counts = stackalloc byte[Vector256<byte>.Count];
        counts.Clear();
        foreach (var c in Text)
        {
            ref var count = ref counts[c & 31];
            if (count < byte.MaxValue)
                count++;
        }

        Letters = Vector256.Create<byte>(counts);
    }

    public string Text { get; }

    /// <summary>How often each letter occurs.</summary>
    public Vector256<byte> Letters { get; }
}
