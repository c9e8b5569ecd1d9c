using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Microsoft Graph v1.0, as far as a bot for teams needs it: members, tags, calendars, the activity feed, installing the app.</summary>
public sealed class FakeGraph
{
    private readonly TeamsServer server;

    internal FakeGraph(TeamsServer server) => this.server = server;

    /// <summary>Where it is: <c>http://127.0.0.1:port/v1.0/</c>.</summary>
    public Uri Base => new(Listener!.Root, "v1.0/");
    public TeamsFaults Faults { get; } = new();

    /// <summary>Application permissions to which the organisation's administrator consented; a test adds them. Those of one team alone are in <see cref="TeamsTeam.Consents"/>.</summary>
    public HashSet<string> Consents { get; } = [];

    /// <summary>Consents that a person gives by installing the app, from its manifest: <c>TeamsActivity.Send.User</c>.</summary>
    public HashSet<string> PersonalConsents { get; } = [];

    /// <summary>An event with a transaction that was used before is refused with 409, and not answered with the one that is there.</summary>
    public bool RefusesTransactionsTwice { get; set; }

    /// <summary>The app's manifest: what may be notified must be declared there. Null: nothing is.</summary>
    public JsonObject? Manifest { get; set; }

    /// <summary>The app's id in the organisation's catalog; null where it was not uploaded.</summary>
    public string? CatalogId { get; set; } = TeamsIds.Guid();

    /// <summary>The id that the manifest has; the bot's own where nothing else is said.</summary>
    public string ExternalId => (string?)Manifest?["id"] ?? server.Identity.AppId;

    /// <summary>A page has no more than this.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Events in people's calendars, cancelled ones no more.</summary>
    public IReadOnlyList<GraphEvent> Events => server.Locked(() => EventList.ToList());

    /// <summary>The tags of all teams.</summary>
    public IReadOnlyList<GraphTag> Tags => server.Locked(() => TagList.ToList());

    /// <summary>Every request to Graph, in order.</summary>
    public IReadOnlyList<TeamsRequest> Requests => server.Locked(() => RequestList.ToList());
    internal TeamsListener? Listener { get; set; }
    internal List<GraphEvent> EventList { get; } = [];
    internal List<GraphTag> TagList { get; } = [];
    internal List<TeamsRequest> RequestList { get; } = [];

    /// <summary>How often a route was asked, in vain or not: <c>POST /users/{id}/events</c>.</summary>
    public int Count(string route) => Requests.Count(request => request.Route == route);

    /// <summary>The administrator consents to these application permissions, or to all that a bot for teams may ask for.</summary>
    public void ConsentToAll(params string[] permissions)
    {
        lock (server.Gate)
            Consents.UnionWith(permissions.Length > 0 ? permissions : ["TeamMember.Read.All", "TeamworkTag.ReadWrite.All", "Calendars.ReadWrite", "TeamsActivity.Send", "TeamsAppInstallation.ReadWriteSelfForUser.All", "TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All", "AppCatalog.Read.All", "User.ReadBasic.All"]);
    }

    /// <summary>A team's owner makes a tag.</summary>
    public GraphTag AddTag(TeamsTeam team, string name, params TeamsPerson[] people)
    {
        lock (server.Gate)
        {
            var tag = new GraphTag(TeamsIds.Guid(), team, name);
            tag.MemberList.AddRange(people.Select(person => (TeamsIds.Hex(12), person)));
            TagList.Add(tag);
            return tag;
        }
    }

    /// <summary>A team's owner deletes a tag, as taking everybody out of it does.</summary>
    public void RemoveTag(GraphTag tag)
    {
        lock (server.Gate)
            TagList.Remove(tag);
    }

    /// <summary>Graph is away: connections are refused.</summary>
    public Task TurnOffAsync() => Listener!.TurnOffAsync();

    /// <summary>It is back, at the same address.</summary>
    public Task TurnOnAsync() => Listener!.TurnOnAsync();

    internal bool IsTag(TeamsTeam? team, string id) => TagList.Exists(tag => tag.Id == id && (team is null || tag.Team == team));
}

/// <summary>A tag of a team: whoever mentions it mentions its members.</summary>
public sealed class GraphTag
{
    internal GraphTag(string id, TeamsTeam team, string name) => (Id, Team, Name) = (id, team, name);

    public string Id { get; }
    public TeamsTeam Team { get; }
    public string Name { get; internal set; }

    /// <summary>Members with their ids in the tag.</summary>
    public IReadOnlyList<(string Id, TeamsPerson Person)> Members => [.. MemberList];
    internal List<(string Id, TeamsPerson Person)> MemberList { get; } = [];
}

/// <summary>An event in somebody's calendar.</summary>
public sealed class GraphEvent
{
    internal GraphEvent(string id, TeamsPerson organizer, JsonObject body) => (Id, Organizer, Body) = (id, organizer, body);

    public string Id { get; }
    public TeamsPerson Organizer { get; }

    /// <summary>As it is now.</summary>
    public JsonObject Body { get; }
    public string Subject => (string?)Body["subject"] ?? "";

    /// <summary>Who is invited, by address.</summary>
    public IReadOnlyList<string> Attendees => [.. (Body["attendees"] as JsonArray ?? []).Select(attendee => (string?)attendee?["emailAddress"]?["address"]).OfType<string>()];
    public bool Deleted { get; internal set; }
}
