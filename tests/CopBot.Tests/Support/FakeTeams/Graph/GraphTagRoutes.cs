using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Tags of a team: a name of 40 characters at the most, 25 members when it is made, 200 in all.</summary>
internal static class GraphTagRoutes
{
    private const string Tags = "/teams/{id}/tags", Tag = Tags + "/{tag}";
    private const int LongestName = 40, MostAtFirst = 25, Most = 200, MostTags = 100;

    public static TeamsRoute[] All { get; } =
    [
        new("GET", Tags, call => GraphTeamRoutes.Page(call, [.. Of(call).Select(Described)])),
        new("POST", Tags, Create),
        new("GET", Tag, call => Described(Found(call))),
        new("PATCH", Tag, call =>
        {
            var (tag, name) = (Found(call), (string?)call.Body["displayName"]);
            if (name is not null)
                tag.Name = Named(call, name, tag);
            return Described(tag);
        }),
        new("DELETE", Tag, call => Gone(call, call.Server.Graph.TagList.Remove(Found(call)))),
        new("GET", Tag + "/members", call => GraphTeamRoutes.Page(call, [.. Found(call).MemberList.Select(member => Described(call, member))])),
        new("POST", Tag + "/members", call =>
        {
            var tag = Found(call);
            var person = Member(call, (string?)call.Body["userId"]);
            if (tag.MemberList.Exists(member => member.Person == person))
                throw new TeamsRefusal(409, "Conflict", "The member is already in the tag.");
            if (tag.MemberList.Count >= Most)
                throw new TeamsRefusal(400, "BadRequest", $"A tag has {Most} members at the most.") { IsBreach = true };
            tag.MemberList.Add((TeamsIds.Hex(12), person));
            call.Status = 201;
            return Described(call, tag.MemberList[^1]);
        }),
        new("DELETE", Tag + "/members/{member}", call => Gone(call, Found(call).MemberList.RemoveAll(member => member.Id == call["member"]) > 0)),
    ];

    private static JsonNode Create(TeamsCall call)
    {
        var members = (call.Body["members"] as JsonArray ?? []).Select(member => Member(call, (string?)member?["userId"])).Distinct().ToList();
        if (members.Count is 0 or > MostAtFirst)
            throw new TeamsRefusal(400, "BadRequest", $"A tag is made with 1 to {MostAtFirst} members.") { IsBreach = true };
        if (Of(call).Count() >= MostTags)
            throw new TeamsRefusal(400, "BadRequest", $"A team has {MostTags} tags at the most.");
        var tag = new GraphTag(Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(TeamsIds.Guid() + "##tag")), GraphTeamRoutes.Team(call), Named(call, (string?)call.Body["displayName"] ?? "", null));
        tag.MemberList.AddRange(members.Select(person => (TeamsIds.Hex(12), person)));
        call.Server.Graph.TagList.Add(tag);
        call.Status = 201;
        return Described(tag);
    }

    private static string Named(TeamsCall call, string name, GraphTag? self)
    {
        if (name.Trim().Length == 0 || name.Length > LongestName)
            throw new TeamsRefusal(400, "BadRequest", $"A tag's name has 1 to {LongestName} characters.") { IsBreach = true };
        return Of(call).Any(tag => tag != self && tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? throw new TeamsRefusal(409, "Conflict", "Tag with the same name already exists.") : name;
    }

    private static IEnumerable<GraphTag> Of(TeamsCall call) => GraphTeamRoutes.Team(call) is var team ? call.Server.Graph.TagList.Where(tag => tag.Team == team) : [];

    private static GraphTag Found(TeamsCall call) => Of(call).FirstOrDefault(tag => tag.Id == call["tag"]) ?? throw new TeamsRefusal(404, "NotFound", "Tag not found.");

    private static TeamsPerson Member(TeamsCall call, string? id) =>
        GraphTeamRoutes.Team(call).MemberList.Find(person => person.AadObjectId.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? throw new TeamsRefusal(400, "BadRequest", $"User {id} is not a member of the team.");

    private static JsonNode? Gone(TeamsCall call, bool was)
    {
        call.Status = was ? 204 : throw new TeamsRefusal(404, "NotFound", "Not found.");
        return null;
    }

    private static JsonObject Described(GraphTag tag) => new()
    {
        ["id"] = tag.Id,
        ["teamId"] = tag.Team.AadGroupId,
        ["displayName"] = tag.Name,
        ["description"] = null,
        ["memberCount"] = tag.MemberList.Count,
        ["tagType"] = "standard",
    };

    private static JsonObject Described(TeamsCall call, (string Id, TeamsPerson Person) member) =>
        new() { ["id"] = member.Id, ["tenantId"] = call.Server.TenantId, ["displayName"] = member.Person.Name, ["userId"] = member.Person.AadObjectId };
}
