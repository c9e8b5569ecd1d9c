using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>People, the catalog of apps, and the app in people's hands.</summary>
internal static partial class GraphUserRoutes
{
    private const string Installed = "/users/{id}/teamwork/installedApps";

    public static TeamsRoute[] All { get; } =
    [
        new("GET", "/users", call => GraphTeamRoutes.Page(call, [.. call.Server.PersonList.Where(person => !person.Gone).Where(Filter(call)).Select(Described)])),
        new("GET", "/users/{id}", call => Described(GraphTeamRoutes.Person(call, call["id"]))),
        new("GET", "/appCatalogs/teamsApps", Catalog),
        new("GET", Installed, call =>
        {
            var person = GraphTeamRoutes.Person(call, call["id"]);
            return GraphTeamRoutes.Page(call, person.HasApp && call.Server.Graph.CatalogId is not null ? [Installation(call, person)] : []);
        }),
        new("POST", Installed, Install),
        new("GET", Installed + "/{installation}", call => Installation(call, Having(call))),
        new("GET", Installed + "/{installation}/chat", call => new JsonObject
        {
            // The chat's id in Graph, which is not the conversation's id of the bot.
            ["id"] = $"19:{GraphTeamRoutes.Person(call, call["id"]).AadObjectId}_{call.Server.Identity.AppId}@unq.gbl.spaces",
            ["chatType"] = Having(call) is not null ? "oneOnOne" : "",
            ["tenantId"] = call.Server.TenantId,
        }),
    ];

    private static JsonNode? Install(TeamsCall call)
    {
        var (person, graph) = (GraphTeamRoutes.Person(call, call["id"]), call.Server.Graph);
        if ((string?)call.Body["teamsApp@odata.bind"] is not { } bound || App().Match(bound) is not { Success: true } app)
            throw new TeamsRefusal(400, "BadRequest", "teamsApp@odata.bind is missing or no address of an app in the catalog.") { IsBreach = true };
        if (graph.CatalogId is null || app.Groups[1].Value != graph.CatalogId)
            throw new TeamsRefusal(404, "NotFound", "No app found with the id in the catalog.");
        var asked = (graph.Manifest?["authorization"]?["permissions"]?["resourceSpecific"] as JsonArray ?? []).Select(permission => (string?)permission?["name"]).ToList();
        var given = (call.Body["consentedPermissionSet"]?["resourceSpecificPermissions"] as JsonArray ?? []).Select(permission => (string?)permission?["permissionValue"]).ToList();
        if (asked.Except(given).Any() || (asked.Count > 0 && !graph.Consents.Any(consent => consent.Contains("AndConsent", StringComparison.Ordinal))))
            throw new TeamsRefusal(403, "Forbidden", "The required permissions have not been consented to during app installation.");
        if (person.HasApp)
            throw new TeamsRefusal(409, "Conflict", "The specified app is already installed.");
        call.Status = 201;
        call.Afterwards = () => call.Server.InstallAsync(person);
        return null;
    }

    private static JsonNode Catalog(TeamsCall call)
    {
        var (graph, filter) = (call.Server.Graph, call.Query("$filter"));
        if (filter is not null && !External().IsMatch(filter))
            throw new TeamsRefusal(400, "BadRequest", $"The filter {filter} is not understood.") { IsBreach = true };
        var wanted = filter is null ? null : External().Match(filter).Groups[1].Value;
        return GraphTeamRoutes.Page(call, graph.CatalogId is { } id && wanted is null || graph.CatalogId is not null && wanted == graph.ExternalId
            ? [new() { ["id"] = graph.CatalogId, ["externalId"] = graph.ExternalId, ["displayName"] = call.Server.BotName, ["distributionMethod"] = "organization" }]
            : []);
    }

    private static TeamsPerson Having(TeamsCall call) =>
        GraphTeamRoutes.Person(call, call["id"]) is { HasApp: true } person && person.InstallationId == call["installation"] ? person : throw new TeamsRefusal(404, "NotFound", "The app is not installed.");

    private static JsonObject Installation(TeamsCall call, TeamsPerson person)
    {
        var described = new JsonObject { ["id"] = person.InstallationId };
        if (call.Query("$expand")?.Contains("teamsApp", StringComparison.Ordinal) == true)
            described["teamsApp"] = new JsonObject { ["id"] = call.Server.Graph.CatalogId, ["externalId"] = call.Server.Graph.ExternalId, ["displayName"] = call.Server.BotName, ["distributionMethod"] = "organization" };
        return described;
    }

    private static Func<TeamsPerson, bool> Filter(TeamsCall call)
    {
        if (call.Query("$filter") is not { } filter)
            return _ => true;
        if (User().Match(filter) is not { Success: true } by)
            throw new TeamsRefusal(400, "Request_UnsupportedQuery", $"The filter {filter} is not understood.") { IsBreach = true };
        var wanted = by.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal);
        return person => (by.Groups[1].Value switch { "mail" => person.Email, "displayName" => person.Name, "id" => person.AadObjectId, _ => person.UserPrincipalName }).Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Described(TeamsPerson person) => new()
    {
        ["id"] = person.AadObjectId,
        ["displayName"] = person.Name,
        ["givenName"] = person.Name.Split(' ')[0],
        ["surname"] = person.Name.Split(' ')[^1],
        ["mail"] = person.Email,
        ["userPrincipalName"] = person.UserPrincipalName,
    };

    [GeneratedRegex("/appCatalogs/teamsApps(?:/|\\(')([0-9A-Za-z-]+)(?:'\\))?$")]
    private static partial Regex App();

    [GeneratedRegex("^(?:teamsApp/)?externalId eq '([^']*)'$")]
    private static partial Regex External();

    [GeneratedRegex("^(mail|userPrincipalName|displayName|id) eq '((?:[^']|'')*)'$")]
    private static partial Regex User();
}
