using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Tests.Core.Content;

namespace CopBot.Tests.Support;

/// <summary>
/// Discord's published description of its interface (OpenAPI 3.1), which lies outside the repository: in <c>$COPBOT_SPECS</c>, or in <c>shared/specs</c>
/// next to it. It knows no limits that are a bot's own.
/// </summary>
public static class DiscordSpecs
{
    private static readonly Lazy<JsonObject?> Schemas = new(Load);
    private static readonly ConcurrentDictionary<string, JsonSchemaCheck> Checks = [];

    /// <summary>What a schema of it has against a value; the test is skipped with the reason where it is missing.</summary>
    public static IReadOnlyList<string> Problems(string schema, JsonNode? value)
    {
        Required.Unless(Schemas.Value is not null, "no description of Discord's interface: set COPBOT_SPECS to their folder");
        var check = Checks.GetOrAdd(schema, name => new JsonSchemaCheck(new JsonObject { ["$ref"] = $"#/definitions/{name}", ["definitions"] = Schemas.Value!.DeepClone() }));
        return [.. check.Problems(JsonNode.Parse(value?.ToJsonString() ?? "null"))];
    }

    private static JsonObject? Load()
    {
        var found = Environment.GetEnvironmentVariable("COPBOT_SPECS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); found is null && folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "specs", "discord")))
                found = Path.Combine(folder.FullName, "shared", "specs");
        var file = Path.Combine(found ?? "", "discord", "openapi.json");
        return File.Exists(file) ? Draft7(JsonNode.Parse(File.ReadAllText(file).Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal))!["components"]!["schemas"]) as JsonObject : null;
    }

    // What draft 7 calls otherwise. CopBot sends no null, so what may be null may as well not.
    private static JsonNode? Draft7(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(entry => entry.Key is not "contentEncoding" && !entry.Key.StartsWith("x-", StringComparison.Ordinal)).Select(entry => entry switch
        {
            ("const", var value) => KeyValuePair.Create<string, JsonNode?>("enum", new JsonArray(value!.DeepClone())),
            ("type", JsonArray types) => KeyValuePair.Create<string, JsonNode?>("type", new JsonArray([.. types.Select(type => type!.GetValue<string>()).Where(type => type != "null").Select(type => (JsonNode)type)])),
            ("oneOf", JsonArray any) => KeyValuePair.Create<string, JsonNode?>("oneOf", new JsonArray([.. any.Where(one => one?["type"]?.ToJsonString() != "\"null\"").Select(Draft7)])),
            _ => KeyValuePair.Create(entry.Key, Draft7(entry.Value)),
        })),
        JsonArray items => new JsonArray([.. items.Select(Draft7)]),
        _ => node?.DeepClone(),
    };
}
