using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Discord's published description of its API, which lies outside the repository: in <c>$COPBOT_SPECS</c>, or in <c>shared/specs</c> next to it.</summary>
public sealed class DiscordSpecs
{
    private static readonly Lazy<DiscordSpecs?> Found = new(Load);
    private readonly JsonElement root;
    private readonly JsonSchema schemas;

    private DiscordSpecs(JsonElement root) => (this.root, schemas) = (root, new(root));

    /// <summary>Null where it is missing: then only our own rules are checked.</summary>
    public static DiscordSpecs? Here => Found.Value;

    /// <summary>Whether the description has such a route.</summary>
    public bool Knows(string method, string path) => root.GetProperty("paths").TryGetProperty(path, out var operations) && operations.TryGetProperty(Lower(method), out _);

    /// <summary>What is wrong with a request: its body, and what its query asks for.</summary>
    public IReadOnlyList<(string Path, string Problem)> Problems(string method, string path, JsonNode? body, IEnumerable<(string Name, string Value)> query, bool membersUnknown = false)
    {
        if (!Knows(method, path))
            return [];
        var operation = root.GetProperty("paths").GetProperty(path).GetProperty(Lower(method));
        List<(string, string)> problems = [.. Query(operation, query)];
        if (!operation.TryGetProperty("requestBody", out var request))
        {
            if (body is not null)
                problems.Add(("_", "a body where none is read"));
            return problems;
        }
        if (body is null)
        {
            if (request.TryGetProperty("required", out var required) && required.GetBoolean())
                problems.Add(("_", "This field is required"));
            return problems;
        }
        var schema = request.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        problems.AddRange(schemas.Problems(schema, JsonSerializer.SerializeToElement(body)));
        if (!membersUnknown)
            problems.AddRange(Unknown(schema, body));
        return problems;
    }

    /// <summary>Checks a value against one of the named schemas.</summary>
    public IReadOnlyList<(string Path, string Problem)> Problems(string schema, JsonNode? value) => schemas.Problems(root.GetProperty("components").GetProperty("schemas").GetProperty(schema), JsonSerializer.SerializeToElement(value));

    private IEnumerable<(string, string)> Unknown(JsonElement schema, JsonNode body)
    {
        if (body is JsonArray items)
            return schemas.Resolve(schema).TryGetProperty("items", out var inner) ? items.OfType<JsonObject>().SelectMany((item, index) => Unknown(inner, item).Select(found => ($"[{index}].{found.Item1}", found.Item2))) : [];
        // Discord reads past what it does not know: a slip of the pen would go unnoticed.
        return body is JsonObject thing && schemas.Members(schema) is { } known ? thing.Where(member => !known.Contains(member.Key)).Select(member => (member.Key, "is not known")) : [];
    }

    private IEnumerable<(string, string)> Query(JsonElement operation, IEnumerable<(string Name, string Value)> query)
    {
        var known = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Where(each => each.GetProperty("in").GetString() == "query").ToDictionary(each => each.GetProperty("name").GetString()!) : [];
        foreach (var (name, value) in query)
        {
            if (!known.TryGetValue(name, out var parameter))
            {
                yield return (name, "is not known in the query");
                continue;
            }
            var schema = schemas.Resolve(parameter.GetProperty("schema"));
            var kind = schema.TryGetProperty("type", out var type) ? type.ToString() : "";
            if (kind is "integer" or "boolean" && !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
                yield return (name, $"is no {kind}");
            else if (kind is "integer" or "string" or "boolean")
                foreach (var problem in schemas.Problems(schema, JsonSerializer.SerializeToElement(kind == "integer" && long.TryParse(value, out var number) ? JsonValue.Create(number) : kind == "boolean" ? JsonValue.Create(value is "true" or "1") : JsonValue.Create(value))))
                    yield return (name, problem.Problem);
        }
    }

    private static string Lower(string method) => method switch { "GET" => "get", "PUT" => "put", "POST" => "post", "PATCH" => "patch", _ => "delete" };

    private static DiscordSpecs? Load()
    {
        var folder = Environment.GetEnvironmentVariable("COPBOT_SPECS");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "specs", "discord")))
                folder = Path.Combine(at.FullName, "shared", "specs");
        var file = Path.Combine(folder ?? "", "discord", "openapi.json");
        return File.Exists(file) ? new(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement) : null;
    }
}
