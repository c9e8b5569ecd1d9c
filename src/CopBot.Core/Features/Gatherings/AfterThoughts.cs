using CopBot.Core.Chat;
using CopBot.Core.Features.Experience;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>What those who were at a gathering are asked once it is over.</summary>
public sealed class AfterThoughts(Surveys surveys)
{
    /// <summary>The questions; none while it goes on, and none when their days are over.</summary>
    public async Task<IEnumerable<Block>> OfAsync(Gathering one, Instant now, CancellationToken ct) =>
        one.EndsAt <= now && (await surveys.OfGatheringAsync(one.Number, one.EndsAt, ct)).ClosesAt > now ? Surveys.Questions(one.Number) : [];
}
