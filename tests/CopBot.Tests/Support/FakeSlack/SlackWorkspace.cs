using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>A workspace: its people, channels and messages. What people do in it is in the other half of the class.</summary>
public sealed partial class SlackWorkspace
{
    private readonly SlackServer server;
    private readonly List<SlackUser> users = [];
    private readonly List<SlackChannel> channels = [];
    private readonly List<SlackUserGroup> groups = [];
    private readonly List<SlackPost> messages = [];
    private readonly List<SlackView> modals = [];
    private readonly Dictionary<string, SlackView> homes = [];
    private readonly Dictionary<string, SlackTrigger> triggers = [];
    private readonly string prefix;
    private long lastMicroseconds;
    private int made;

    internal SlackWorkspace(SlackServer server, string team, int number)
    {
        (this.server, Team, prefix) = (server, team, number.ToString("00", CultureInfo.InvariantCulture));
        BotUser = new(Id("UBOT"), "copbot", team) { IsBot = true };
        users.Add(BotUser);
        BotId = Id("B");
    }

    public string Team { get; }
    public string Name => $"Workspace {Team}";
    public string Domain => Team.ToLowerInvariant();
    public SlackUser BotUser { get; }

    /// <summary>The id of the bot behind the bot user (<c>B…</c>).</summary>
    public string BotId { get; }

    /// <summary>The token that works now; empty while the app is not installed.</summary>
    public string BotToken { get; private set; } = "";
    public bool Installed => BotToken.Length > 0;

    /// <summary>The scopes of the token that works now: take one away and Slack answers missing_scope.</summary>
    public ISet<string> Scopes => server.Locked(() => server.Tokens.Find(BotToken).Token?.Scopes ?? []);

    /// <summary>False: user groups answer plan_upgrade_required, as on free plans.</summary>
    public bool PaidPlan { get; set; } = true;

    /// <summary>User groups answer permission_denied to the bot.</summary>
    public bool OnlyAdminsEditGroups { get; set; }

    /// <summary>The app home is switched on; otherwise views.publish answers not_enabled.</summary>
    public bool HomeEnabled { get; set; } = true;

    public IReadOnlyList<SlackUser> Users => server.Locked(() => users.ToList());
    public IReadOnlyList<SlackChannel> Channels => server.Locked(() => channels.ToList());
    public IReadOnlyList<SlackUserGroup> UserGroups => server.Locked(() => groups.ToList());

    /// <summary>Every message of the app, in channels, direct, ephemeral or by response url, in order of first posting.</summary>
    public IReadOnlyList<SlackPost> Posts => server.Locked(() => messages.Where(message => message.ByBot).ToList());

    /// <summary>Those of people too.</summary>
    public IReadOnlyList<SlackPost> AllMessages => server.Locked(() => messages.ToList());

    /// <summary>The home tab of each person who has one, as Slack describes a view.</summary>
    public IReadOnlyDictionary<string, JsonObject> Homes => server.Locked(() => homes.ToDictionary(home => home.Key, home => home.Value.Body));

    /// <summary>The modals that are open, in order of opening; the last of a person's lies on top.</summary>
    public IReadOnlyList<SlackView> Modals => server.Locked(() => modals.ToList());

    /// <summary>The modal that a person sees; null where none is open.</summary>
    public SlackView? ModalOf(SlackUser user) => Modals.LastOrDefault(modal => modal.User == user.Id);

    internal SlackServer Server => server;
    internal List<SlackUser> UserList => users;
    internal List<SlackChannel> ChannelList => channels;
    internal List<SlackUserGroup> GroupList => groups;
    internal List<SlackPost> MessageList => messages;
    internal List<SlackView> ModalList => modals;
    internal Dictionary<string, SlackView> HomeList => homes;
    internal Dictionary<string, SlackTrigger> Triggers => triggers;

    /// <summary>One more person.</summary>
    public SlackUser AddUser(string name, string? id = null)
    {
        lock (server.Gate)
        {
            var user = new SlackUser(id ?? Id("U"), name, Team);
            users.Add(user);
            return user;
        }
    }

    /// <summary>One more channel, with everybody in it who is there.</summary>
    public SlackChannel AddChannel(string name, bool botIn = true) => AddChannel(name, botIn, isPrivate: false);

    /// <summary>One more channel, perhaps a private one.</summary>
    public SlackChannel AddChannel(string name, bool botIn, bool isPrivate)
    {
        lock (server.Gate)
        {
            var channel = new SlackChannel(Id("C"), name) { IsPrivate = isPrivate };
            channel.Members.UnionWith(users.Where(user => !user.IsBot && !user.Deleted).Select(user => user.Id));
            if (botIn)
                channel.Members.Add(BotUser.Id);
            channels.Add(channel);
            return channel;
        }
    }

    /// <summary>One more user group.</summary>
    public SlackUserGroup AddUserGroup(string name, string handle, params IEnumerable<SlackUser> members)
    {
        lock (server.Gate)
        {
            var group = new SlackUserGroup(Id("S"), name, handle) { Updated = server.Clock.GetUtcNow() };
            group.Members.AddRange(members.Select(member => member.Id));
            groups.Add(group);
            return group;
        }
    }

    /// <summary>The bot's direct conversation with a person; opened where there is none.</summary>
    public SlackChannel DirectOf(SlackUser user)
    {
        lock (server.Gate)
        {
            if (channels.Find(channel => channel.DirectWith == user) is { } known)
                return known;
            var direct = new SlackChannel(Id("D"), "directmessage") { DirectWith = user, IsPrivate = true };
            direct.Members.UnionWith([user.Id, BotUser.Id]);
            channels.Add(direct);
            return direct;
        }
    }

    internal void Install(SlackToken token) => BotToken = token.Text;

    /// <summary>Revokes every token, as when somebody removes the app; nothing is delivered.</summary>
    internal void Uninstall()
    {
        foreach (var token in server.Tokens.Of(this))
            token.RefusedWith = "account_inactive";
        BotToken = "";
    }

    internal SlackUser? FindUser(string id) => users.Find(user => user.Id == id);

    internal SlackChannel? FindChannel(string id) => channels.Find(channel => channel.Id == id);

    internal SlackPost? FindMessage(string channel, string ts) => messages.Find(message => message.Channel == channel && message.Ts == ts && !message.Deleted && message.OnlyUser is null);

    internal string Id(string kind) => $"{kind}{prefix}{++made:00000}";

    /// <summary>The next time stamp: the clock's, but never one that was given out before.</summary>
    internal string NextTs()
    {
        var now = (server.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        lastMicroseconds = Math.Max(now, lastMicroseconds + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{lastMicroseconds / 1_000_000}.{lastMicroseconds % 1_000_000:000000}");
    }

    internal string NewTrigger(SlackUser by, SlackView? from = null)
    {
        var id = $"{Id("")}.{SlackKeys.Secret(6)}.{SlackKeys.Secret(16)}";
        triggers[id] = new(by, server.Clock.GetUtcNow(), from);
        return id;
    }
}

/// <summary>What a person did last, on the strength of which the bot may open a modal once, within three seconds.</summary>
internal sealed record SlackTrigger(SlackUser By, DateTimeOffset At, SlackView? From)
{
    public bool Used { get; set; }
}
