using CopBot.Core.Content;

namespace CopBot.Tests.Core.Content;

public sealed class WheelPackTests
{
    private static readonly string Default = File.ReadAllText(Path.Combine(PackReader.DefaultFolder, "wheel.yaml"));

    [Fact]
    public void The_default_wheel_has_eight_incidents_and_more_and_fits_its_schema()
    {
        Assert.StartsWith("# yaml-language-server: $schema=../schema/wheel.schema.json\n", Default, StringComparison.Ordinal);
        Assert.Empty(CanvasPackTests.SchemaOf("wheel").Problems(YamlJson.Of(Default)));
        var scenarios = PackReader.Read(PackReader.DefaultFolder).Scenarios;
        Assert.True(scenarios.Count >= 8);
        Assert.All(scenarios, scenario => Assert.True(scenario is { Steps.Count: >= 3, Hints.Count: >= 2, Debrief.Count: >= 2 } && scenario.Opening.Length > 50, scenario.Name));
    }

    [Theory]
    [InlineData("{ at: 12, says: \"Somebody tries", "{ at: 4, says: \"Somebody tries", false, "wheel.yaml:12: the step at minute 4 stands behind the one at minute 5; put them in the order of time")]
    [InlineData("  full-disk:", "  Full disk:", false, "`Full disk` cannot be a name here; use lower-case letters, digits and hyphens, such as `live-demo`")]
    [InlineData("    title: One zone less\n", "", true, "`zone-loss` lacks `title`; it is a text of 1 to 300 characters")]
    [InlineData("at: 30, says", "at: soon, says", true, "`at` is `soon`; it must be a whole number, 0 to 240")]
    [InlineData("  leaked-key:\n", "  leaked-key:\n    ending: happy\n", true, "`ending` is not known here")]
    public void What_is_wrong_is_told_with_its_line(string right, string wrong, bool marked, string problem)
    {
        var broken = Default.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Default, broken);
        using var folder = new PackFolder();
        folder.Write(PackFolder.DefaultPoints).Write(broken, "wheel.yaml");
        Assert.Contains(problem, Assert.Single(folder.Problems()).ToString(), StringComparison.Ordinal);
        Assert.Equal(marked, CanvasPackTests.SchemaOf("wheel").Problems(YamlJson.Of(broken)).Any());
    }

    [Fact]
    public void A_pack_may_do_without_a_wheel()
    {
        using var folder = new PackFolder();
        Assert.Empty(PackReader.Read(folder.Write(PackFolder.DefaultPoints).Path).Scenarios);
    }
}
