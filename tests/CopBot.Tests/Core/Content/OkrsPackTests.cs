using CopBot.Core.Content;
using CopBot.Core.Features.Okrs.Measures;

namespace CopBot.Tests.Core.Content;

public sealed class OkrsPackTests
{
    private static readonly string Default = File.ReadAllText(Path.Combine(PackReader.DefaultFolder, "okrs.yaml"));

    [Theory]
    [InlineData("count failure", "count failures of blame", "`measure` has `of` at character 16: ")]
    [InlineData("count experiment where finished", "count experiment where", "`measure` ends too early: ")]
    [InlineData("count failure", "weigh failure", "`measure` has `weigh` at character 1: ")]
    public void A_measure_that_cannot_be_read_is_told_with_its_line(string right, string wrong, string problem)
    {
        var broken = Default.Replace($"\"{right}\"", $"\"{wrong}\"", StringComparison.Ordinal);
        Assert.NotEqual(Default, broken);
        using var folder = new PackFolder();
        folder.Write(PackFolder.DefaultPoints).Write(broken, "okrs.yaml");
        var line = 1 + broken.Split('\n').Index().First(one => one.Item.Contains(wrong, StringComparison.Ordinal)).Index;
        var found = Assert.Throws<BrokenPack>(() => PackReader.Read(folder.Path, MeasureReader.WrongIn)).Problems;
        Assert.StartsWith($"okrs.yaml:{line}: {problem}", Assert.Single(found).ToString(), StringComparison.Ordinal);
    }
}
