namespace CopBot.Platforms.Slack.Api;

/// <summary>A method of Slack's Web API that the bot uses: how often per minute at most, and whether it takes JSON.</summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="PerMinute">The published tier, per workspace (https://docs.slack.dev/apis/web-api/rate-limits).</param>
/// <param name="Json">Whether it takes a JSON body; the others refuse it and get a form.</param>
/// <param name="Repeatable">Whether calling it twice is calling it once, so that a lost answer calls for another try.</param>
/// <param name="PerChannel">Whether “too fast” is said of one channel: then whoever calls lets that channel rest, and the others go on.</param>
public sealed record SlackMethod(string Name, int PerMinute, bool Json = true, bool Repeatable = true, bool PerChannel = false)
{
    private const int Tier2 = 20;
    private const int Tier3 = 50;
    private const int Tier4 = 100;

    // Methods of a tier of their own; posting is paced per channel besides.
    private const int Special = 600;

    public static SlackMethod AuthTest { get; } = new("auth.test", Special);

    public static SlackMethod OpenConnection { get; } = new("apps.connections.open", Tier3);

    public static SlackMethod PostMessage { get; } = new("chat.postMessage", Special, Repeatable: false, PerChannel: true);

    public static SlackMethod PostEphemeral { get; } = new("chat.postEphemeral", Tier4, Repeatable: false);

    public static SlackMethod Update { get; } = new("chat.update", Tier3);

    public static SlackMethod Permalink { get; } = new("chat.getPermalink", Special, Json: false);

    public static SlackMethod OpenView { get; } = new("views.open", Tier4);

    public static SlackMethod PublishView { get; } = new("views.publish", Tier4);

    public static SlackMethod UserInfo { get; } = new("users.info", Tier4, Json: false);

    public static SlackMethod UserConversations { get; } = new("users.conversations", Tier3, Json: false);

    public static SlackMethod OpenConversation { get; } = new("conversations.open", Tier3);

    public static SlackMethod History { get; } = new("conversations.history", Tier3, Json: false);

    public static SlackMethod Replies { get; } = new("conversations.replies", Tier3, Json: false);

    public static SlackMethod Groups { get; } = new("usergroups.list", Tier2, Json: false);

    public static SlackMethod GroupMembers { get; } = new("usergroups.users.list", Tier2, Json: false);

    public static SlackMethod SetGroupMembers { get; } = new("usergroups.users.update", Tier2);

    public static SlackMethod CreateGroup { get; } = new("usergroups.create", Tier2, Repeatable: false);

    public static SlackMethod UpdateGroup { get; } = new("usergroups.update", Tier2);

    public static SlackMethod EnableGroup { get; } = new("usergroups.enable", Tier2);

    public static SlackMethod DisableGroup { get; } = new("usergroups.disable", Tier2);

    public static SlackMethod Access { get; } = new("oauth.v2.access", Special, Json: false, Repeatable: false);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SlackMethod> All { get; } =
    [
        AuthTest, OpenConnection, PostMessage, PostEphemeral, Update, Permalink, OpenView, PublishView, UserInfo, UserConversations, OpenConversation,
        History, Replies, Groups, GroupMembers, SetGroupMembers, CreateGroup, UpdateGroup, EnableGroup, DisableGroup, Access,
    ];
}
