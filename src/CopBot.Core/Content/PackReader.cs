namespace CopBot.Core.Content;

/// <summary>Reads a folder of YAML files into a <see cref="Pack"/>.</summary>
public static class PackReader
{
    private const string PointsFile = "points.yaml";

    /// <summary>The pack that comes with the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "content", "default");

    /// <summary>The pack, or <see cref="BrokenPack"/> with every problem in it.</summary>
    /// <param name="wrongInMeasure">What is wrong in a measure of a key result, null where nothing is; without it measures are taken as they are.</param>
    public static Pack Read(string folder, Func<string, string?>? wrongInMeasure = null)
    {
        var all = new List<PackProblems>();
        var problems = new PackProblems(PointsFile);
        all.Add(problems);
        var points = new PackFile(folder, PointsFile, problems).Read() is { } document ? new PointsReader(problems).Read(document) : null;
        var templates = Optional(folder, "templates.yaml", all, (text, found) => new TemplatesReader(found).Read(text)) ?? [];
        var okrs = Optional(folder, "okrs.yaml", all, (text, found) => new OkrsReader(found, wrongInMeasure).Read(text)) ?? [];
        var canvas = Optional(folder, "canvas.yaml", all, (text, found) => new CanvasReader(found).Read(text)) ?? CanvasDraft.Empty;
        var scenarios = Optional(folder, "wheel.yaml", all, (text, found) => new WheelReader(found).Read(text)) ?? [];
        return points is not null && all.Sum(file => file.Count) == 0
            ? new Pack(points) { Templates = templates, Okrs = okrs, Canvas = canvas, Scenarios = scenarios }
            : throw new BrokenPack([.. all.SelectMany(file => file.InOrder)]);
    }

    // A pack may do without any file but the points.
    private static T? Optional<T>(string folder, string name, List<PackProblems> all, Func<YamlNode, PackProblems, T> read)
        where T : class
    {
        var problems = new PackProblems(name);
        all.Add(problems);
        return File.Exists(Path.Combine(folder, name)) && new PackFile(folder, name, problems).Read() is { } document ? read(document, problems) : null;
    }
}
