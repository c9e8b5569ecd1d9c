using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Teams and who is in them.</summary>
internal static class GraphTeamRoutes
{
    public static TeamsRoute[] All { get; } =
    [
        new("GET", "/teams/{id}/members", call => Page(call, [.. Team(call).MemberList.Where(person => !person.Gone).Select(person => new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.aadUserConversationMember",
            ["id"] = MemberId(call, person),
            ["roles"] = Team(call).OwnerList.Contains(person) ? new JsonArray("owner") : new JsonArray(),
            ["displayName"] = person.Name,
            ["visibleHistoryStartDateTime"] = "0001-01-01T00:00:00Z",
            ["userId"] = person.AadObjectId,
            ["email"] = person.Email,
            ["tenantId"] = call.Server.TenantId,
        })])),
    ];

    public static TeamsTeam Team(TeamsCall call) =>
        call.Server.Teams.FirstOrDefault(team => team.AadGroupId.Equals(call["id"], StringComparison.OrdinalIgnoreCase)) ?? throw new TeamsRefusal(404, "NotFound", "No team found with Group id " + call["id"]);

    public static TeamsPerson Person(TeamsCall call, string? id) =>
        call.Server.PersonList.Find(person => !person.Gone && id is not null && (person.AadObjectId.Equals(id, StringComparison.OrdinalIgnoreCase) || person.UserPrincipalName.Equals(id, StringComparison.OrdinalIgnoreCase)))
        ?? throw new TeamsRefusal(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    /// <summary>A page, and where the next one is: an address to take as it is.</summary>
    public static JsonObject Page(TeamsCall call, IReadOnlyList<JsonObject> items)
    {
        var from = int.TryParse(call.Query("$skiptoken"), NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : 0;
        var size = Math.Min(call.Number("$top") ?? int.MaxValue, call.Server.Graph.PageSize);
        var page = new JsonObject { ["@odata.context"] = $"{call.Server.Graph.Base}$metadata", ["@odata.count"] = Math.Min(size, items.Count - from), ["value"] = new JsonArray([.. items.Skip(from).Take(size)]) };
        if (from + size < items.Count)
            page["@odata.nextLink"] = $"{new Uri(call.Server.Graph.Base, call.Request.Path.TrimStart('/')).AbsoluteUri}?$skiptoken={from + size}";
        return page;
    }

    private static string MemberId(TeamsCall call, TeamsPerson person) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"1##{call.Server.TenantId}##{call["id"]}##{person.AadObjectId}"));
}
