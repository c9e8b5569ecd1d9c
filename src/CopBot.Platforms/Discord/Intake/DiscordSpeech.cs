using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Guilds;
using NodaTime;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>Makes what somebody did in Discord a line for the bot.</summary>
public sealed class DiscordSpeech(Store store, DiscordGuilds guilds, DiscordMembers members, DiscordText text)
{
    // Ids count milliseconds from the first of January 2015 (docs.discord.com/developers/reference, “Snowflakes”).
    private const long Epoch = 1_420_070_400_000;

    /// <summary>The line that somebody said; null where no person did, or where it concerns no server of the bot's.</summary>
    /// <param name="eventId">What makes it one event however often it is delivered.</param>
    /// <param name="user">Who said it, with their <paramref name="member"/> of the server where there is one.</param>
    /// <param name="where">Where, as <see cref="WhereAsync"/> gives it.</param>
    /// <param name="said">In Discord's text format.</param>
    public async Task<Incoming?> OfAsync(string eventId, JsonObject user, JsonObject? member, Place where, string said, CancellationToken ct)
    {
        var speaker = members.Note(where.Workspace, user, member);
        if (!speaker.IsPerson || speaker.Id.Length == 0)
            return null;

        var (line, mentions) = await text.ReadAsync(where.Workspace, said, ct);
        return new Incoming { EventId = eventId, Place = where, From = DiscordMembers.HandleOf(where.Workspace, speaker), Text = line, Mentions = mentions };
    }

    /// <summary>
    /// The place of a channel: the channel, with the thread in it; or the private conversation, where there is no server, or none that the bot is in.
    /// Null while the bot is in no server at all.
    /// </summary>
    public async Task<Place?> WhereAsync(string? guild, string channel, JsonObject? told, string user, CancellationToken ct)
    {
        if (guild is null || guilds.Find(guild) is not { } known)
            return await HomeAsync(user, ct) is { Length: > 0 } home ? new Place(DiscordPlatform.PlatformName, home, "@" + user) : null;

        var parent = known.Channels.GetValueOrDefault(channel) is { } one ? one.IsThread ? one.Parent : null
            : told?["type"]?.GetValue<int>() is >= 10 and <= 12 ? told.TextOrNull("parent_id") : null;
        return parent is null ? new Place(DiscordPlatform.PlatformName, guild, channel) : new Place(DiscordPlatform.PlatformName, guild, parent) { Thread = channel };
    }

    /// <summary>When something was made, by its id; null where that is none.</summary>
    public static Instant? At(string id) => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Instant.FromUnixTimeMilliseconds((long)(number >> 22) + Epoch) : null;

    /// <summary>Takes over the people whom an interaction brings along: those who are named in it, and the authors of its messages.</summary>
    public void NoteResolved(string guild, JsonObject resolved)
    {
        var inServer = resolved.Object("members");
        foreach (var user in resolved.Object("users").Select(entry => entry.Value).OfType<JsonObject>().Where(user => user.TextOrNull("id") is not null))
            members.Note(guild, user, inServer[user.Text("id")] as JsonObject);
    }

    // Whoever writes in private is met in no server; where they are known from is noted with their account.
    private async Task<string> HomeAsync(string user, CancellationToken ct)
    {
        var noted = await store.ReadAsync(Community.First, (work, token) => work.Sql.ListAsync(
            $"select workspace from handles where platform = {DiscordPlatform.PlatformName} and user_id = {user} order by seen_at desc", row => row.Text(0), token), ct);
        return noted.FirstOrDefault(guild => guilds.Find(guild) is not null) ?? members.HomeOf(user);
    }
}
