using CopBot.Core.Chat;
using CopBot.Core.Scheduling;

namespace CopBot.Core.Features.Announcements;

/// <summary>Says a schedule's title in the main channels.</summary>
public sealed class Announcement(MainChannels channels) : IScheduledEffect
{
    public const string Effect = "announcement";

    public string Name => Effect;

    public Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct) =>
        channels.PostAsync(new Message($"{new UserText(schedule.Title, schedule.OwnerId)}"), schedule.Id, ct);
}
