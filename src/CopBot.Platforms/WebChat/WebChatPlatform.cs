using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Platforms.WebChat;

/// <summary>
/// The community's own page. What is in the outbox is the transcript, so a message is said as soon as it is committed; sending only wakes the
/// pages that are open.
/// </summary>
public sealed class WebChatPlatform(LiveSignal live) : IPlatform
{
    /// <summary>The platform of its places.</summary>
    public const string PlatformName = "web";

    /// <summary>The one channel that all see.</summary>
    public static Place Channel { get; } = new(PlatformName, LocalNames.Platform, "#general");

    public string Name => PlatformName;

    public bool KeepsTranscript => true;

    /// <summary>The conversation that only one person and the bot are in.</summary>
    public static Place PrivateWith(string userId) => new(PlatformName, LocalNames.Platform, "@" + userId);

    public IReadOnlyList<string> Workspaces { get; } = [LocalNames.Platform];

    public Place MainPlace(Community community, string workspace) => Channel with { Workspace = workspace };

    public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        live.Set();
        return Task.FromResult(SendOutcome.Sent);
    }
}
