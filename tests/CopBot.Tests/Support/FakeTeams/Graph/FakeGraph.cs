namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Microsoft Graph.</summary>
public sealed partial class FakeGraph
{
    private readonly TeamsServer server;

    internal FakeGraph(TeamsServer server) => this.server = server;

    /// <summary>Where it is: <c>http://127.0.0.1:port/v1.0/</c>.</summary>
    public Uri Base => new(Listener!.Root, "v1.0/");
    public TeamsFaults Faults { get; } = new();
    internal TeamsListener? Listener { get; set; }

    /// <summary>Graph is away: connections are refused.</summary>
    public Task TurnOffAsync() => Listener!.TurnOffAsync();

    /// <summary>It is back, at the same address.</summary>
    public Task TurnOnAsync() => Listener!.TurnOnAsync();

    internal bool IsTag(TeamsTeam? team, string id) => team is not null && server is not null && id.Length == 0;
}
