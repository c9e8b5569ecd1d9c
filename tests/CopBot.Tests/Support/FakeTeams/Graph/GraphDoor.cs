using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Graph's front door.</summary>
internal sealed class GraphDoor(TeamsServer server) : TeamsDoor(server, server.Graph.Faults)
{
    private const string Version = "/v1.0";

    protected override IReadOnlyList<TeamsRoute> Routes { get; } = [.. GraphTeamRoutes.All, .. GraphTagRoutes.All, .. GraphEventRoutes.All, .. GraphUserRoutes.All, .. GraphFeedRoutes.All];

    public Task ServeVersionAsync(HttpContext context, string path) => ServeAsync(context, path.StartsWith(Version + "/", StringComparison.OrdinalIgnoreCase) ? path[Version.Length..] : "/not/a/version" + path);

    protected override void Recorded(TeamsRequest request) => Server.Graph.RequestList.Add(request);

    protected override JsonObject Authorize(HttpContext context, TeamsRequest request, TeamsRoute? route)
    {
        var claims = Server.Identity.Check(request.Bearer, TeamsIdentity.GraphAudience) ?? throw new TeamsRefusal(401, "InvalidAuthenticationToken", request.Bearer is null ? "Access token is empty." : "Access token validation failure. Invalid audience.") { IsBreach = request.Bearer is null };
        if (route is not null && GraphConsent.Problem(Server, request, route) is { } problem)
            throw problem;
        return claims;
    }

    protected override IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route, HttpContext context, long length)
    {
        if (length > 0 && context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return [$"Content-Type is {context.Request.ContentType}"];
        return GraphRules.Problems(request, route);
    }

    protected override JsonObject ErrorBody(TeamsRefusal refusal)
    {
        var id = TeamsIds.Guid();
        return new() { ["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message, ["innerError"] = new JsonObject { ["date"] = Server.Clock.GetUtcNow().ToString("s"), ["request-id"] = id, ["client-request-id"] = id } } };
    }
}

/// <summary>Who consented to what: the organisation's administrator, or a team by the app's manifest.</summary>
internal static class GraphConsent
{
    public static TeamsRefusal? Problem(TeamsServer server, TeamsRequest request, TeamsRoute route)
    {
        if (Needed(route) is not { } needed)
            return null;
        var team = request.Path.Split('/') is [_, "teams", var id, ..] ? server.Teams.FirstOrDefault(each => each.AadGroupId == id) : null;
        // A consent of one team alone holds there, while the app is in it; of one person, while they have the app.
        var here = team is { HasApp: true } ? team.Consents : request.Path.Split('/') is [_, "users", var user, ..] && server.FindPerson(user)?.HasApp == true ? server.Graph.PersonalConsents : [];
        if (needed.Any(permission => server.Graph.Consents.Contains(permission) || here.Contains(permission)))
            return null;
        return request.Path.StartsWith("/users", StringComparison.OrdinalIgnoreCase) && !request.Path.Contains("/teamwork", StringComparison.OrdinalIgnoreCase)
            ? new(403, request.Path.Contains("/events", StringComparison.OrdinalIgnoreCase) ? "ErrorAccessDenied" : "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
            : new(403, "Forbidden", $"Missing role permissions on the request. API requires one of '{string.Join(", ", needed)}'.");
    }

    /// <summary>Any one of these is enough; null where nothing is written about the call.</summary>
    private static HashSet<string>? Needed(TeamsRoute route)
    {
        var wanted = Anonymous(route.Name);
        if (TeamsSpecs.Permissions?.FirstOrDefault(entry => Anonymous(entry.Key) == wanted).Value is not JsonObject schemes)
            return null;
        return [.. schemes.Where(scheme => scheme.Key is "Application" or "ApplicationRSC" || scheme.Key.Contains("RSC", StringComparison.OrdinalIgnoreCase))
            .SelectMany(scheme => new[] { scheme.Value?["least"], scheme.Value?["higher"] }).OfType<JsonArray>().SelectMany(names => names).Select(name => name!.ToString())];
    }

    private static string Anonymous(string route) => System.Text.RegularExpressions.Regex.Replace(route, "\\{[^}]*\\}", "{}").ToUpperInvariant();
}
