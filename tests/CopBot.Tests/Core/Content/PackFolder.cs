using CopBot.Core.Content;
using Xunit;

namespace CopBot.Tests.Core.Content;

/// <summary>A folder of its own with the pack that a test wants to read.</summary>
internal sealed class PackFolder : IDisposable
{
    /// <summary>The points policy that comes with the program, as text.</summary>
    public static readonly string DefaultPoints = File.ReadAllText(System.IO.Path.Combine(PackReader.DefaultFolder, "points.yaml"));

    public string Path { get; } = Directory.CreateTempSubdirectory("copbot-pack-").FullName;

    public PackFolder Write(string points, string file = "points.yaml")
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), points);
        return this;
    }

    /// <summary>What is wrong with the pack; fails where nothing is.</summary>
    public IReadOnlyList<PackProblem> Problems() => Assert.Throws<BrokenPack>(() => PackReader.Read(Path)).Problems;

    public static IReadOnlyList<PackProblem> ProblemsOf(string points)
    {
        using var folder = new PackFolder();
        return folder.Write(points).Problems();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
