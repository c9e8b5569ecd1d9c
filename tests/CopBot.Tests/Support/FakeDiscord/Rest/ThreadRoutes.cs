using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Threads of channels, of messages, and posts of forums.</summary>
internal static class ThreadRoutes
{
    public static DiscordRoute[] All { get; } =
    [
        new("POST", "/channels/{channel_id}/threads", Start),
        new("POST", "/channels/{channel_id}/messages/{message_id}/threads", StartFrom),
        new("GET", "/guilds/{guild_id}/threads/active", call => new JsonObject { ["threads"] = new JsonArray([.. call.Guild().Channels.Where(channel => channel.IsThread && !channel.Archived).Select(DiscordShapes.Channel)]), ["members"] = new JsonArray() }),
    ];

    private static JsonObject Start(DiscordCall call)
    {
        var (channel, body) = (call.Channel(), call.Body);
        if (channel.IsForum)
            return Post(call, channel);
        if (channel.IsThread || channel.IsDirect || !channel.TakesMessages)
            throw DiscordRefusal.Of(50024);
        call.Need(channel, DiscordPermissions.CreatePublicThreads);
        return DiscordShapes.Channel(channel.Guild!.StartThread(channel, (string)body["name"]!, call.Bot, call.Server.NewId(), []));
    }

    /// <summary>A post: the thread and its first message at once, which share their id.</summary>
    private static JsonObject Post(DiscordCall call, DiscordChannel forum)
    {
        if (call.Body["message"] is not JsonObject message)
        {
            call.Server.Breach("a post in a forum without its message");
            throw DiscordRefusal.Form("message", "This field is required");
        }
        call.Need(forum, DiscordPermissions.SendMessages);
        List<string> tags = [.. (call.Body["applied_tags"] as JsonArray ?? []).Select(tag => tag!.ToString())];
        if (forum.RequiresTag && tags.Count == 0)
            throw DiscordRefusal.Of(40067);
        if (tags.Exists(tag => !forum.Tags.Exists(known => known.Id == tag)))
            throw DiscordRefusal.Form("applied_tags", "Unknown tag");
        var thread = forum.Guild!.StartThread(forum, (string)call.Body["name"]!, call.Bot, call.Server.NewId(), tags);
        var shape = DiscordShapes.Channel(thread);
        shape["message"] = DiscordShapes.Message(DiscordWriting.New(call.Server, thread, message, id: thread.Id));
        return shape;
    }

    private static JsonObject StartFrom(DiscordCall call)
    {
        var channel = call.Channel();
        var message = call.Message(channel);
        if (channel.IsThread || channel.IsDirect)
            throw DiscordRefusal.Of(50024);
        call.Need(channel, DiscordPermissions.CreatePublicThreads);
        // A thread has the id of the message that it hangs on, so there is at most one.
        return call.Server.FindChannel(message.Id) is not null
            ? throw DiscordRefusal.Of(160004)
            : DiscordShapes.Channel(channel.Guild!.StartThread(channel, (string)call.Body["name"]!, call.Bot, message.Id, []));
    }
}
