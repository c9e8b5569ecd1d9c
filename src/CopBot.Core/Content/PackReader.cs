namespace CopBot.Core.Content;

/// <summary>Reads a folder of YAML files into a <see cref="Pack"/>.</summary>
public static class PackReader
{
    private const string PointsFile = "points.yaml";
    private const string TemplatesFile = "templates.yaml";

    /// <summary>The pack that comes with the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "content", "default");

    /// <summary>The pack, or <see cref="BrokenPack"/> with every problem in it.</summary>
    public static Pack Read(string folder)
    {
        var problems = new PackProblems(PointsFile);
        var points = new PackFile(folder, PointsFile, problems).Read() is { } document ? new PointsReader(problems).Read(document) : null;
        var more = new PackProblems(TemplatesFile);

        // A pack may do without templates.
        var templates = File.Exists(Path.Combine(folder, TemplatesFile)) && new PackFile(folder, TemplatesFile, more).Read() is { } text ? new TemplatesReader(more).Read(text) : [];
        return points is not null && problems.Count + more.Count == 0 ? new Pack(points) { Templates = templates } : throw new BrokenPack([.. problems.InOrder, .. more.InOrder]);
    }
}
