using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Channels and direct conversations: which there are and who is in them.</summary>
internal static class SlackConversationMethods
{
    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["conversations.open"] = Open,
        ["conversations.info"] = Info,
        ["conversations.list"] = request => List(request, onlyMine: false),
        ["users.conversations"] = request => List(request, onlyMine: true),
        ["conversations.members"] = Members,
        ["conversations.join"] = Join,
    };

    private static JsonObject Open(SlackRequest request)
    {
        if (request.Args.Has("channel"))
            return SlackRequest.Ok(("channel", SlackShapes.Id(request.Channel().Id)));
        var names = request.Args.List("users");
        if (names.Count == 0)
            throw new SlackRefusal("users_list_not_supplied");
        request.NeedScope(names.Count == 1 ? ["im:write"] : ["mpim:write"]);
        if (names.Count > 8)
            throw new SlackRefusal("too_many_users");
        var users = names.Select(name => request.Workspace.FindUser(name) ?? throw new SlackRefusal("user_not_found")).ToList();
        if (users.Exists(user => user.Deleted))
            throw new SlackRefusal("user_disabled");
        var channel = users is [var one] ? request.Workspace.DirectOf(one) : Several(request.Workspace, users);
        return SlackRequest.Ok(("channel", request.Args.Flag("return_im") ? SlackShapes.Channel(request.Workspace, channel) : SlackShapes.Id(channel.Id)));
    }

    private static SlackChannel Several(SlackWorkspace workspace, List<SlackUser> users)
    {
        HashSet<string> members = [workspace.BotUser.Id, .. users.Select(user => user.Id)];
        if (workspace.ChannelList.Find(channel => channel.IsGroupDirect && channel.Members.SetEquals(members)) is { } known)
            return known;
        var made = new SlackChannel(workspace.Id("G"), "mpdm-" + string.Join("--", users.Select(user => user.Name)) + "-1") { IsGroupDirect = true, IsPrivate = true };
        made.Members.UnionWith(members);
        workspace.ChannelList.Add(made);
        return made;
    }

    private static JsonObject Info(SlackRequest request)
    {
        var channel = request.Channel();
        request.NeedScope($"{channel.ScopeStem}:read");
        return SlackRequest.Ok(("channel", SlackShapes.Channel(request.Workspace, channel)));
    }

    private static JsonObject List(SlackRequest request, bool onlyMine)
    {
        string[] types = request.Args.Has("types") ? [.. request.Args.List("types")] : ["public_channel"];
        foreach (var type in types)
            request.NeedScope(type switch { "public_channel" => "channels:read", "private_channel" => "groups:read", "im" => "im:read", "mpim" => "mpim:read", _ => throw new SlackRefusal("invalid_types") });
        var whose = onlyMine && request.Args.Has("user") ? request.User("user").Id : request.Workspace.BotUser.Id;
        var found = request.Workspace.ChannelList.Where(channel => types.Contains(TypeOf(channel)) && (channel.Members.Contains(whose) || (!onlyMine && channel.Type is "channel"))
            && (!channel.IsPrivate || channel.Members.Contains(request.Workspace.BotUser.Id)) && !(request.Args.Flag("exclude_archived") && channel.IsArchived));
        return request.Page("channels", [.. found], channel => SlackShapes.Channel(request.Workspace, channel));
    }

    private static string TypeOf(SlackChannel channel) => channel.Type switch { "channel" => "public_channel", "group" => "private_channel", var direct => direct };

    private static JsonObject Members(SlackRequest request)
    {
        var channel = request.Channel();
        request.NeedScope($"{channel.ScopeStem}:read");
        return request.Page("members", [.. channel.Members.Order(StringComparer.Ordinal)], id => JsonValue.Create(id));
    }

    private static JsonObject Join(SlackRequest request)
    {
        var channel = request.Channel();
        request.NeedScope("channels:join");
        if (channel.Type is not "channel")
            throw new SlackRefusal("method_not_supported_for_channel_type");
        if (channel.IsArchived)
            throw new SlackRefusal("is_archived");
        if (channel.Members.Add(request.Workspace.BotUser.Id))
            request.Afterwards.Add(() => request.Workspace.TellAsync(SlackWorkspace.Membership(request.Workspace.BotUser, channel, joined: true)));
        return SlackRequest.Ok(("channel", SlackShapes.Channel(request.Workspace, channel)));
    }
}
