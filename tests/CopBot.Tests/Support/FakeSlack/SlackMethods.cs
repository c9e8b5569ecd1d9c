namespace CopBot.Tests.Support.FakeSlack;

/// <summary>One method of the Web API: whether it reads a JSON body, any one of the scopes a bot token needs, the arguments it knows and those it must have.</summary>
internal sealed record SlackMethod(string Name, bool Json, string ScopeList, string ArgumentList, string RequiredList)
{
    public string[] Scopes { get; } = ScopeList.Split('|', StringSplitOptions.RemoveEmptyEntries);
    public string[] Arguments { get; } = ArgumentList.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    public string[] Required { get; } = RequiredList.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The methods that this server knows; a test compares the table with the published description.</summary>
internal static class SlackMethods
{
    public static IReadOnlyDictionary<string, SlackMethod> All { get; } = new SlackMethod[]
    {
        new("apps.connections.open", true, "", "", ""),
        new("auth.test", true, "", "", ""),
        new("auth.revoke", false, "", "test", ""),
        new("oauth.v2.access", false, "", "assertion client_id client_secret code code_verifier grant_type redirect_uri refresh_token", ""),
        new("oauth.v2.exchange", false, "", "client_id client_secret", "client_id client_secret"),
        new("chat.postMessage", true, "chat:write", "as_user attachments blocks channel current_draft_last_updated_ts icon_emoji icon_url link_names markdown_text metadata mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username", "channel"),
        new("chat.postEphemeral", true, "chat:write", "as_user attachments blocks channel icon_emoji icon_url link_names markdown_text metadata parse text thread_ts user username", "user channel"),
        new("chat.update", true, "chat:write", "as_user attachments blocks channel file_ids link_names markdown_text metadata parse reply_broadcast text ts unfurled_attachments", "ts channel"),
        new("chat.delete", true, "chat:write", "as_user channel ts", "ts channel"),
        new("chat.scheduleMessage", true, "chat:write", "as_user attachments blocks channel link_names markdown_text metadata parse post_at reply_broadcast text thread_ts unfurl_links unfurl_media", "channel post_at"),
        new("chat.deleteScheduledMessage", true, "chat:write", "as_user channel scheduled_message_id", "scheduled_message_id channel"),
        new("chat.scheduledMessages.list", true, "", "channel cursor latest limit oldest team_id", ""),
        new("chat.getPermalink", false, "", "channel message_ts", "channel message_ts"),
        new("views.open", true, "", "interactivity_pointer trigger_id view", "view"),
        new("views.push", true, "", "interactivity_pointer trigger_id view", "view"),
        new("views.update", true, "", "external_id hash view view_id", "view"),
        new("views.publish", true, "", "hash interactivity_pointer user_id view", "user_id view"),
        new("users.info", false, "users:read", "include_locale user", "user"),
        new("users.list", false, "users:read", "cursor include_locale limit team_id", ""),
        new("users.lookupByEmail", false, "users:read.email", "email", "email"),
        new("users.conversations", false, "channels:read|groups:read|im:read|mpim:read", "cursor exclude_archived exclude_muted limit team_id types user", ""),
        new("conversations.open", true, "channels:manage|groups:write|im:write|mpim:write", "channel prevent_creation return_im users", ""),
        new("conversations.info", false, "channels:read|groups:read|im:read|mpim:read", "channel include_locale include_num_members", "channel"),
        new("conversations.list", false, "channels:read|groups:read|im:read|mpim:read", "cursor exclude_archived limit team_id types", ""),
        new("conversations.members", false, "channels:read|groups:read|im:read|mpim:read", "channel cursor limit", "channel"),
        new("conversations.join", true, "channels:join", "channel", "channel"),
        new("conversations.history", true, "channels:history|groups:history|im:history|mpim:history", "channel cursor include_all_metadata inclusive latest limit oldest", "channel"),
        new("conversations.replies", false, "channels:history|groups:history|im:history|mpim:history", "channel cursor include_all_metadata inclusive latest limit oldest ts", "channel ts"),
        new("usergroups.list", false, "usergroups:read", "include_count include_disabled include_users team_id", ""),
        new("usergroups.users.list", false, "usergroups:read", "include_disabled team_id usergroup", "usergroup"),
        new("usergroups.users.update", true, "usergroups:write", "additional_channels include_count is_shared team_id usergroup users", "usergroup users"),
        new("usergroups.create", true, "usergroups:write", "additional_channels channels description enable_section handle include_count name team_id", "name"),
        new("usergroups.update", true, "usergroups:write", "additional_channels channels description enable_section handle include_count name team_id usergroup", "usergroup"),
        new("usergroups.enable", true, "usergroups:write", "include_count team_id usergroup", "usergroup"),
        new("usergroups.disable", true, "usergroups:write", "include_count team_id usergroup", "usergroup"),
        new("reactions.add", true, "reactions:write", "channel name timestamp", "name timestamp channel"),
        new("reactions.get", false, "reactions:read", "channel file file_comment full timestamp", ""),
        new("reactions.remove", true, "reactions:write", "channel file file_comment name timestamp", "name"),
        new("team.info", true, "team:read", "domain team", ""),
        new("apps.uninstall", false, "", "client_id client_secret", "client_id client_secret"),
    }.ToDictionary(method => method.Name);
}
