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

    public Place MainPlace(Community community) => new(Name, LocalNames.Platform, community.MainChannel);

    public Place ChannelPlace(Community community, string name) => new(Name, LocalNames.Platform, name);

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
