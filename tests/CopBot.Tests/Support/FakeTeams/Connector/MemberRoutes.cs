using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Who is in a conversation.</summary>
internal static class MemberRoutes
{
    private const string Conversation = "/v3/conversations/{conversationId}";

    public static TeamsRoute[] All { get; } =
    [
        new("GET", Conversation + "/pagedmembers", Paged),
        new("GET", Conversation + "/members", call => new JsonArray([.. TeamsPlaces.Known(call).Where.Members.Select(person => (JsonNode)Described(call.Server, person))])),
        new("GET", Conversation + "/members/{memberId}", call =>
            Described(call.Server, TeamsPlaces.Known(call).Where.Members.FirstOrDefault(person => person.Is(call["memberId"])) ?? throw new TeamsRefusal(404, "MemberNotFoundInConversation", "Member not found in conversation."))),
    ];

    public static JsonObject Described(TeamsServer server, TeamsPerson person) => new()
    {
        ["id"] = person.Mri,
        ["name"] = person.Name,
        ["objectId"] = person.AadObjectId,
        ["aadObjectId"] = person.AadObjectId,
        ["givenName"] = person.Name.Split(' ')[0],
        ["surname"] = person.Name.Split(' ')[^1],
        ["email"] = person.Email,
        ["userPrincipalName"] = person.UserPrincipalName,
        ["tenantId"] = server.TenantId,
        ["userRole"] = "user",
    };

    private static JsonNode Paged(TeamsCall call)
    {
        var members = TeamsPlaces.Known(call).Where.Members;
        var from = 0;
        if (call.Query("continuationToken") is { Length: > 0 } token && !(token.StartsWith("page-", StringComparison.Ordinal) && int.TryParse(token["page-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out from)))
            throw TeamsRefusal.BadSyntax("Bad continuation token");
        if (call.Query("pageSize") is not null && call.Number("pageSize") is not (>= 1 and <= 500))
            throw TeamsRefusal.BadSyntax("pageSize is between 1 and 500");
        var size = Math.Min(call.Number("pageSize") ?? 200, call.Server.MembersPerPage);
        var page = new JsonObject { ["members"] = new JsonArray([.. members.Skip(from).Take(size).Select(person => (JsonNode)Described(call.Server, person))]) };
        if (from + size < members.Count)
            page["continuationToken"] = "page-" + (from + size).ToString(CultureInfo.InvariantCulture);
        return page;
    }
}
