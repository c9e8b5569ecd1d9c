using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Guilds;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>Takes in what the gateway brings.</summary>
public sealed class DiscordIntake(InboxWorker inbox, DiscordGuilds guilds, DiscordSpeech speech, DiscordInteractions interactions, DiscordThanks thanks, DiscordChanges changes, DiscordMemory memory)
{
    // An ordinary message and a reply to one (docs.discord.com/developers/resources/message, “Message Types”).
    private const int Ordinary = 0;
    private const int Reply = 19;

    /// <summary>
    /// Takes an event in. When it returns, it is stored durably, or there is nothing in it to be stored. Throws when the database takes nothing: then the
    /// event is to be asked for again.
    /// </summary>
    public async Task AcceptAsync(string kind, JsonObject data, CancellationToken ct)
    {
        switch (kind)
        {
            case "INTERACTION_CREATE":
                await interactions.AcceptAsync(data, ct);
                break;
            case "MESSAGE_CREATE":
                await SaidAsync(data, ct);
                break;
            case "MESSAGE_REACTION_ADD":
                if (await thanks.OfAsync(data, ct) is { } kudos)
                    await inbox.AcceptAsync(kudos, ct);
                break;
            default:
                await changes.NoteAsync(kind, data, ct);
                break;
        }
    }

    private async Task SaidAsync(JsonObject message, CancellationToken ct)
    {
        var author = message.Object("author");
        if (author.Text("id") == guilds.BotUser)
            memory.Note(message);
        var guild = message.TextOrNull("guild_id");
        var (channel, id) = (message.Text("channel_id"), message.Text("id"));
        if (author.Flag("bot") || message.TextOrNull("webhook_id") is not null || message["type"]?.GetValue<int>() is not (Ordinary or Reply) || Line(message.Text("content"), guild is null) is not { } line
            || await speech.WhereAsync(guild, channel, null, author.Text("id"), ct) is not { } place)
            return;

        var said = await speech.OfAsync("message:" + id, author, message["member"] as JsonObject, place, line, ct);
        if (said is not null)
            await inbox.AcceptAsync(said with { At = DiscordSpeech.At(id), ReplyTo = DiscordWayBack.OfMessage(channel, id) }, ct);
    }

    // Whoever calls the bot by its name does not mean the name to be part of the line; whoever names it further on talks about it, not to it.
    private string? Line(string text, bool inPrivate)
    {
        var line = text.TrimStart();
        foreach (var called in (string[])[$"<@{guilds.BotUser}>", $"<@!{guilds.BotUser}>"])
        {
            if (line.StartsWith(called, StringComparison.Ordinal))
                return line[called.Length..].TrimStart(' ', '\u00a0', ',', ':');
        }

        return inPrivate && line.Length > 0 ? text : null;
    }
}
