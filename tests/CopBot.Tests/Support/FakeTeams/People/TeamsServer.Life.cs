using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What becomes of teams, channels, people, and of the app in them. The bot is told as Teams tells it.</summary>
public sealed partial class TeamsServer
{
    /// <summary>An owner adds the app to a team.</summary>
    public async Task InstallAsync(TeamsTeam team, TeamsPerson by)
    {
        lock (Gate)
            team.HasApp = true;
        await DeliverAsync(Installation("add", by, team.General));
        await DeliverAsync(Membership("membersAdded", by, team.General, Bot28(), "teamMemberAdded"));
    }

    /// <summary>An owner takes the app out of a team: it is told so once, and may do nothing there any more.</summary>
    public async Task UninstallAsync(TeamsTeam team, TeamsPerson by)
    {
        lock (Gate)
            team.HasApp = false;
        await DeliverAsync(Membership("membersRemoved", by, team.General, Bot28(), "teamMemberRemoved"));
        await DeliverAsync(Installation("remove", by, team.General));
    }

    /// <summary>A person installs the app for themself.</summary>
    public async Task InstallAsync(TeamsPerson by)
    {
        lock (Gate)
            by.HasApp = true;
        await DeliverAsync(Installation("add", by, by.Chat));
        await DeliverAsync(Membership("membersAdded", by, by.Chat, Bot28(), null));
    }

    /// <summary>A person removes the app.</summary>
    public async Task UninstallAsync(TeamsPerson by)
    {
        lock (Gate)
            by.HasApp = false;
        await DeliverAsync(Installation("remove", by, by.Chat));
    }

    /// <summary>A new version of the app: it is added with more rights.</summary>
    public Task UpgradeAsync(TeamsTeam team, TeamsPerson by) => DeliverAsync(Installation("add-upgrade", by, team.General));

    /// <summary>Somebody puts the bot into a chat of several people.</summary>
    public async Task InstallAsync(TeamsConversation chat, TeamsPerson by)
    {
        lock (Gate)
            chat.BotIn = true;
        await DeliverAsync(Installation("add", by, chat));
        await DeliverAsync(Membership("membersAdded", by, chat, Bot28(), null));
    }

    /// <summary>Somebody takes the bot out of a chat of several people.</summary>
    public async Task UninstallAsync(TeamsConversation chat, TeamsPerson by)
    {
        lock (Gate)
            chat.BotIn = false;
        await DeliverAsync(Membership("membersRemoved", by, chat, Bot28(), null));
    }

    /// <summary>Somebody joins a team.</summary>
    public async Task JoinAsync(TeamsTeam team, TeamsPerson person, TeamsPerson? by = null)
    {
        lock (Gate)
            team.Join(person);
        if (team.HasApp)
            await DeliverAsync(Membership("membersAdded", by ?? person, team.General, Bare(person), "teamMemberAdded"));
    }

    /// <summary>Somebody leaves a team, or is put out of it.</summary>
    public async Task LeaveAsync(TeamsTeam team, TeamsPerson person, TeamsPerson? by = null)
    {
        lock (Gate)
        {
            team.MemberList.Remove(person);
            team.OwnerList.Remove(person);
        }
        if (team.HasApp)
            await DeliverAsync(Membership("membersRemoved", by ?? person, team.General, Bare(person), "teamMemberRemoved"));
    }

    /// <summary>A channel is created.</summary>
    public async Task<TeamsConversation> CreateChannelAsync(TeamsTeam team, string name, TeamsPerson by)
    {
        var channel = team.AddChannel(name);
        await TellAsync("channelCreated", by, channel);
        return channel;
    }

    /// <summary>A channel gets another name.</summary>
    public async Task RenameAsync(TeamsConversation channel, string name, TeamsPerson by)
    {
        lock (Gate)
            channel.Name = name;
        await TellAsync("channelRenamed", by, channel);
    }

    /// <summary>A channel is deleted: what was said there is nowhere any more.</summary>
    public async Task DeleteAsync(TeamsConversation channel, TeamsPerson by)
    {
        if (channel.IsGeneral)
            throw new TeamsClientRefusal("the channel General cannot be deleted");
        lock (Gate)
            channel.Deleted = true;
        await TellAsync("channelDeleted", by, channel);
    }

    /// <summary>A deleted channel is brought back.</summary>
    public async Task RestoreAsync(TeamsConversation channel, TeamsPerson by)
    {
        lock (Gate)
            channel.Deleted = false;
        await TellAsync("channelRestored", by, channel);
    }

    /// <summary>A team gets another name.</summary>
    public async Task RenameAsync(TeamsTeam team, string name, TeamsPerson by)
    {
        lock (Gate)
            team.Name = name;
        await TellAsync("teamRenamed", by, team.General);
    }

    /// <summary>Any event of a team, such as <c>teamArchived</c>.</summary>
    public Task TellAsync(string eventType, TeamsPerson by, TeamsConversation where)
    {
        if (where.Team is { HasApp: false })
            return Task.CompletedTask;
        var activity = Update(by, where.Team!.General, eventType);
        activity["channelData"]!["channel"] = new JsonObject { ["id"] = where.Id, ["name"] = where.Name };
        return DeliverAsync(activity);
    }

    private JsonObject Installation(string action, TeamsPerson by, TeamsConversation where)
    {
        var activity = Activity("installationUpdate", by, where);
        activity["action"] = action;
        activity["channelData"]!["settings"] = new JsonObject { ["selectedChannel"] = new JsonObject { ["id"] = where.Id } };
        activity["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        return activity;
    }

    private JsonObject Membership(string member, TeamsPerson by, TeamsConversation where, JsonObject account, string? eventType)
    {
        var activity = Update(by, where, eventType);
        activity[member] = new JsonArray(account);
        return activity;
    }

    private JsonObject Update(TeamsPerson by, TeamsConversation where, string? eventType)
    {
        var activity = Activity("conversationUpdate", by, where);
        if (eventType is not null && where.Team is not null)
            activity["channelData"]!["eventType"] = eventType;
        return activity;
    }

    // Members come without their names: whoever wants those asks the Connector.
    private static JsonObject Bare(TeamsPerson person) => new() { ["id"] = person.Mri, ["aadObjectId"] = person.AadObjectId };

    private JsonObject Bot28() => new() { ["id"] = BotId };
}
