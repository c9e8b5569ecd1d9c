using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using CopBot.Platforms.Discord.Messages;
using NodaTime;

namespace CopBot.Platforms.Discord;

/// <summary>
/// Whether a message whose answer was lost was said. Each carries its own key (<c>nonce</c>): for some minutes Discord makes no second one of the same
/// key (docs.discord.com/developers/resources/message, “Create Message”), and the gateway tells the bot of its own messages with their keys. Later
/// the channel's history is looked through.
/// </summary>
public sealed class DiscordMemory(DiscordApi api, DiscordGuilds guilds, TimeProvider time)
{
    // How long Discord keeps a key is not published but for “the past few minutes”; two are taken for safe.
    private static readonly Duration Safe = Duration.FromMinutes(2);

    // Discord's clock and ours differ a little.
    private static readonly Duration Before = Duration.FromMinutes(2);
    private const int Most = 5_000;

    private readonly ConcurrentDictionary<string, string> said = new();

    /// <summary>The key of a message: at most 25 characters.</summary>
    public static string KeyOf(Delivery delivery) => string.Create(CultureInfo.InvariantCulture, $"{delivery.Id:x}-{delivery.At.ToUnixTimeMilliseconds():x}");

    /// <summary>How a message is called later: its channel and its id.</summary>
    public static string IdOf(string channel, string message) => $"{channel}/{message}";

    /// <summary>Notes a message of the bot's own that the gateway tells of.</summary>
    public void Note(JsonObject message)
    {
        if (message.TextOrNull("nonce") is not { } key)
            return;
        if (said.Count > Most)
            said.Clear();
        said[key] = IdOf(message.Text("channel_id"), message.Text("id"));
    }

    /// <summary>What became of an attempt to say something in a channel.</summary>
    public async Task<Fate> FindAsync(Delivery delivery, DiscordMessage message, string channel, CancellationToken ct)
    {
        if (said.TryGetValue(KeyOf(delivery), out var known))
            return new Fate(FateKind.Said, known);
        if (Instant.FromDateTimeOffset(time.GetUtcNow()) - delivery.At < Safe)
            return new Fate(FateKind.NotSaid);

        if (await KnowSelfAsync(ct) is { } unknown)
            return unknown;

        var answer = await api.CallAsync(DiscordRoute.History(channel), null, ct);
        if (!answer.IsDone)
            return answer.Outcome == DiscordOutcome.Permanent ? new Fate(answer.Code == DiscordError.UnknownChannel ? FateKind.NotSaid : FateKind.Unknowable) : new Fate(FateKind.Later, RetryAfter: answer.RetryAfter);

        foreach (var one in answer.List.Where(one => one.Object("author").Text("id") == guilds.BotUser && DiscordSpeech.At(one.Text("id")) >= delivery.At - Before))
        {
            if (one.Text("content") == message.Content && one.Objects("embeds").FirstOrDefault()?.Text("description") == message.Embeds.OfType<JsonObject>().FirstOrDefault()?.Text("description"))
                return new Fate(FateKind.Said, IdOf(channel, one.Text("id")));
        }

        // Where the bot may not read back Discord shows it an empty history, and says nothing of it.
        if (delivery.Place.IsPrivate || delivery.Only is not null || answer.List.Any())
            return new Fate(FateKind.NotSaid);
        return guilds.Find(delivery.Place.Workspace) is not { } guild ? new Fate(FateKind.Later)
            : new Fate(guild.In(channel, guilds.BotUser).HasFlag(DiscordPermissions.ReadHistory) ? FateKind.NotSaid : FateKind.Unknowable);
    }

    /// <summary>What became of an attempt to begin a thread in a forum; such have no key. One that was begun is among those that are active.</summary>
    public async Task<Fate> FindThreadAsync(Delivery delivery, string title, string forum, CancellationToken ct)
    {
        if (await KnowSelfAsync(ct) is { } unknown)
            return unknown;

        var answer = await api.CallAsync(DiscordRoute.Threads(delivery.Place.Workspace), null, ct);
        if (!answer.IsDone)
            return answer.Outcome == DiscordOutcome.Permanent ? new Fate(FateKind.Unknowable) : new Fate(FateKind.Later, RetryAfter: answer.RetryAfter);
        return answer.Body.Objects("threads").FirstOrDefault(thread => thread.Text("parent_id") == forum && thread.Text("owner_id") == guilds.BotUser && thread.Text("name") == title
            && DiscordSpeech.At(thread.Text("id")) >= delivery.At - Before) is { } begun
            ? new Fate(FateKind.Said, IdOf(begun.Text("id"), begun.Text("id"))) : new Fate(FateKind.NotSaid);
    }

    // Before the bot knows who it is it cannot tell its own messages from others; null where it knows.
    private async Task<Fate?> KnowSelfAsync(CancellationToken ct)
    {
        if (guilds.BotUser.Length > 0)
            return null;
        var self = await api.CallAsync(DiscordRoute.Self, null, ct);
        if (!self.IsDone)
            return new Fate(FateKind.Later, RetryAfter: self.RetryAfter);
        guilds.Apply("READY", new JsonObject { ["user"] = self.Body.DeepClone() });
        return null;
    }
}
