using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Tests.Core.Content;

namespace CopBot.Tests.Support;

/// <summary>Published schemas of Adaptive Cards and of Teams, which lie outside the repository: in <c>$COPBOT_SPECS</c>, or in <c>shared/specs</c> next to it.</summary>
internal static class CardSpecs
{
    private static readonly ConcurrentDictionary<string, JsonSchemaCheck> Checks = [];

    /// <summary>What the schema of version 1.5.0 has against a card. Members that are Teams' own are left out of a copy.</summary>
    public static IReadOnlyList<string> Problems(JsonObject card)
    {
        var copy = Copy(card);
        copy.Remove("msteams");
        return [.. Check("adaptive-cards/adaptive-card-1.5.0.json").Problems(copy)];
    }

    /// <summary>What the schema of Teams' own dialect has against a card; it knows charts and people pickers, and spells one member otherwise.</summary>
    public static IReadOnlyList<string> TeamsProblems(JsonObject card)
    {
        var copy = Copy(card);
        if (copy["msteams"] is { } own)
        {
            copy.Remove("msteams");
            copy["msTeams"] = own;
        }

        return [.. Check("adaptive-cards/teams-cards-schema.json").Problems(copy)];
    }

    /// <summary>What another of them, by its path, has against a value.</summary>
    public static IReadOnlyList<string> Problems(string schema, JsonNode value) => [.. Check(schema).Problems(value)];

    private static JsonObject Copy(JsonObject card) => JsonNode.Parse(card.ToJsonString())!.AsObject();

    private static JsonSchemaCheck Check(string path) => Checks.GetOrAdd(path, name => new(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), name)))!.AsObject()));

    private static string Folder()
    {
        var found = Environment.GetEnvironmentVariable("COPBOT_SPECS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); found is null && folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "specs", "teams")))
                found = Path.Combine(folder.FullName, "shared", "specs");
        Required.Unless(found is not null && Directory.Exists(Path.Combine(found, "teams")), "no schemas of Teams: set COPBOT_SPECS to their folder");
        return Path.Combine(found!, "teams");
    }
}
