namespace CopBot.Tests.Support;

/// <summary>Files that hold what goes on the wire. UPDATE_GOLDEN=1 accepts what is made now; look at the difference before keeping it.</summary>
public static class Golden
{
    private static readonly string Root = FindRoot();

    /// <summary>Compares with a file, named from <c>tests/CopBot.Tests</c>.</summary>
    public static void Check(string file, string actual)
    {
        var path = Path.Combine(Root, file);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{file} does not exist; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopBot.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository"), "tests", "CopBot.Tests");
    }
}
