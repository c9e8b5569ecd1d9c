namespace CopBot.Core.Content;

/// <summary>Reads a folder of YAML files into a <see cref="Pack"/>.</summary>
public static class PackReader
{
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "content", "default");

    /// <summary>The pack, or <see cref="BrokenPack"/> with every problem in it.</summary>
    public static Pack Read(string folder) => throw new NotSupportedException(folder);
}
