using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>People, and the reactions they leave.</summary>
internal static class SlackPeopleMethods
{
    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["users.info"] = request => SlackRequest.Ok(("user", Visible(request, request.User("user")))),
        ["users.list"] = request => request.Page("members", request.Workspace.UserList, user => Visible(request, user)),
        ["users.lookupByEmail"] = Lookup,
        ["reactions.add"] = Add,
        ["reactions.remove"] = Remove,
        ["reactions.get"] = Get,
    };

    /// <summary>Without users:read.email the address is left out.</summary>
    private static JsonObject Visible(SlackRequest request, SlackUser user)
    {
        var shape = SlackShapes.User(user, request.Args.Flag("include_locale"));
        if (request.Token?.Scopes.Contains("users:read.email") != true)
            shape["profile"]!.AsObject().Remove("email");
        return shape;
    }

    private static JsonObject Lookup(SlackRequest request) =>
        request.Workspace.UserList.Find(user => !user.Deleted && !user.IsBot && string.Equals(user.Email, request.Args.Text("email"), StringComparison.OrdinalIgnoreCase)) is { } found
            ? SlackRequest.Ok(("user", Visible(request, found))) : throw new SlackRefusal("users_not_found");

    private static (SlackChannel Channel, SlackPost Post) Item(SlackRequest request)
    {
        if (!request.Args.Has("channel") || !request.Args.Has("timestamp"))
            throw new SlackRefusal("no_item_specified");
        if (!SlackChatMethods.TimeStamp().IsMatch(request.Args.Text("timestamp")))
            throw new SlackRefusal("bad_timestamp");
        var channel = request.Channel();
        return (channel, request.Workspace.FindMessage(channel.Id, request.Args.Text("timestamp")) ?? throw new SlackRefusal("message_not_found"));
    }

    private static JsonObject Add(SlackRequest request)
    {
        var (channel, post) = Item(request);
        var (name, bot) = (Name(request), request.Workspace.BotUser.Id);
        if (channel.IsArchived)
            throw new SlackRefusal("is_archived");
        if (post.ReactionList.Contains((name, bot)))
            throw new SlackRefusal("already_reacted");
        post.ReactionList.Add((name, bot));
        request.Afterwards.Add(() => request.Workspace.TellAsync(SlackWorkspace.Reaction(request.Workspace.BotUser, post, name, added: true, request.Server.Locked(request.Workspace.NextTs))));
        return SlackRequest.Ok();
    }

    private static string Name(SlackRequest request)
    {
        var name = request.Args.Text("name");
        if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) && !name.Contains("::", StringComparison.Ordinal) || name.Contains(' ', StringComparison.Ordinal))
        {
            request.Note($"{name} is not the name of an emoji (no colons around it)");
            throw new SlackRefusal("invalid_name");
        }
        return name;
    }

    private static JsonObject Remove(SlackRequest request)
    {
        var (_, post) = Item(request);
        return post.ReactionList.Remove((Name(request), request.Workspace.BotUser.Id)) ? SlackRequest.Ok() : throw new SlackRefusal("no_reaction");
    }

    private static JsonObject Get(SlackRequest request)
    {
        var (channel, post) = Item(request);
        return SlackRequest.Ok(("type", "message"), ("channel", channel.Id), ("message", SlackShapes.Message(request.Workspace, post)));
    }
}
