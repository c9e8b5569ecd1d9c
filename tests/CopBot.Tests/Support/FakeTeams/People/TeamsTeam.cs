using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Where something is said: a channel, a chat of several people, or one person's chat with the bot.</summary>
public sealed class TeamsConversation
{
    public const string Channel = "channel", GroupChat = "groupChat", Personal = "personal";

    internal TeamsConversation(string id, string kind, string name) => (Id, Kind, Name) = (id, kind, name);

    public string Id { get; }

    /// <summary><c>channel</c>, <c>groupChat</c> or <c>personal</c>, as <c>conversationType</c> has it.</summary>
    public string Kind { get; }
    public string Name { get; internal set; }

    /// <summary>The team of a channel.</summary>
    public TeamsTeam? Team { get; internal init; }

    /// <summary>Who talks with the bot, where nobody else does.</summary>
    public TeamsPerson? Person { get; internal init; }

    /// <summary>Those in a chat of several people.</summary>
    public List<TeamsPerson> People { get; } = [];

    /// <summary>The bot was put into this chat of several people.</summary>
    public bool BotIn { get; internal set; }
    public bool Deleted { get; internal set; }
    public bool IsGeneral => Team?.Id == Id;

    /// <summary>Who sees what is said here.</summary>
    public IReadOnlyList<TeamsPerson> Members => [.. (Kind switch { Channel => Team!.Members, GroupChat => People, _ => [Person!] }).Where(person => !person.Gone)];

    /// <summary>The id that answers go to: in a channel that of the thread.</summary>
    public string IdOf(string? root) => root is null || Kind != Channel ? Id : $"{Id};messageid={root}";

    public override string ToString() => Kind == Personal ? $"chat with {Person}" : Name;

    internal bool Has(TeamsPerson person) => Members.Contains(person);
}

/// <summary>A team with its channels; its id is that of the channel General.</summary>
public sealed class TeamsTeam
{
    private readonly TeamsServer server;

    internal TeamsTeam(TeamsServer server, string name)
    {
        (this.server, Name) = (server, name);
        Id = TeamsServer.NewChannelId();
        General = AddChannel("General", Id);
    }

    public string Id { get; }
    public string Name { get; internal set; }

    /// <summary>The team's id in Graph.</summary>
    public string AadGroupId { get; } = TeamsIds.Guid();
    public TeamsConversation General { get; }
    public IReadOnlyList<TeamsConversation> Channels => server.Locked(() => server.ConversationList.Where(channel => channel.Team == this && !channel.Deleted).ToList());
    public IReadOnlyList<TeamsPerson> Members => server.Locked(() => MemberList.ToList());
    public IReadOnlyList<TeamsPerson> Owners => server.Locked(() => OwnerList.ToList());

    /// <summary>The app is installed here, so the bot is a member.</summary>
    public bool HasApp { get; set; } = true;

    /// <summary>The organisation's administrator disabled the bot: writing is refused.</summary>
    public bool DisabledByAdmin { get; set; }

    /// <summary>Resource-specific consents of this team, from the app's manifest.</summary>
    public HashSet<string> Consents { get; } = [];

    internal List<TeamsPerson> MemberList { get; } = [];
    internal List<TeamsPerson> OwnerList { get; } = [];

    /// <summary>Somebody who is here from the beginning: the bot is told nothing.</summary>
    public TeamsPerson AddPerson(string name, bool owner = false)
    {
        lock (server.Gate)
            return Join(server.AddPerson(name), owner);
    }

    /// <summary>A channel that is here from the beginning: the bot is told nothing.</summary>
    public TeamsConversation AddChannel(string name) => AddChannel(name, TeamsServer.NewChannelId());

    public override string ToString() => Name;

    internal TeamsPerson Join(TeamsPerson person, bool owner = false)
    {
        if (!MemberList.Contains(person))
            MemberList.Add(person);
        if (owner)
            OwnerList.Add(person);
        return person;
    }

    internal JsonObject Described() => new() { ["id"] = Id, ["name"] = Name, ["aadGroupId"] = AadGroupId };

    private TeamsConversation AddChannel(string name, string id)
    {
        lock (server.Gate)
        {
            var channel = new TeamsConversation(id, TeamsConversation.Channel, name) { Team = this };
            server.ConversationList.Add(channel);
            return channel;
        }
    }
}
