using CopBot.Core.Storage;

namespace CopBot.Core.Chat;

/// <summary>The channels for what concerns a whole community: one on every platform and workspace that is its own.</summary>
public sealed class MainChannels(Work work, Outbox outbox, Communities communities, IEnumerable<IPlatform> platforms)
{
    /// <summary>Says something in each of them, once.</summary>
    /// <param name="schedule">The schedule it comes from; cancelling that withdraws it while it has not gone out.</param>
    public async Task PostAsync(Message message, Guid? schedule, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        foreach (var platform in platforms)
        {
            if (platform.MainPlace(community) is not { } place)
                continue;
            foreach (var workspace in communities.WorkspacesOf(platform.Name, place.Workspace, community.Id))
                await outbox.PostAsync(place with { Workspace = workspace }, message, ct, schedule);
        }
    }
}
