using System.Text.RegularExpressions;

namespace CopBot.Tests;

/// <summary>Where code belongs, read from the sources: each failure names the file and the place it should be in.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Features = [.. Directory.GetDirectories(Path.Combine(Root, "src/CopBot.Core/Features")).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void Core_knows_no_web_no_database_product_and_no_platform() =>
        Assert.Empty(Breaches("src/CopBot.Core", "(AspNetCore|Sqlite|Npgsql|Quartz|CopBot\\.Platforms|CopBot\\.Host|Spectre)", "belongs in Host or Platforms"));

    [Fact]
    public void Platforms_know_neither_the_host_nor_a_database_product_nor_one_another()
    {
        Assert.Empty(Breaches("src/CopBot.Platforms", "(Sqlite|Npgsql|Quartz|CopBot\\.Host)", "belongs in Host"));
        foreach (var folder in Directory.GetDirectories(Path.Combine(Root, "src/CopBot.Platforms")))
            Assert.Empty(Breaches(folder, $"CopBot\\.Platforms\\.(?!(?:{Path.GetFileName(folder)}|Wording)\\b)", "platforms never see one another; what they share belongs in Core/Chat, or in Wording"));
    }

    [Theory]
    [InlineData("Chat")]
    [InlineData("Content")]
    [InlineData("Scheduling")]
    [InlineData("Storage")]
    public void What_features_stand_on_never_looks_back_at_them(string room) =>
        Assert.Empty(Breaches($"src/CopBot.Core/{room}", "CopBot\\.Core\\.Features", "features use it, never the other way round"));

    [Fact]
    public void Features_use_one_another_without_cycles()
    {
        var uses = Features.ToDictionary(feature => feature, UsedBy);
        Assert.True(uses.Values.Any(used => used.Count > 0), "no feature uses another: the test would see no cycle either");
        Assert.Empty(Features.Where(feature => Reaches(feature, feature, uses, [])).Select(feature => $"{feature} reaches itself through {string.Join(", ", uses[feature])}"));
    }

    [Fact]
    public void A_cycle_would_be_seen()
    {
        var uses = new Dictionary<string, List<string>> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = ["A"] };
        Assert.True(Reaches("A", "A", uses, []));
        Assert.False(Reaches("D", "D", uses, []));
    }

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Assert.Empty(Sources("src").Concat(Sources("tests")).Where(file => File.ReadLines(file).Count() > 300).Select(file => $"{Relative(file)} has {File.ReadLines(file).Count()} lines; split it by meaning"));

    [Fact]
    public void Folders_are_rooms_not_kinds_of_class() =>
        Assert.Empty(Sources("src").Select(file => Path.GetDirectoryName(file)!).Distinct()
            .Where(folder => Path.GetFileName(folder) is "Services" or "Models" or "Helpers" or "Utils" or "Interfaces" or "Managers").Select(Relative));

    [Fact]
    public void Names_are_nouns_of_the_community() =>
        Assert.Empty(Sources("src").Where(file => Named().IsMatch(Path.GetFileNameWithoutExtension(file))).Select(file => $"{Relative(file)}: call it what it is"));

    [Fact]
    public void Classes_are_sealed_unless_somebody_derives_from_them() =>
        Assert.Empty(typeof(CopBot.Core.CoreServices).Assembly.GetTypes().Concat(typeof(CopBot.Platforms.Terminal.TerminalPlatform).Assembly.GetTypes()).Concat(typeof(CopBot.Host.Bot).Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.Namespace?.StartsWith("CopBot", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal) && !type.Name.StartsWith('_'))
            .Where(type => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type))
            .Select(type => $"{type.FullName} should be sealed"));

    [Fact]
    public void A_breach_would_be_seen() =>
        Assert.NotEmpty(Breaches("src/CopBot.Host", "Sqlite", "planted: Host does know SQLite"));

    [GeneratedRegex("(Manager|Helper|Util|Utils|Dto|Impl)$")]
    private static partial Regex Named();

    private static IEnumerable<string> Breaches(string folder, string pattern, string says) =>
        from file in Sources(folder)
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where Regex.IsMatch(line.Text, $"^\\s*(global )?using .*{pattern}|\\b{pattern}\\w*\\.") && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{Relative(file)}:{line.Number} {says}: {line.Text.Trim()}";

    private static List<string> UsedBy(string feature) =>
        [.. Sources($"src/CopBot.Core/Features/{feature}").SelectMany(File.ReadLines)
            .SelectMany(line => Regex.Matches(line, "^using (?:static )?CopBot\\.Core\\.Features\\.(\\w+)").Select(match => match.Groups[1].Value))
            .Where(used => used != feature).Distinct().Order(StringComparer.Ordinal)];

    private static bool Reaches(string from, string to, Dictionary<string, List<string>> uses, HashSet<string> seen) =>
        uses[from].Any(next => next == to || (seen.Add(next) && Reaches(next, to, uses, seen)));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopBot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
