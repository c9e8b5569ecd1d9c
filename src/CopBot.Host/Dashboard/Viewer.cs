using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Platforms.WebChat;

namespace CopBot.Host.Dashboard;

/// <summary>The person whom a session shows its pages to.</summary>
public sealed record Viewer(string UserId, string Name, PersonId Person, Role Role)
{
    /// <summary>The conversation that only they and the bot are in.</summary>
    public Place Private => WebChatPlatform.PrivateWith(UserId);

    /// <summary>The event that something they say is.</summary>
    public Incoming Says(string text, bool inPrivate, string eventId) => new()
    {
        EventId = eventId,
        Place = inPrivate ? Private : WebChatPlatform.Channel,
        From = LocalNames.Handle(Name),
        Text = text,
    };
}

/// <summary>What a session's cookie leads to.</summary>
/// <param name="Viewer">Who is there; null when nobody is.</param>
/// <param name="Erased">Whether the session is gone altogether, as it is after its person asked to be forgotten.</param>
public sealed record Visit(Viewer? Viewer, bool Erased);
