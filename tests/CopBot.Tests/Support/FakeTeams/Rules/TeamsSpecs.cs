using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Microsoft's published descriptions, which lie outside the repository: in <c>$COPBOT_SPECS</c>, or in <c>shared/specs</c> next to it. Null where they are missing: then only our own rules are checked.</summary>
public static class TeamsSpecs
{
    private static readonly Lazy<string?> Folder = new(Find);
    private static readonly Lazy<(JsonElement Root, JsonSchema Check)?> Cards = new(() => Schema("teams/adaptive-cards/adaptive-card-1.5.0.json"));
    private static readonly Lazy<(JsonElement Root, JsonSchema Check)?> Connector = new(() => Schema("teams/connector/ConnectorAPI.json"));
    private static readonly Lazy<JsonObject?> GraphTypes = new(() => Read("graph/graph-v1.0.subset.json"));
    private static readonly Lazy<JsonObject?> GraphPermissions = new(() => Read("graph/permissions.subset.json"));

    /// <summary>Whether they are here.</summary>
    public static bool AreHere => Cards.Value is not null && Connector.Value is not null && GraphTypes.Value is not null && GraphPermissions.Value is not null;

    /// <summary>Types, enumerations and actions of Graph.</summary>
    internal static JsonObject? Graph => GraphTypes.Value;

    /// <summary>What each call of Graph needs: <c>GET /teams/{id}/members</c> → least and higher permissions.</summary>
    internal static JsonObject? Permissions => GraphPermissions.Value?["paths"] as JsonObject;

    /// <summary>The published samples of activities and of parts of them, by the name of their file.</summary>
    public static IEnumerable<(string Name, JsonObject Sample)> Activities() => Folder.Value is not { } folder ? [] :
        Directory.EnumerateFiles(Path.Combine(folder, "teams/activities"), "*.json").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), JsonNode.Parse(File.ReadAllText(file).TrimStart('\ufeff'))!.AsObject()));

    /// <summary>What is wrong with an Adaptive Card 1.5; without what only Teams knows.</summary>
    public static IEnumerable<string> CardProblems(JsonObject card)
    {
        if (Cards.Value is not var (root, check))
            return [];
        var definition = root.GetProperty("definitions").GetProperty("AdaptiveCard");
        return check.Problems(definition, JsonSerializer.SerializeToElement(TeamsCards.Plain(card))).Select(problem => $"{problem.Path}: {problem.Problem}");
    }

    /// <summary>What is wrong with a body of the Connector: <c>Activity</c>, <c>ConversationParameters</c>.</summary>
    public static IEnumerable<string> ConnectorProblems(string definition, JsonObject body)
    {
        if (Connector.Value is not var (root, check))
            return [];
        // Not in this description, though Teams takes it: targeted messages, and a value of any kind.
        var known = body.DeepClone().AsObject();
        known.Remove("value");
        if (known["recipient"] is JsonObject recipient)
            recipient.Remove("isTargeted");
        var schema = root.GetProperty("definitions").GetProperty(definition);
        var names = schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToHashSet();
        return check.Problems(schema, JsonSerializer.SerializeToElement(known)).Select(problem => $"{problem.Path}: {problem.Problem}")
            .Concat(known.Select(member => member.Key).Where(name => !names.Contains(name)).Select(name => $"{name}: is not known"));
    }

    private static (JsonElement Root, JsonSchema Check)? Schema(string file)
    {
        if (Folder.Value is not { } folder || !File.Exists(Path.Combine(folder, file)))
            return null;
        var root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file))).RootElement;
        return (root, new(root));
    }

    private static JsonObject? Read(string file) => Folder.Value is { } folder && File.Exists(Path.Combine(folder, file)) ? JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file))) as JsonObject : null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("COPBOT_SPECS") is { Length: > 0 } told)
            return told;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "specs", "teams")))
                return Path.Combine(at.FullName, "shared", "specs");
        return null;
    }
}
