using CopBot.Core.Chat;
using CopBot.Core.Scheduling;

namespace CopBot.Core.Features.Announcements;

/// <summary>Says what a schedule says in its channels, or in those that get announcements.</summary>
public sealed class Announcement(Channels channels) : IScheduledEffect
{
    public const string Effect = "announcement";

    public string Name => Effect;

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct) =>
        await channels.PostAsync(PostKind.Announcement, new Message(schedule.Spoken), schedule.Id, ct, schedule.Places is { } names ? await channels.NamedAsync(names, ct) : null);
}
