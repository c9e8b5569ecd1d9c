using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

/// <summary>The greatest gaps that are still open.</summary>
public sealed class OpenGaps(Gaps gaps) : IHandoverItem
{
    private const int Named = 3;

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var open = await gaps.TopAsync(int.MaxValue, ct);
        if (open.Count == 0)
            return null;
        var named = RichText.Join(", ", open.Take(Named).Select(gap => RichText.Of($"{gap.Number} “{gap.Titled}” (size {gap.Size})")));
        RichText more = open.Count > Named ? $" and {open.Count - Named} more" : "";
        return new("Open gaps", $"{named}{more}: {"gap list":code} shows them");
    }
}
