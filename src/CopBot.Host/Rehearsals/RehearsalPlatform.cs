using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Host.Rehearsals;

/// <summary>A platform that only listens: the rehearsal prints what it heard, in the order in which it was said.</summary>
public sealed class RehearsalPlatform : IPlatform
{
    private readonly Lock guard = new();
    private readonly List<Delivery> heard = [];

    public string Name => "rehearsal";

    public IReadOnlyList<string> Workspaces { get; } = [LocalNames.Platform];

    public Place MainPlace(Community community, string workspace) => new(Name, workspace, community.MainChannel);

    public Place ChannelPlace(Community community, string workspace, string name) => new(Name, workspace, name);

    public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        lock (guard)
            heard.Add(delivery);
        return Task.FromResult(SendOutcome.Sent);
    }

    /// <summary>What was said since the last time.</summary>
    public IReadOnlyList<Delivery> Take()
    {
        lock (guard)
        {
            var taken = heard.OrderBy(delivery => delivery.Id).ToList();
            heard.Clear();
            return taken;
        }
    }
}
