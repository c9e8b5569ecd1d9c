namespace CopBot.Platforms.Slack.Intake;

/// <summary>A kind of event that the app subscribes to (https://docs.slack.dev/reference/events).</summary>
/// <param name="Name">As it stands in the manifest.</param>
/// <param name="Scopes">Slack sends it where one of these was granted; none is needed where there is none.</param>
public sealed record SlackEventKind(string Name, params string[] Scopes);

/// <summary>Everything the app subscribes to: what <see cref="SlackEvents"/> and <see cref="SlackChanges"/> know what to do with.</summary>
public static class SlackEventKinds
{
    public static IReadOnlyList<SlackEventKind> All { get; } =
    [
        new("app_home_opened"),
        new("app_mention", "app_mentions:read"),
        new("app_uninstalled"),
        new("channel_archive", "channels:read"),
        new("channel_deleted", "channels:read"),
        new("channel_left", "channels:read"),
        new("channel_rename", "channels:read"),
        new("channel_unarchive", "channels:read"),
        new("group_archive", "groups:read"),
        new("group_deleted", "groups:read"),
        new("group_left", "groups:read"),
        new("group_rename", "groups:read"),
        new("group_unarchive", "groups:read"),
        new("member_joined_channel", "channels:read", "groups:read"),
        new("member_left_channel", "channels:read", "groups:read"),
        new("message.im", "im:history"),
        new("reaction_added", "reactions:read"),
        new("team_join", "users:read"),
        new("tokens_revoked"),
        new("user_change", "users:read"),
    ];
}
