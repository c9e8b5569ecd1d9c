using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Discord.Guilds;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>A reaction that the pack counts as thanks is kudos for whoever wrote the message. What they wrote is not read and not kept.</summary>
public sealed class DiscordThanks(PointsPolicy policy, DiscordGuilds guilds, DiscordMembers members)
{
    // Discord sends the signs themselves, the pack has their names; a server's own emoji come by name.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["🌮"] = "taco",
        ["🙏"] = "pray",
        ["🙌"] = "raised-hands",
        ["👏"] = "clap",
        ["👍"] = "+1",
        ["🎉"] = "tada",
        ["⭐"] = "star",
        ["🏆"] = "trophy",
        ["💯"] = "100",
        ["❤️"] = "heart",
    };

    /// <summary>The line that a reaction stands for; null where it means nothing. Taking it off and putting it back is the same thanks.</summary>
    public async Task<Incoming?> OfAsync(JsonObject reaction, CancellationToken ct)
    {
        var (guild, channel, message) = (reaction.Text("guild_id"), reaction.Text("channel_id"), reaction.Text("message_id"));
        var (user, author) = (reaction.Text("user_id"), reaction.Text("message_author_id"));
        var sign = reaction.Object("emoji").Text("name");
        var emoji = Names.GetValueOrDefault(sign, sign).Replace('_', '-');
        if (guilds.Find(guild) is not { } known || !policy.Thanks.Contains(emoji) || user.Length == 0 || author.Length == 0 || user == author || author == guilds.BotUser || user == guilds.BotUser)
            return null;

        var told = reaction.Object("member");
        var giver = told["user"] is JsonObject account ? members.Note(guild, account, told) : await members.FindAsync(guild, user, ct);
        var receiver = await members.FindAsync(guild, author, ct);
        if (!giver.IsPerson || !receiver.IsPerson)
            return null;

        var one = known.Channels.GetValueOrDefault(channel);
        var place = one is { IsThread: true, Parent: { } parent } ? new Place(DiscordPlatform.PlatformName, guild, parent) { Thread = channel } : new Place(DiscordPlatform.PlatformName, guild, channel);
        var on = DiscordSpeech.At(message) is { } at ? string.Create(CultureInfo.InvariantCulture, $" on {at.InUtc().Date:d MMMM}") : "";
        return new Incoming
        {
            EventId = $"reaction:{message}:{user}:{emoji}",
            Place = place,
            From = DiscordMembers.HandleOf(guild, giver),
            Text = CommandLine.Write("kudos", [new("to", "@" + author), new("reason", $"for what you wrote{(one is null ? "" : $" in #{one.Name}")}{on}")]),
            Mentions = new Dictionary<string, Handle> { [author] = DiscordMembers.HandleOf(guild, receiver) },
            Quiet = true,
        };
    }
}
