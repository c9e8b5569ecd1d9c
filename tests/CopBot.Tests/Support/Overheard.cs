using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Tests.Support;

/// <summary>A platform, one message after the other, so that each delivery is known by the message that appears.</summary>
/// <param name="platform">The real one.</param>
/// <param name="around">Called around each send, alone.</param>
public sealed class Overheard(IPlatform platform, Func<Delivery, Func<Task<SendOutcome>>, Task<SendOutcome>> around) : IPlatform, IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    public string Name => platform.Name;

    public IReadOnlyList<string> Workspaces => platform.Workspaces;

    public bool Revises => platform.Revises;

    public bool Refreshes => platform.Refreshes;

    public bool Addresses => platform.Addresses;

    public bool Remembers => platform.Remembers;

    public bool Forgets => platform.Forgets;

    public Place? MainPlace(Community community, string workspace) => platform.MainPlace(community, workspace);

    public Place? ChannelPlace(Community community, string workspace, string name) => platform.ChannelPlace(community, workspace, name);

    public string ChannelName(Place place) => platform.ChannelName(place);

    public Task<Fate> FateAsync(Delivery delivery, CancellationToken ct) => platform.FateAsync(delivery, ct);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            return await around(delivery, () => platform.SendAsync(delivery, ct));
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
