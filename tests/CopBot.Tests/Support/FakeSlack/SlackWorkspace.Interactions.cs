using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Commands, buttons, menus and shortcuts.</summary>
public sealed partial class SlackWorkspace
{
    /// <summary>A person types a command; what the bot answers at once is shown to them, or to all where it says so.</summary>
    public async Task<SlackDelivery> SlashAsync(SlackUser by, SlackChannel where, string command, string text)
    {
        JsonObject payload;
        string url;
        lock (server.Gate)
        {
            url = server.ResponseUrls.New(this, where, by, original: null, command: true);
            payload = new()
            {
                ["token"] = server.VerificationToken,
                ["team_id"] = Team,
                ["team_domain"] = Domain,
                ["channel_id"] = where.Id,
                ["channel_name"] = where.Type is "group" ? "privategroup" : where.Name,
                ["user_id"] = by.Id,
                ["user_name"] = by.Name,
                ["command"] = command,
                ["text"] = text,
                ["api_app_id"] = server.AppId,
                ["is_enterprise_install"] = "false",
                ["response_url"] = url,
                ["trigger_id"] = NewTrigger(by),
            };
        }
        var delivery = await server.DeliverAsync(payload, SlackKind.SlashCommand);
        if (delivery is { Acknowledged: true, Ack: JsonObject reply } && (reply["text"] is not null || reply["blocks"] is not null))
            server.ResponseUrls.Answered(url, server.Locked(() => PostByUrl(where, by, reply, "reply to a command", original: null, refuse: false)));
        return delivery;
    }

    /// <summary>A person presses a button, or chooses in a menu, of a message.</summary>
    public Task<SlackDelivery> ClickAsync(SlackUser by, SlackPost post, string actionId, string? selected = null) =>
        ClickAsync(by, post, element => (string?)element["action_id"] == actionId, selected);

    /// <summary>A person presses the first element of a message that meets the condition.</summary>
    public Task<SlackDelivery> ClickAsync(SlackUser by, SlackPost post, Func<JsonObject, bool> which, string? selected = null)
    {
        if (post.Deleted || (post.OnlyUser is { } only && only != by.Id))
            throw new InvalidOperationException($"{by.Name} does not see this message");
        JsonObject payload;
        lock (server.Gate)
        {
            var channel = FindChannel(post.Channel)!;
            payload = Interaction("block_actions", by);
            payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = post.Ts, ["channel_id"] = channel.Id, ["is_ephemeral"] = post.OnlyUser is not null };
            if (post.ThreadTs is { } thread)
                payload["container"]!["thread_ts"] = thread;
            payload["channel"] = NameOf(channel);
            // An ephemeral message is not in the payload: the app cannot read it back.
            if (post.OnlyUser is null)
                payload["message"] = SlackShapes.Message(this, post);
            payload["state"] = new JsonObject { ["values"] = new JsonObject() };
            payload["response_url"] = server.ResponseUrls.New(this, channel, by, post, command: false);
            payload["actions"] = new JsonArray(SlackInput.Action(post.Blocks, which, selected, NextTs(), suggested));
        }
        return server.DeliverAsync(payload, SlackKind.Interactive);
    }

    /// <summary>A person presses a button, or chooses in a menu, of a modal or a home tab.</summary>
    public Task<SlackDelivery> ClickAsync(SlackUser by, SlackView view, string actionId, string? selected = null)
    {
        JsonObject payload;
        lock (server.Gate)
        {
            var action = SlackInput.Action(view.Blocks, element => (string?)element["action_id"] == actionId, selected, NextTs(), suggested);
            payload = Interaction("block_actions", by, view);
            SlackInput.Keep(view, action);
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
            payload["view"] = SlackInput.WithState(view);
            payload["actions"] = new JsonArray(action);
        }
        return server.DeliverAsync(payload, SlackKind.Interactive);
    }

    /// <summary>A person presses a button of their home tab.</summary>
    public Task<SlackDelivery> ClickHomeAsync(SlackUser by, string actionId, string? selected = null) =>
        ClickAsync(by, server.Locked(() => homes.GetValueOrDefault(by.Id)) ?? throw new InvalidOperationException($"{by.Name} has no home tab"), actionId, selected);

    /// <summary>A person starts a global shortcut.</summary>
    public Task<SlackDelivery> ShortcutAsync(SlackUser by, string callbackId)
    {
        JsonObject payload;
        lock (server.Gate)
        {
            payload = Interaction("shortcut", by);
            payload.Remove("api_app_id");
            payload["user"]!.AsObject().Remove("name");
            (payload["callback_id"], payload["action_ts"]) = (callbackId, NextTs());
        }
        return server.DeliverAsync(payload, SlackKind.Interactive);
    }

    /// <summary>A person starts a shortcut on a message.</summary>
    public Task<SlackDelivery> MessageShortcutAsync(SlackUser by, string callbackId, SlackPost post)
    {
        JsonObject payload;
        lock (server.Gate)
        {
            var channel = FindChannel(post.Channel)!;
            payload = Interaction("message_action", by);
            // Shortcuts do not say for which app they are.
            payload.Remove("api_app_id");
            payload["user"]!.AsObject().Remove("username");
            (payload["callback_id"], payload["action_ts"], payload["message_ts"], payload["channel"]) = (callbackId, NextTs(), post.Ts, NameOf(channel));
            payload["message"] = SlackShapes.Message(this, post);
            payload["response_url"] = server.ResponseUrls.New(this, channel, by, original: null, command: false);
        }
        return server.DeliverAsync(payload, SlackKind.Interactive);
    }

    /// <summary>What an answer without a token says, posted or in place of an earlier message. Breaches are noted and, where the sender waits for an answer, refused.</summary>
    internal SlackPost PostByUrl(SlackChannel channel, SlackUser by, JsonObject said, string what, SlackPost? original, bool refuse = true)
    {
        try
        {
            SlackChatMethods.Check(server, what, said);
        }
        catch (SlackRefusal) when (!refuse)
        {
            // A reply to a command gets no answer; Slack shows the person an error. It is noted.
        }
        var content = new SlackContent((string?)said["text"] ?? "", SlackShapes.WithIds(said["blocks"] as JsonArray ?? []), said["metadata"]?.DeepClone() as JsonObject);
        if (original is not null)
        {
            original.Become(content, NextTs());
            return original;
        }
        var forAll = (string?)said["response_type"] == "in_channel";
        if (said["response_type"] is { } type && (string?)type is not ("in_channel" or "ephemeral"))
            server.Note($"{what}: response_type {type}");
        var post = new SlackPost(channel.Id, NextTs(), BotUser.Id) { ByBot = true, ByResponseUrl = true, OnlyUser = forAll ? null : by.Id, ThreadTs = (string?)said["thread_ts"] }.Saying(content);
        messages.Add(post);
        return post;
    }

    private static JsonObject NameOf(SlackChannel channel) => new() { ["id"] = channel.Id, ["name"] = channel.Type is "group" ? "privategroup" : channel.Name };

    /// <summary>What every interaction says.</summary>
    private JsonObject Interaction(string type, SlackUser by, SlackView? from = null) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = Team, ["domain"] = Domain },
        ["user"] = new JsonObject { ["id"] = by.Id, ["username"] = by.Name, ["name"] = by.Name, ["team_id"] = by.Team },
        ["api_app_id"] = server.AppId,
        ["token"] = server.VerificationToken,
        ["trigger_id"] = NewTrigger(by, from),
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
    };
}
