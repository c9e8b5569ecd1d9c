namespace CopBot.Core.Content;

/// <summary>Reads a folder of YAML files into a <see cref="Pack"/>.</summary>
public static class PackReader
{
    private const string PointsFile = "points.yaml";

    /// <summary>The pack that comes with the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "content", "default");

    /// <summary>The pack, or <see cref="BrokenPack"/> with every problem in it.</summary>
    public static Pack Read(string folder)
    {
        var problems = new PackProblems(PointsFile);
        var points = new PackFile(folder, PointsFile, problems).Read() is { } document ? new PointsReader(problems).Read(document) : null;
        return points is not null && problems.Count == 0 ? new Pack(points) : throw new BrokenPack([.. problems.InOrder]);
    }
}
