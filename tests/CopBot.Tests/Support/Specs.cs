using System.Text.Json.Nodes;

namespace CopBot.Tests.Support;

/// <summary>What the platforms publish in a form that a machine can read. It is read where it lies, beside the repository or where COPBOT_SPECS says.</summary>
public static class Specs
{
    /// <summary>One file of it; the test is skipped where it is not to be had.</summary>
    public static JsonObject Read(string file)
    {
        var path = Path.Combine(Folder() ?? "", file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not here; COPBOT_SPECS names the folder of the published specifications");
        return JsonNode.Parse(File.ReadAllText(path))!.AsObject();
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("COPBOT_SPECS") is { Length: > 0 } given)
            return given;
        return Path.GetDirectoryName(Repository.Root) is { } beside ? Path.Combine(beside, "shared", "specs") : null;
    }
}

/// <summary>The sources that the tests belong to.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopBot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
