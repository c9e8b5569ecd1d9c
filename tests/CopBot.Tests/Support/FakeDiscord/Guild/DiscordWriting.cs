using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What becomes of a message that passed all checks: it is stored, it pings, and the gateway tells of it.</summary>
internal static class DiscordWriting
{
    /// <summary>A message of the bot.</summary>
    public static DiscordMessage New(DiscordServer server, DiscordChannel channel, JsonObject body, DiscordMessage? repliesTo = null, JsonNode? nonce = null, DiscordInteraction? interaction = null, DiscordUser? onlyUser = null, string? id = null)
    {
        var message = new DiscordMessage(id ?? server.NewId(), channel, server.BotUser, server.Clock.GetUtcNow())
        {
            OnlyUser = onlyUser,
            Interaction = interaction,
            RepliesTo = repliesTo,
            Nonce = nonce?.DeepClone(),
            Type = repliesTo is not null ? 19 : interaction is { Type: 2, CommandType: 1 } ? 20 : interaction is { Type: 2 } ? 23 : 0,
        };
        message.Saying(Said(server, channel, body, DiscordContent.Empty, repliesTo));
        Keep(server, message);
        return message;
    }

    /// <summary>Stores a message of anybody and tells of it.</summary>
    public static void Keep(DiscordServer server, DiscordMessage message)
    {
        // A word in a thread that sleeps wakes it.
        message.Channel.Archived = false;
        server.MessageList.Add(message);
        server.MessagesById[message.Id] = message;
        Tell(server, "MESSAGE_CREATE", message);
    }

    public static void Edit(DiscordServer server, DiscordMessage message, JsonObject body)
    {
        message.Become(Said(server, message.Channel, body, message.Content, message.RepliesTo), server.Clock.GetUtcNow());
        Tell(server, "MESSAGE_UPDATE", message);
    }

    public static void Delete(DiscordServer server, DiscordMessage message)
    {
        message.Deleted = true;
        if (message.OnlyUser is null)
            Send(server, "MESSAGE_DELETE", message.Channel, messages: true, _ => With(new() { ["id"] = message.Id, ["channel_id"] = message.Channel.Id }, message.Channel));
    }

    public static void React(DiscordServer server, DiscordMessage message, DiscordUser by, string emoji, bool added)
    {
        var there = message.ReactionList.Contains((emoji, by.Id));
        if (there == added)
            return;
        if (added)
            message.ReactionList.Add((emoji, by.Id));
        else
            message.ReactionList.Remove((emoji, by.Id));
        Send(server, added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", message.Channel, messages: false, _ =>
        {
            var shape = With(new() { ["user_id"] = by.Id, ["channel_id"] = message.Channel.Id, ["message_id"] = message.Id, ["emoji"] = DiscordShapes.Emoji(emoji), ["burst"] = false, ["type"] = 0 }, message.Channel);
            if (added)
                shape["message_author_id"] = message.Author.Id;
            if (added && message.Channel.Guild?.FindMember(by.Id) is { } member)
                shape["member"] = DiscordShapes.Member(member);
            return shape;
        });
    }

    /// <summary>What the message says after this: what the body leaves out stays as it was.</summary>
    private static DiscordContent Said(DiscordServer server, DiscordChannel channel, JsonObject body, DiscordContent before, DiscordMessage? repliesTo)
    {
        var text = body.ContainsKey("content") ? body["content"]?.ToString() ?? "" : before.Text;
        var embeds = body.ContainsKey("embeds") ? Items(body["embeds"]) : before.Embeds;
        var components = body.ContainsKey("components") ? Items(body["components"]) : before.Components;
        var flags = (body["flags"] is JsonValue given ? (int)given | (before.Flags & (DiscordContent.Ephemeral | DiscordContent.ComponentsV2)) : before.Flags) & ~DiscordContent.Loading;
        var spoken = text + string.Concat(DiscordComponents.TextsOf(components).Select(line => "\n" + line));
        if (spoken.Length == 0 && embeds.Count == 0 && components.Count == 0)
            throw DiscordRefusal.Of(50006);
        return new(text, embeds.DeepClone().AsArray(), components.DeepClone().AsArray(), flags, DiscordMentions.Pinged(server, channel, spoken, body["allowed_mentions"] as JsonObject, repliesTo));
    }

    private static JsonArray Items(JsonNode? node) => node as JsonArray ?? [];

    private static void Tell(DiscordServer server, string type, DiscordMessage message)
    {
        if (message.OnlyUser is null)
            Send(server, type, message.Channel, messages: true, session => Heard(server, message, session));
    }

    /// <summary>The message as a session is told of it: without the intent for content, only what concerns the bot can be read.</summary>
    private static JsonObject Heard(DiscordServer server, DiscordMessage message, GatewaySession session)
    {
        var shape = With(DiscordShapes.Message(message), message.Channel);
        shape["channel_type"] = message.Channel.Type;
        if (message.Channel.Guild?.FindMember(message.Author.Id) is { } member)
            shape["member"] = DiscordShapes.Member(member, withUser: false);
        var concernsBot = message.Author == server.BotUser || message.Channel.IsDirect || DiscordMentions.UsersIn(message.Text).Contains(server.BotUser.Id);
        if (!concernsBot && (session.Intents & GatewayIntents.MessageContent) == 0)
            (shape["content"], shape["embeds"], shape["components"], shape["attachments"]) = ("", new JsonArray(), new JsonArray(), new JsonArray());
        return shape;
    }

    private static JsonObject With(JsonObject shape, DiscordChannel channel)
    {
        if (channel.Guild is not null)
            shape["guild_id"] = channel.Guild.Id;
        return shape;
    }

    private static void Send(DiscordServer server, string type, DiscordChannel channel, bool messages, Func<GatewaySession, JsonObject> data)
    {
        if (channel.Guild is { } guild && (guild.Unavailable || (DiscordPermissions.Of(server.BotUser, guild, channel) & DiscordPermissions.ViewChannel) == 0))
            return;
        var intent = (channel.IsDirect, messages) switch
        {
            (true, true) => GatewayIntents.DirectMessages,
            (true, false) => GatewayIntents.DirectMessageReactions,
            (false, true) => GatewayIntents.GuildMessages,
            (false, false) => GatewayIntents.GuildMessageReactions,
        };
        server.Gateway.Dispatch(type, intent, channel.Guild?.Id, data);
    }
}
