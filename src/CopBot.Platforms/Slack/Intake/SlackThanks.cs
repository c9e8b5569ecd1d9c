using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Slack.Workspaces;
using NodaTime;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>A reaction that the pack counts as thanks is kudos for whoever wrote the message. What they wrote is not read and not kept.</summary>
public sealed class SlackThanks(PointsPolicy policy, Members members, SlackChannels channels)
{
    /// <summary>The line that a reaction stands for; null where it means nothing. Taking it off and putting it back is the same thanks.</summary>
    public async Task<Incoming?> OfAsync(Workspace workspace, JsonObject reaction, CancellationToken ct)
    {
        // A skin tone stands behind the name.
        var emoji = reaction.Text("reaction").Split("::")[0].Replace('_', '-');
        var (user, author) = (reaction.Text("user"), reaction.Text("item_user"));
        var item = reaction.Object("item");
        if (!policy.Thanks.Contains(emoji) || item.Text("type") != "message" || author.Length == 0 || user == author || author == workspace.BotUser)
            return null;

        var (giver, receiver) = (await members.FindAsync(workspace, user, null, ct), await members.FindAsync(workspace, author, null, ct));
        if (!giver.IsPerson || !receiver.IsPerson)
            return null;

        var (channel, ts) = (item.Text("channel"), item.Text("ts"));
        var place = SlackSpeech.PlaceOf(workspace, channel, user) with { Thread = SlackThread.Under(ts) };
        return new Incoming
        {
            EventId = $"reaction:{channel}:{ts}:{user}:{emoji}",
            Place = place,
            From = new Handle(SlackPlatform.PlatformName, workspace.Team, user, giver.Name),
            Text = CommandLine.Write("kudos", [new("to", "@" + author), new("reason", Reason(workspace, channel, ts))]),
            Mentions = new Dictionary<string, Handle> { [author] = new(SlackPlatform.PlatformName, workspace.Team, author, receiver.Name) },
            At = SlackThread.At(reaction.Text("event_ts")),
            Quiet = true,
        };
    }

    private string Reason(Workspace workspace, string channel, string ts)
    {
        var where = channels.Has(workspace.Team, channel) ? $" in {channels.NameOf(workspace.Team, channel)}" : "";
        var on = SlackThread.At(ts) is { } at ? string.Create(CultureInfo.InvariantCulture, $" on {at.InUtc().Date:d MMMM}") : "";
        return $"for what you wrote{where}{on}";
    }
}
