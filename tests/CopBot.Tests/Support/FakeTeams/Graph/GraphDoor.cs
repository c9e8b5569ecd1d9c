using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Graph's front door.</summary>
internal sealed class GraphDoor(TeamsServer server) : TeamsDoor(server, server.Graph.Faults)
{
    protected override IReadOnlyList<TeamsRoute> Routes { get; } = [];

    protected override JsonObject Authorize(HttpContext context, TeamsRequest request, TeamsRoute? route) =>
        Server.Identity.Check(request.Bearer, TeamsIdentity.GraphAudience) ?? throw new TeamsRefusal(401, "InvalidAuthenticationToken", "Access token is empty or invalid.");

    protected override IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route, HttpContext context, long length) => [];
}
