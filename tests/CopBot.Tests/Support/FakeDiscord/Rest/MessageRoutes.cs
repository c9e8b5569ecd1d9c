using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Messages of channels and the reactions to them.</summary>
internal static class MessageRoutes
{
    public static DiscordRoute[] All { get; } =
    [
        new("POST", "/channels/{channel_id}/messages", Create),
        new("GET", "/channels/{channel_id}/messages", List),
        new("GET", "/channels/{channel_id}/messages/{message_id}", Get),
        new("PATCH", "/channels/{channel_id}/messages/{message_id}", Edit),
        new("DELETE", "/channels/{channel_id}/messages/{message_id}", Delete),
        new("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", call => React(call, added: true)),
        new("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", call => React(call, added: false)),
    ];

    /// <summary>Whether the bot may say this here; refused as Discord does where it may not.</summary>
    public static void CheckMaySay(DiscordCall call, DiscordChannel channel, JsonObject body)
    {
        if (channel.IsDirect)
        {
            if (channel.Recipient!.DirectMessagesClosed)
                throw DiscordRefusal.Of(50007);
            if (!channel.Recipient.HasInstalledApp && !call.Server.Guilds.Any(guild => guild.FindMember(call.Bot.Id) is not null && guild.FindMember(channel.Recipient.Id) is not null))
                throw DiscordRefusal.Of(50278);
            return;
        }
        if (!channel.TakesMessages)
            throw DiscordRefusal.Of(50008);
        call.Need(channel, channel.IsThread ? DiscordPermissions.SendMessagesInThreads : DiscordPermissions.SendMessages);
        if (body["embeds"] is JsonArray { Count: > 0 })
            call.Need(channel, DiscordPermissions.EmbedLinks);
        if (channel is { Archived: true, Locked: true } && !call.May(channel, DiscordPermissions.ManageThreads))
            throw DiscordRefusal.Of(50083);
    }

    private static JsonObject Create(DiscordCall call)
    {
        var (channel, body) = (call.Channel(), call.Body);
        CheckMaySay(call, channel, body);
        var repliesTo = RepliesTo(call, channel);
        // Who asks again with the same nonce wants to know what became of the first.
        var nonce = body["nonce"]?.ToString();
        if (nonce is not null && (bool?)body["enforce_nonce"] == true && call.Server.Nonces.TryGetValue(nonce, out var known) && call.Now - known.At < call.Server.NonceLife)
        {
            if (known.Channel != channel)
                call.Server.Breach($"the nonce {nonce} was used in another channel: this message is lost");
            return DiscordShapes.Message(known);
        }
        var message = DiscordWriting.New(call.Server, channel, body, repliesTo, nonce: body["nonce"]);
        if (nonce is not null)
            call.Server.Nonces[nonce] = message;
        return DiscordShapes.Message(message);
    }

    private static DiscordMessage? RepliesTo(DiscordCall call, DiscordChannel channel)
    {
        if (call.Body["message_reference"] is not JsonObject reference)
            return null;
        call.Server.MessagesById.TryGetValue(reference["message_id"]?.ToString() ?? "", out var replied);
        if (replied is null || replied.Deleted || replied.Channel != channel || replied.OnlyUser is not null)
            return (bool?)reference["fail_if_not_exists"] == false ? null : throw DiscordRefusal.Form("message_reference", "Unknown message");
        return call.May(channel, DiscordPermissions.ReadMessageHistory) ? replied : throw DiscordRefusal.Of(160002);
    }

    private static JsonArray List(DiscordCall call)
    {
        var channel = call.Channel();
        var limit = call.Number("limit", 50, 1, 100);
        if (!call.May(channel, DiscordPermissions.ReadMessageHistory))
            return [];
        var all = call.Server.MessageList.Where(message => message.Channel == channel && !message.Deleted && message.OnlyUser is null).OrderByDescending(message => ulong.Parse(message.Id, System.Globalization.CultureInfo.InvariantCulture));
        static ulong Id(string text) => ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var some = call.Query("after") is { } after ? all.Where(message => Id(message.Id) > Id(after)).Reverse().Take(limit).Reverse()
            : call.Query("before") is { } before ? all.Where(message => Id(message.Id) < Id(before)).Take(limit)
            : all.Take(limit);
        return new([.. some.Select(message => DiscordShapes.Message(message))]);
    }

    private static JsonObject Get(DiscordCall call)
    {
        var channel = call.Channel();
        call.Need(channel, DiscordPermissions.ReadMessageHistory);
        return DiscordShapes.Message(call.Message(channel));
    }

    private static JsonObject Edit(DiscordCall call)
    {
        var channel = call.Channel();
        var message = call.Message(channel);
        if (message.Author != call.Bot)
            throw DiscordRefusal.Of(50005);
        if (channel.Archived)
            throw DiscordRefusal.Of(50083);
        DiscordWriting.Edit(call.Server, message, call.Body);
        return DiscordShapes.Message(message);
    }

    private static JsonNode? Delete(DiscordCall call)
    {
        var channel = call.Channel();
        var message = call.Message(channel);
        if (message.Author != call.Bot)
            call.Need(channel, DiscordPermissions.ManageMessages);
        if (channel.Archived)
            throw DiscordRefusal.Of(50083);
        DiscordWriting.Delete(call.Server, message);
        return null;
    }

    private static JsonNode? React(DiscordCall call, bool added)
    {
        var channel = call.Channel();
        var message = call.Message(channel);
        var emoji = call["emoji_name"];
        call.Need(channel, DiscordPermissions.ReadMessageHistory);
        if (channel.Archived)
            throw DiscordRefusal.Of(50083);
        // A unicode emoji has no letter of the alphabet in it, a guild's own has its id.
        if (emoji.Any(char.IsAsciiLetter) && !emoji.Contains(':', StringComparison.Ordinal))
            throw DiscordRefusal.Of(10014);
        if (added && !message.ReactionList.Any(reaction => reaction.Emoji == emoji))
            call.Need(channel, DiscordPermissions.AddReactions);
        DiscordWriting.React(call.Server, message, call.Bot, emoji, added);
        return null;
    }
}
