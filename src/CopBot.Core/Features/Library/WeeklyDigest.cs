using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Core.Features.Library;

/// <summary>Posts what was shared in a week; nothing where that is nothing.</summary>
public sealed class WeeklyDigest(ShelfText text, Channels channels) : IScheduledEffect
{
    public const string Effect = "library";

    public string Name => Effect;

    /// <summary>Every Friday at three.</summary>
    public static Recurrence RuleFrom(LocalDate today) => new Recurrence.Weekly([IsoDayOfWeek.Friday], 1, today, new LocalTime(15, 0));

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        if (await text.DigestAsync(occurrence.Date.PlusDays(-6), occurrence.Date.PlusDays(1), ct) is { } digest)
            await channels.PostAsync(PostKind.Library, digest, schedule.Id, ct);
    }
}
