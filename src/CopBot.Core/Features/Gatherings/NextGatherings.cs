using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>What is planned, for those who come on in a rotation and for everybody who looks back on a week.</summary>
public sealed class NextGatherings(Work work, Gatherings gatherings, TimeProvider time) : IHandoverItem
{
    private const int Named = 3;

    /// <summary>The very next one, with the way in; null where none is planned.</summary>
    public async Task<Fact?> FirstAsync(CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        return await gatherings.AheadAsync(Now(), 1, ct) is [var one] ? new("Next gathering", $"{GatheringText.Whole(one, community)}: {GatheringText.Line("join", one):code}") : null;
    }

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var ahead = await gatherings.AheadAsync(Now(), Named, ct);
        return ahead.Count == 0 ? null : new("Next gatherings", RichText.Join("; ", ahead.Select(one => RichText.Of($"{GatheringText.Of(one)}, {GatheringText.When(one, community)}"))));
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
