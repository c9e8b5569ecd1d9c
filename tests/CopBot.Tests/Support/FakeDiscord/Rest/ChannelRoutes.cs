using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Channels, typing, and direct conversations.</summary>
internal static class ChannelRoutes
{
    public static DiscordRoute[] All { get; } =
    [
        new("GET", "/channels/{channel_id}", call => DiscordShapes.Channel(call.Channel())),
        new("POST", "/channels/{channel_id}/typing", Type),
        new("POST", "/users/@me/channels", OpenDirect),
    ];

    private static JsonNode? Type(DiscordCall call)
    {
        var channel = call.Channel();
        call.Need(channel, channel.IsThread ? DiscordPermissions.SendMessagesInThreads : DiscordPermissions.SendMessages);
        call.Server.TypingList.Add(channel.Id);
        return null;
    }

    private static JsonObject OpenDirect(DiscordCall call)
    {
        var user = call.Server.FindUser(call.Body["recipient_id"]?.ToString() ?? "") ?? throw DiscordRefusal.Form("recipient_id", "Invalid Recipient(s)");
        if (user == call.Bot)
            throw DiscordRefusal.Of(50007);
        // The conversation opens in any case; whether a message gets through is found out by sending one.
        return DiscordShapes.Channel(call.Server.DirectOf(user));
    }
}
