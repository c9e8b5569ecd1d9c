using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>Key results that are behind, or of which people are not sure, for those who come on.</summary>
public sealed class AtRisk(Work work, OkrBook book, TimeProvider time) : IHandoverItem
{
    private const int Named = 5;

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone((await Communities.LoadAsync(work, ct)).Zone).Date;
        var risky = new List<RichText>();
        foreach (var objective in await book.ActiveAsync(ct))
        {
            risky.AddRange((await book.ProgressAsync(objective, today, ct))
                .Where(one => !one.IsReached && (one.IsBehind || one.KeyResult.Confidence is Confidence.AtRisk or Confidence.OffTrack))
                .Select(one => RichText.Of($"“{new UserText(one.KeyResult.Title, objective.OwnerId)}” ({new UserText(OkrText.Reads(one))})")));
        }

        RichText more = risky.Count > Named ? $" and {risky.Count - Named} more" : "";
        return risky.Count == 0 ? null : new("Key results at risk", RichText.Of($"{RichText.Join(", ", risky.Take(Named))}{more}"));
    }
}
