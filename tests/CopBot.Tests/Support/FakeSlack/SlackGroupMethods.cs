using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>User groups.</summary>
internal static class SlackGroupMethods
{
    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["usergroups.list"] = List,
        ["usergroups.users.list"] = Users,
        ["usergroups.users.update"] = UpdateUsers,
        ["usergroups.create"] = Create,
        ["usergroups.update"] = Update,
        ["usergroups.enable"] = request => Switch(request, on: true),
        ["usergroups.disable"] = request => Switch(request, on: false),
    };

    private static void NeedPlan(SlackRequest request, bool writing)
    {
        if (!request.Workspace.PaidPlan)
            throw new SlackRefusal("plan_upgrade_required");
        if (writing && request.Workspace.OnlyAdminsEditGroups)
            throw new SlackRefusal("permission_denied");
    }

    private static SlackUserGroup Group(SlackRequest request) =>
        request.Workspace.GroupList.Find(group => group.Id == request.Args.Text("usergroup")) ?? throw new SlackRefusal("no_such_subteam");

    private static JsonObject List(SlackRequest request)
    {
        NeedPlan(request, writing: false);
        var groups = request.Workspace.GroupList.Where(group => group.Enabled || request.Args.Flag("include_disabled"));
        return SlackRequest.Ok(("usergroups", new JsonArray([.. groups.Select(group => SlackShapes.Group(request.Workspace, group, request.Args.Flag("include_users"), request.Args.Flag("include_count")))])));
    }

    private static JsonObject Users(SlackRequest request)
    {
        NeedPlan(request, writing: false);
        var group = Group(request);
        if (!group.Enabled && !request.Args.Flag("include_disabled"))
            throw new SlackRefusal("no_such_subteam");
        return SlackRequest.Ok(("users", new JsonArray([.. group.Members.Select(id => JsonValue.Create(id))])));
    }

    private static JsonObject UpdateUsers(SlackRequest request)
    {
        NeedPlan(request, writing: true);
        var group = Group(request);
        var users = request.Args.List("users").Distinct().ToList();
        if (users.Count == 0)
            throw new SlackRefusal("no_users_provided");
        if (users.Exists(id => request.Workspace.FindUser(id) is null or { Deleted: true }))
            throw new SlackRefusal("invalid_users");
        var (before, updated) = (group.Members.ToList(), group.Updated);
        group.Members.Clear();
        group.Members.AddRange(users);
        group.Updated = request.Now;
        request.Afterwards.Add(() => request.Workspace.TellAsync(SlackWorkspace.MembersChanged(group, before, updated, request.Workspace.Team)));
        return Answer(request, group);
    }

    private static JsonObject Create(SlackRequest request)
    {
        NeedPlan(request, writing: true);
        var (name, handle) = (request.Args.Text("name"), request.Args.TextOrNull("handle") ?? request.Args.Text("name").ToLowerInvariant());
        if (name.Length == 0)
            throw new SlackRefusal("missing_subteam_name");
        Check(request, null, name, handle);
        var group = new SlackUserGroup(request.Workspace.Id("S"), name, handle) { Description = request.Args.Text("description"), Updated = request.Now };
        group.Channels.AddRange(request.Args.List("channels"));
        request.Workspace.GroupList.Add(group);
        Tell(request, group, "subteam_created");
        return Answer(request, group);
    }

    private static void Check(SlackRequest request, SlackUserGroup? itself, string name, string handle)
    {
        if (handle.Length > 21 || handle.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('-' or '_' or '.')) || handle.Any(char.IsUpper))
            throw new SlackRefusal("bad_handle");
        if (handle is "here" or "channel" or "everyone")
            throw new SlackRefusal("forbidden_handle");
        if (request.Args.Text("description").Length > 140)
            throw new SlackRefusal("description_too_long");
        if (request.Workspace.GroupList.Exists(group => group != itself && group.Name == name))
            throw new SlackRefusal("name_already_exists");
        if (request.Workspace.GroupList.Exists(group => group != itself && group.Handle == handle) || request.Workspace.UserList.Exists(user => user.Name == handle))
            throw new SlackRefusal("handle_already_exists");
        if (request.Args.List("channels").Any(id => request.Workspace.FindChannel(id) is null))
            throw new SlackRefusal("invalid_channel_provided");
    }

    private static JsonObject Update(SlackRequest request)
    {
        NeedPlan(request, writing: true);
        var group = Group(request);
        var (name, handle) = (request.Args.TextOrNull("name") ?? group.Name, request.Args.TextOrNull("handle") ?? group.Handle);
        Check(request, group, name, handle);
        (group.Name, group.Handle, group.Updated) = (name, handle, request.Now);
        group.Description = request.Args.TextOrNull("description") ?? group.Description;
        if (request.Args.All.ContainsKey("channels"))
        {
            group.Channels.Clear();
            group.Channels.AddRange(request.Args.List("channels"));
        }
        Tell(request, group, "subteam_updated");
        return Answer(request, group);
    }

    private static JsonObject Switch(SlackRequest request, bool on)
    {
        NeedPlan(request, writing: true);
        var group = Group(request);
        (group.Enabled, group.Updated) = (on, request.Now);
        Tell(request, group, "subteam_updated");
        return Answer(request, group);
    }

    private static void Tell(SlackRequest request, SlackUserGroup group, string type)
    {
        var shape = SlackShapes.Group(request.Workspace, group, withUsers: true, withCount: true);
        request.Afterwards.Add(() => request.Workspace.TellAsync(new() { ["type"] = type, ["subteam"] = shape }));
    }

    private static JsonObject Answer(SlackRequest request, SlackUserGroup group) =>
        SlackRequest.Ok(("usergroup", SlackShapes.Group(request.Workspace, group, withUsers: true, request.Args.Flag("include_count"))));
}
