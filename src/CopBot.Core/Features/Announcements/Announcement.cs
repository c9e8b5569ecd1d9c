using CopBot.Core.Chat;
using CopBot.Core.Scheduling;

namespace CopBot.Core.Features.Announcements;

/// <summary>Says a schedule's title in the channels that get announcements.</summary>
public sealed class Announcement(Channels channels) : IScheduledEffect
{
    public const string Effect = "announcement";

    public string Name => Effect;

    public Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct) =>
        channels.PostAsync(PostKind.Announcement, new Message($"{new UserText(schedule.Title, schedule.OwnerId)}"), schedule.Id, ct);
}
