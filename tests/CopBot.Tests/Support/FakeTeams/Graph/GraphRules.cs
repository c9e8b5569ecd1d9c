using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Bodies as Graph's metadata describes them: a member that it does not know, or of another type, is a breach.</summary>
internal static class GraphRules
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["POST /teams/{id}/tags"] = "teamworkTag",
        ["PATCH /teams/{id}/tags/{tag}"] = "teamworkTag",
        ["POST /teams/{id}/tags/{tag}/members"] = "teamworkTagMember",
        ["POST /users/{id}/events"] = "event",
        ["PATCH /users/{id}/events/{event}"] = "event",
        ["POST /users/{id}/teamwork/installedApps"] = "userScopeTeamsAppInstallation",
    };

    public static IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route)
    {
        if (request.Method is "GET" or "DELETE")
            return request.Body is null ? [] : ["a body where none is read"];
        if (request.Body is not JsonObject body)
            return ["no body"];
        if (TeamsSpecs.Graph is not { } graph)
            return [];
        if (Types.TryGetValue(route.Name, out var type))
            return Thing(graph, type, body, "");
        return route.Path.EndsWith("/sendActivityNotification", StringComparison.Ordinal) ? Action(graph, route.Path.StartsWith("/teams", StringComparison.Ordinal) ? "graph.team" : "graph.userTeamwork", body) : [];
    }

    private static IEnumerable<string> Action(JsonObject graph, string binding, JsonObject body)
    {
        var parameters = graph["actions"]!.AsArray().OfType<JsonObject>().First(action => (string?)action["name"] == "sendActivityNotification" && (string?)action["parameters"]!["bindingParameter"] == binding)["parameters"]!.AsObject();
        foreach (var (name, value) in body)
            if (name == "bindingParameter" || parameters[name] is not { } type)
                yield return $"{name}: is not known";
            else
                foreach (var problem in Value(graph, type.ToString(), value, name))
                    yield return problem;
    }

    private static IEnumerable<string> Thing(JsonObject graph, string type, JsonObject body, string at)
    {
        // A recipient says itself which kind it is.
        var actual = ((string?)body["@odata.type"])?.Replace("#microsoft.graph.", "", StringComparison.Ordinal).Replace("microsoft.graph.", "", StringComparison.Ordinal) ?? type;
        var known = new Dictionary<string, string>();
        for (var name = actual; name is not null; name = ((string?)graph["types"]![name]?["base"])?["graph.".Length..])
            foreach (var kind in (string[])["properties", "navigation"])
                foreach (var (member, described) in graph["types"]![name]?[kind] as JsonObject ?? [])
                    known.TryAdd(member, described is JsonObject property ? (string)property["type"]! : described!.ToString());
        if (graph["types"]![actual] is null)
            yield break;
        foreach (var (name, value) in body.Where(member => member.Key != "@odata.type"))
        {
            var where = at.Length == 0 ? name : $"{at}.{name}";
            if (name.EndsWith("@odata.bind", StringComparison.Ordinal) && known.ContainsKey(name[..^"@odata.bind".Length]))
                continue;
            if (!known.TryGetValue(name, out var described))
                yield return $"{where}: is not known";
            else
                foreach (var problem in Value(graph, described, value, where))
                    yield return problem;
        }
    }

    private static IEnumerable<string> Value(JsonObject graph, string type, JsonNode? value, string at)
    {
        if (value is null)
            return [];
        if (type.StartsWith("Collection(", StringComparison.Ordinal))
            return value is JsonArray items ? items.SelectMany((item, index) => Value(graph, type["Collection(".Length..^1], item, $"{at}[{index}]")) : [$"{at}: is no list"];
        if (!type.StartsWith("graph.", StringComparison.Ordinal))
            return IsOf(type, value) ? [] : [$"{at}: is no {type}"];
        var name = type["graph.".Length..];
        if (graph["enums"]![name] is JsonArray allowed)
            return value is JsonValue text && allowed.Any(one => one!.ToString() == text.ToString()) ? [] : [$"{at}: {value.ToJsonString()} is none of {allowed.ToJsonString()}"];
        return graph["types"]![name] is null ? [] : value is JsonObject thing ? Thing(graph, name, thing, at) : [$"{at}: is no {name}"];
    }

    private static bool IsOf(string type, JsonNode value) => value is JsonValue one && type switch
    {
        "Edm.String" or "Edm.Guid" => one.TryGetValue<string>(out _),
        "Edm.Boolean" => one.TryGetValue<bool>(out _),
        "Edm.Int32" or "Edm.Int64" => one.TryGetValue<long>(out _),
        "Edm.DateTimeOffset" => one.TryGetValue<string>(out var time) && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
