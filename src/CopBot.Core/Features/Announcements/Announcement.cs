using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Announcements;

/// <summary>Says a schedule's title in the main channel of every platform that has one.</summary>
public sealed class Announcement(Work work, Outbox outbox, IEnumerable<IPlatform> platforms) : IScheduledEffect
{
    public const string Effect = "announcement";

    public string Name => Effect;

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        foreach (var place in platforms.SelectMany(platform => platform.MainPlaces(community)))
            await outbox.PostAsync(place, new Message($"{new UserText(schedule.Title, schedule.OwnerId)}"), ct);
    }
}
