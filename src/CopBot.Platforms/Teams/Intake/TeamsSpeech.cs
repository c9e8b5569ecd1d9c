using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Conversations;
using NodaTime;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>Who said what, and where.</summary>
public sealed class TeamsSpeech(TeamsText text, TeamsMembers members, TeamsConversations conversations, TeamsTeams teams)
{
    private const string ThreadMark = ";messageid=";

    /// <summary>Whether only the bot and one person are in the conversation.</summary>
    public static bool IsPersonal(JsonObject activity) => activity.Object("conversation").Text("conversationType") == "personal";

    /// <summary>Whether it is an action of a message, which people use also where the bot is not.</summary>
    private static bool IsExtension(JsonObject activity) => activity.Text("name").StartsWith("composeExtension/", StringComparison.Ordinal);

    /// <summary>Whether it is said to the bot alone in a place where others are (agents-in-teams/targeted-messages).</summary>
    public static bool IsTargeted(JsonObject activity) => activity.Object("recipient")["isTargeted"] is JsonValue targeted && targeted.TryGetValue<bool>(out var only) && only;

    /// <summary>Whether it is said to the bot. With more consent than it asks for Teams would hand it everything that is said in a channel.</summary>
    public static bool IsForBot(JsonObject activity) => IsPersonal(activity) || IsTargeted(activity) || TeamsText.Calls(activity);

    /// <summary>The channel or chat of a conversation, and the thread in it.</summary>
    public static (string Channel, string? Thread) ChannelOf(string conversation) => conversation.Split(ThreadMark, 2) is [var channel, var thread] ? (channel, thread) : (conversation, null);

    /// <summary>What somebody wrote; null where it is nobody's line.</summary>
    public async Task<Incoming?> OfAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        var (line, mentions) = await text.ReadAsync(activity, service, ct);
        return await OfAsync(activity, $"message:{activity.Object("conversation").Text("id")}:{activity.Text("id")}", line, mentions, service, ct);
    }

    /// <summary>What somebody clicked or sent; null where it is nobody's.</summary>
    /// <param name="key">The same key counts once, whenever it comes.</param>
    public async Task<Incoming?> OfLineAsync(JsonObject activity, string key, string line, Uri service, CancellationToken ct)
    {
        var (read, mentions) = await text.ReadLineAsync(line, activity.Object("conversation").Text("id"), service, ct);
        return await OfAsync(activity, key, read, mentions, service, ct);
    }

    /// <summary>Whoever did something.</summary>
    public Task<TeamsMember> ByAsync(JsonObject activity, Uri service, CancellationToken ct) =>
        members.NoteAsync(activity.Object("from"), service, IsPersonal(activity) && !IsExtension(activity) ? activity.Object("conversation").Text("id") : null, ct);

    private async Task<Incoming?> OfAsync(JsonObject activity, string key, string line, IReadOnlyDictionary<string, Handle> mentions, Uri service, CancellationToken ct)
    {
        var by = await ByAsync(activity, service, ct);
        if (!by.IsPerson || activity.Text("id").Length == 0 || activity.Object("conversation").Text("id").Length == 0)
            return null;
        return new Incoming
        {
            EventId = key,
            Place = await PlaceAsync(activity, by.Handle, service, ct),
            From = by.Handle,
            Text = line,
            Mentions = mentions,
            At = DateTimeOffset.TryParse(activity.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Instant.FromDateTimeOffset(at) : null,
        };
    }

    private async Task<Place> PlaceAsync(JsonObject activity, Handle by, Uri service, CancellationToken ct)
    {
        if (IsPersonal(activity) || IsTargeted(activity))
            return Place.With(by, TeamsPlatform.PlatformName);

        // In a channel each thread is a conversation of its own, named after its first message.
        var (channel, thread) = ChannelOf(activity.Object("conversation").Text("id"));
        var data = activity.Object("channelData");
        if (conversations.Find(channel) is null && IsExtension(activity))
            return Place.With(by, TeamsPlatform.PlatformName);
        if (conversations.Find(channel) is null)
        {
            if (data.Object("team").TextOrNull("id") is not null)
                await teams.LookAsync(data.Object("team"), service, ct);
            if (conversations.Find(channel) is null)
                await conversations.SetTeamAsync(channel, [new(channel, channel, "", activity.Object("conversation").TextOrNull("name") ?? "the group chat", service)], ct);
        }

        return new Place(TeamsPlatform.PlatformName, conversations.Tenant, channel) { Thread = thread };
    }
}
