using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Somebody in the organisation.</summary>
public sealed class TeamsPerson
{
    private readonly List<string> notices = [];
    private readonly TeamsServer server;

    internal TeamsPerson(TeamsServer server, string name, string account)
    {
        (this.server, Name, UserPrincipalName) = (server, name, $"{account}@league.example");
        Email = UserPrincipalName;
    }

    public string Name { get; set; }

    /// <summary>The id of this person for this bot: <c>29:…</c>.</summary>
    public string Mri { get; } = "29:1" + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48)).Replace('+', '-').Replace('/', '_');
    public string AadObjectId { get; } = TeamsIds.Guid();
    public string UserPrincipalName { get; }
    public string Email { get; set; }
    public string Locale { get; set; } = "en-US";
    public string TimeZone { get; set; } = "Europe/Berlin";

    /// <summary>What the client says it is: <c>Windows</c>, <c>Web</c>, <c>Android</c>.</summary>
    public string Client { get; set; } = "Windows";

    /// <summary>The organisation left this account behind: it is nowhere found any more.</summary>
    public bool Gone { get; set; }

    /// <summary>The app is installed for this person alone; see <see cref="TeamsServer.InstallAsync(TeamsPerson)"/>.</summary>
    public bool HasApp { get; internal set; }

    /// <summary>This person blocked the bot: writing to them is refused.</summary>
    public bool Blocked { get; set; }

    /// <summary>Writing to this person is refused with <c>MessageWritesBlocked</c>.</summary>
    public bool WritesBlocked { get; set; }

    /// <summary>The conversation with the bot alone; made when it is first needed.</summary>
    public TeamsConversation Chat => server.ChatOf(this);

    /// <summary>What the client told this person by the way, and nobody else: answers to presses, refusals, failures.</summary>
    public IReadOnlyList<string> Notices => server.Locked(() => notices.ToList());

    /// <summary>The dialog that stands open; null where there is none.</summary>
    public TeamsDialog? Dialog { get; internal set; }

    /// <summary>What came into the activity feed, over Graph.</summary>
    public IReadOnlyList<TeamsFeedItem> Feed => server.Locked(() => FeedList.ToList());
    internal List<TeamsFeedItem> FeedList { get; } = [];
    internal string InstallationId { get; } = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(TeamsIds.Guid() + "##app"));

    /// <summary>Whether an id is this person's: MRI, object id or user principal name.</summary>
    public bool Is(string id) => id == Mri || id.Equals(AadObjectId, StringComparison.OrdinalIgnoreCase) || id.Equals(UserPrincipalName, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;

    internal void Tell(string notice) => notices.Add(notice);

    internal JsonObject AsSender() => new() { ["id"] = Mri, ["name"] = Name, ["aadObjectId"] = AadObjectId };
}

/// <summary>A line of the activity feed.</summary>
public sealed record TeamsFeedItem(string ActivityType, string Text, string Preview, string Topic, Uri? WebUrl, DateTimeOffset At, JsonObject Body);

/// <summary>A dialog (task module) that a person sees.</summary>
public sealed class TeamsDialog
{
    internal TeamsDialog(string kind, JsonObject value, JsonObject context, TeamsConversation where, TeamsMessage? message) =>
        (Kind, Value, Context, Where, Message) = (kind, value, context, where, message);

    /// <summary><c>task</c>, <c>composeExtension</c> or <c>config</c>: how it is sent.</summary>
    public string Kind { get; }

    /// <summary>As the bot wrote it: title, height, width, card.</summary>
    public JsonObject Value { get; }
    public string Title => (string?)Value["title"] ?? "";

    /// <summary>Its card; null where it shows a page.</summary>
    public JsonObject? Card => Value["card"]?["content"] as JsonObject;
    public TeamsConversation Where { get; }
    public TeamsMessage? Message { get; }

    /// <summary>What goes along when it is sent: of a message extension the command and the message.</summary>
    internal JsonObject Context { get; }
}
