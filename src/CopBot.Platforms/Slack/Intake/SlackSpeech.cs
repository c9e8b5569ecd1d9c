using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>Makes what somebody did in Slack a line for the bot.</summary>
public sealed class SlackSpeech(Members members, SlackText text)
{
    /// <summary>The line that somebody said in a place; null where no person did.</summary>
    /// <param name="eventId">What makes it one event however often it is delivered.</param>
    /// <param name="user">Who said it.</param>
    /// <param name="hint">What the payload calls them.</param>
    /// <param name="place">Where, as <see cref="PlaceOf"/> gives it.</param>
    /// <param name="said">In Slack's text format.</param>
    public async Task<Incoming?> OfAsync(Workspace workspace, string eventId, string user, string? hint, Place place, string said, CancellationToken ct)
    {
        var reading = text.ReadAsync(workspace, said, ct);
        var member = await members.FindAsync(workspace, user, hint, ct);
        var line = await reading;
        if (!member.IsPerson)
            return null;

        return new Incoming
        {
            EventId = eventId,
            Place = place,
            From = new Handle(SlackPlatform.PlatformName, workspace.Team, user, member.Name),
            Text = line.Text,
            Mentions = line.Mentions,
        };
    }

    /// <summary>A channel; or, where it is a conversation between two (its id begins with D), the private one with the bot.</summary>
    public static Place PlaceOf(Workspace workspace, string channel, string user) =>
        new(SlackPlatform.PlatformName, workspace.Team, channel.Length == 0 || channel[0] == 'D' ? "@" + user : channel);
}
