using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Modals and home tabs.</summary>
internal static class SlackViewMethods
{
    private const int LongestView = 250_000;
    private const int DeepestStack = 3;
    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);

    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["views.open"] = Open,
        ["views.push"] = Push,
        ["views.update"] = Update,
        ["views.publish"] = Publish,
    };

    /// <summary>The view as Slack keeps and describes it.</summary>
    public static JsonObject Describe(SlackWorkspace workspace, JsonObject given, string id, SlackView? previous)
    {
        var view = new JsonObject
        {
            ["id"] = id,
            ["team_id"] = workspace.Team,
            ["type"] = (string?)given["type"],
            ["private_metadata"] = (string?)given["private_metadata"] ?? "",
            ["callback_id"] = (string?)given["callback_id"] ?? "",
            ["state"] = new JsonObject { ["values"] = new JsonObject() },
            ["hash"] = $"{workspace.NextTs()}.{SlackKeys.Secret(4)}",
            ["clear_on_close"] = (bool?)given["clear_on_close"] ?? false,
            ["notify_on_close"] = (bool?)given["notify_on_close"] ?? false,
            ["submit_disabled"] = (bool?)given["submit_disabled"] ?? false,
            ["root_view_id"] = previous?.Root.Id ?? id,
            ["previous_view_id"] = previous?.Id,
            ["app_id"] = workspace.Server.AppId,
            ["external_id"] = (string?)given["external_id"] ?? "",
            ["app_installed_team_id"] = workspace.Team,
            ["bot_id"] = workspace.BotId,
            ["title"] = given["title"]?.DeepClone(),
            ["submit"] = given["submit"]?.DeepClone(),
            ["close"] = given["close"]?.DeepClone(),
            ["blocks"] = SlackShapes.WithIds(given["blocks"]!.AsArray()),
        };
        return view;
    }

    /// <summary>Refuses views that break a limit, and notes it.</summary>
    public static JsonObject Checked(SlackServer server, string method, JsonObject? view, string type)
    {
        if (view is null)
        {
            server.Note($"{method}: the view is not an object");
            throw new SlackRefusal("invalid_arguments");
        }
        if (view.ToJsonString().Length > LongestView)
        {
            server.Note($"{method}: the view is larger than 250 KB");
            throw new SlackRefusal("view_too_large");
        }
        var problems = BlockKitRules.ProblemsOfView(view).ToList();
        if ((string?)view["type"] != type)
            problems.Add($"a view of the type {view["type"]} where {type} is wanted");
        if (problems.Count == 0)
            return view;
        problems.ForEach(problem => server.Note($"{method}: {problem}"));
        throw new SlackRefusal("invalid_arguments", new() { ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. problems.Select(problem => JsonValue.Create($"[ERROR] {problem}"))]) } });
    }

    private static JsonObject Answer(SlackView view) => SlackRequest.Ok(("view", view.Body.DeepClone()));

    private static SlackTrigger Trigger(SlackRequest request)
    {
        var id = request.Args.TextOrNull("trigger_id") ?? request.Args.Text("interactivity_pointer");
        if (!request.Workspace.Triggers.TryGetValue(id, out var trigger))
            throw new SlackRefusal("invalid_trigger_id");
        if (trigger.Used)
            throw new SlackRefusal("exchanged_trigger_id");
        if (request.Now - trigger.At > TriggerLife)
            throw new SlackRefusal("expired_trigger_id");
        trigger.Used = true;
        return trigger;
    }

    private static void CheckExternal(SlackRequest request, JsonObject view, SlackView? itself = null)
    {
        if ((string?)view["external_id"] is { Length: > 0 } external && request.Workspace.ModalList.Exists(other => other != itself && (string?)other.Body["external_id"] == external))
            throw new SlackRefusal("duplicate_external_id");
    }

    private static JsonObject Open(SlackRequest request)
    {
        var view = Checked(request.Server, request.Method, request.Args.Object("view"), "modal");
        CheckExternal(request, view);
        var trigger = Trigger(request);
        // A modal opened anew replaces the stack that the person had open.
        foreach (var open in request.Workspace.ModalList.Where(modal => modal.User == trigger.By.Id))
            open.Closed = true;
        request.Workspace.ModalList.RemoveAll(modal => modal.Closed);
        return Answer(request.Workspace.Show(trigger.By, view, previous: null, request.Args.Text("trigger_id")));
    }

    private static JsonObject Push(SlackRequest request)
    {
        var view = Checked(request.Server, request.Method, request.Args.Object("view"), "modal");
        CheckExternal(request, view);
        var trigger = Trigger(request);
        var top = request.Workspace.ModalList.LastOrDefault(modal => modal.User == trigger.By.Id);
        if (trigger.From is null || top is null)
            throw new SlackRefusal("not_found");
        if (request.Workspace.ModalList.Count(modal => modal.User == trigger.By.Id) >= DeepestStack)
            throw new SlackRefusal("push_limit_reached");
        return Answer(request.Workspace.Show(trigger.By, view, top, request.Args.Text("trigger_id")));
    }

    private static JsonObject Update(SlackRequest request)
    {
        var given = request.Args.Object("view");
        var known = request.Workspace.ModalList.Find(modal => modal.Id == request.Args.Text("view_id") || (request.Args.Has("external_id") && (string?)modal.Body["external_id"] == request.Args.Text("external_id")))
            ?? request.Workspace.HomeList.Values.FirstOrDefault(home => home.Id == request.Args.Text("view_id"))
            ?? throw new SlackRefusal("not_found");
        var view = Checked(request.Server, request.Method, given, (string)known.Body["type"]!);
        if (request.Args.Has("hash") && request.Args.Text("hash") != known.Hash)
            throw new SlackRefusal("hash_conflict");
        CheckExternal(request, view, known);
        known.Body = Describe(request.Workspace, view, known.Id, known.Previous);
        return Answer(known);
    }

    private static JsonObject Publish(SlackRequest request)
    {
        if (!request.Workspace.HomeEnabled)
            throw new SlackRefusal("not_enabled");
        var user = request.User("user_id");
        var view = Checked(request.Server, request.Method, request.Args.Object("view"), "home");
        var homes = request.Workspace.HomeList;
        if (homes.TryGetValue(user.Id, out var known))
        {
            if (request.Args.Has("hash") && request.Args.Text("hash") != known.Hash)
                throw new SlackRefusal("hash_conflict");
            known.Body = Describe(request.Workspace, view, known.Id, previous: null);
            return Answer(known);
        }
        var id = request.Workspace.Id("V");
        homes[user.Id] = new(id, user.Id, Describe(request.Workspace, view, id, previous: null));
        return Answer(homes[user.Id]);
    }
}
