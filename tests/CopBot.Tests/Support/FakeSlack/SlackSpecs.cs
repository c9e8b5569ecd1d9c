using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Published descriptions of Slack's interfaces, which lie outside the repository: in <c>$COPBOT_SPECS</c>, or in <c>shared/specs</c> next to it.</summary>
internal static class SlackSpecs
{
    /// <summary>Reads one of them; the test is skipped with the reason where they are missing.</summary>
    public static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), path)))!;

    /// <summary>All JSON files in a folder of them.</summary>
    public static IEnumerable<(string Name, JsonObject Content)> All(string folder) =>
        Directory.GetFiles(Path.Combine(Folder(), folder), "*.json").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? []));

    private static string Folder()
    {
        var found = Environment.GetEnvironmentVariable("COPBOT_SPECS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); found is null && folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "specs", "slack")))
                found = Path.Combine(folder.FullName, "shared", "specs");
        Required.Unless(found is not null && Directory.Exists(Path.Combine(found, "slack")), "no descriptions of Slack's interfaces: set COPBOT_SPECS to their folder");
        return Path.Combine(found!, "slack");
    }
}
