using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>How Slack writes its things in answers and events.</summary>
internal static partial class SlackShapes
{
    private static int made;

    /// <summary>Blocks with the ids that Slack makes up where the app gave none.</summary>
    public static JsonArray WithIds(JsonArray blocks)
    {
        var copy = blocks.DeepClone().AsArray();
        foreach (var block in copy.OfType<JsonObject>())
        {
            block["block_id"] ??= Short();
            foreach (var element in BlockKitRules.ElementsOf(block).Where(element => BlockKitRules.IsInteractive(element)))
                element["action_id"] ??= Short();
        }
        return copy;
    }

    public static JsonObject Message(SlackWorkspace workspace, SlackPost post, bool withMetadata = false)
    {
        var message = new JsonObject { ["type"] = "message", ["user"] = post.Author, ["text"] = post.Text, ["ts"] = post.Ts, ["team"] = workspace.Team };
        if (post.ByBot)
        {
            (message["bot_id"], message["app_id"]) = (workspace.BotId, workspace.Server.AppId);
            message["bot_profile"] = new JsonObject { ["id"] = workspace.BotId, ["deleted"] = false, ["name"] = workspace.BotUser.Name, ["app_id"] = workspace.Server.AppId, ["team_id"] = workspace.Team };
        }
        else
        {
            message["client_msg_id"] = $"client-{post.Ts}";
        }
        if (post.Blocks.Count > 0)
            message["blocks"] = post.Blocks.DeepClone();
        if (post.ThreadTs is { } thread)
            message["thread_ts"] = thread;
        if (post.EditedTs is { } edited)
            message["edited"] = new JsonObject { ["user"] = post.ByBot ? workspace.BotId : post.Author, ["ts"] = edited };
        if (withMetadata && post.Metadata is { } metadata)
            message["metadata"] = metadata.DeepClone();
        if (post.Reactions.Count > 0)
            message["reactions"] = new JsonArray([.. post.Reactions.GroupBy(reaction => reaction.Emoji).Select(group => new JsonObject
            {
                ["name"] = group.Key, ["count"] = group.Count(), ["users"] = new JsonArray([.. group.Select(reaction => JsonValue.Create(reaction.User))]),
            })]);
        return message;
    }

    public static JsonObject User(SlackUser user, bool withLocale = false)
    {
        var shape = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.Team,
            ["name"] = user.Name,
            ["deleted"] = user.Deleted,
            ["real_name"] = user.RealName,
            ["tz"] = user.TimeZone,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = false,
            ["is_admin"] = false,
            ["is_owner"] = false,
            ["is_restricted"] = user.IsGuest,
            ["is_ultra_restricted"] = false,
            ["is_stranger"] = user.IsStranger,
            ["updated"] = 1_767_600_000,
            ["profile"] = new JsonObject { ["real_name"] = user.RealName, ["display_name"] = user.Name, ["email"] = user.IsBot ? null : user.Email, ["team"] = user.Team },
        };
        if (withLocale)
            shape["locale"] = user.Locale;
        return shape;
    }

    public static JsonObject Channel(SlackWorkspace workspace, SlackChannel channel)
    {
        var shape = new JsonObject
        {
            ["id"] = channel.Id,
            ["is_archived"] = channel.IsArchived,
            ["is_im"] = channel.Type is "im",
            ["is_mpim"] = channel.Type is "mpim",
            ["is_private"] = channel.IsPrivate,
            ["is_channel"] = channel.Type is "channel",
            ["is_group"] = channel.Type is "group",
            ["context_team_id"] = workspace.Team,
            ["is_ext_shared"] = channel.IsShared,
            ["is_shared"] = channel.IsShared,
        };
        if (channel.DirectWith is { } user)
            shape["user"] = user.Id;
        else
            (shape["name"], shape["name_normalized"], shape["is_member"], shape["num_members"]) = (channel.Name, channel.Name, channel.Members.Contains(workspace.BotUser.Id), channel.Members.Count);
        return shape;
    }

    public static JsonObject Group(SlackWorkspace workspace, SlackUserGroup group, bool withUsers, bool withCount)
    {
        var shape = new JsonObject
        {
            ["id"] = group.Id,
            ["team_id"] = workspace.Team,
            ["is_usergroup"] = true,
            ["name"] = group.Name,
            ["handle"] = group.Handle,
            ["description"] = group.Description,
            ["date_update"] = group.Updated.ToUnixTimeSeconds(),
            ["date_delete"] = group.Enabled ? 0 : group.Updated.ToUnixTimeSeconds(),
            ["auto_type"] = null,
            ["prefs"] = new JsonObject { ["channels"] = new JsonArray([.. group.Channels.Select(id => JsonValue.Create(id))]), ["groups"] = new JsonArray() },
        };
        if (withUsers)
            shape["users"] = new JsonArray([.. group.Members.Select(id => JsonValue.Create(id))]);
        if (withCount)
            shape["user_count"] = group.Members.Count;
        return shape;
    }

    /// <summary>The rich text that Slack's client makes of what a person typed.</summary>
    public static JsonArray Typed(string text)
    {
        var elements = new JsonArray();
        var at = 0;
        foreach (Match match in Mention().Matches(text))
        {
            if (match.Index > at)
                elements.Add(new JsonObject { ["type"] = "text", ["text"] = text[at..match.Index] });
            elements.Add(new JsonObject { ["type"] = "user", ["user_id"] = match.Groups[1].Value });
            at = match.Index + match.Length;
        }
        if (at < text.Length)
            elements.Add(new JsonObject { ["type"] = "text", ["text"] = text[at..] });
        return [new JsonObject { ["type"] = "rich_text", ["block_id"] = Short(), ["elements"] = new JsonArray(new JsonObject { ["type"] = "rich_text_section", ["elements"] = elements }) }];
    }

    public static JsonObject Id(string id) => new() { ["id"] = id };

    private static string Short() => $"b{Interlocked.Increment(ref made):x4}";

    [GeneratedRegex(@"<@([UW]\w+)(?:\|[^>]*)?>")]
    private static partial Regex Mention();
}
