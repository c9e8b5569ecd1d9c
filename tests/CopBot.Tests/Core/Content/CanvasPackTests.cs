using CopBot.Core.Content;

namespace CopBot.Tests.Core.Content;

public sealed class CanvasPackTests
{
    private static readonly string Default = File.ReadAllText(Path.Combine(PackReader.DefaultFolder, "canvas.yaml"));

    [Fact]
    public void The_default_canvas_fits_the_schema_that_it_names()
    {
        Assert.StartsWith("# yaml-language-server: $schema=../schema/canvas.schema.json\n", Default, StringComparison.Ordinal);
        Assert.Empty(SchemaOf("canvas").Problems(YamlJson.Of(Default)));
        var canvas = PackReader.Read(PackReader.DefaultFolder).Canvas;
        Assert.Equal(CanvasQuestion.Names, canvas.Questions.Select(question => question.Name));
        Assert.All(canvas.Questions, question => Assert.NotEmpty(question.Draft!));
        Assert.NotEmpty(canvas.Drift);
    }

    [Theory]
    [InlineData("  governance:", "  goverment:", "canvas.yaml:27: `goverment` is not known here; did you mean `governance`?")]
    [InlineData("    asks: Why do we exist?", "", "canvas.yaml:6: `purpose` lacks `asks`; it is a text of 1 to 300 characters")]
    [InlineData("kind: mob, at-least: 10", "kind: mop, at-least: 10", "`kind` is `mop`; it must be one of share, experiment, mob, win, failure, outcome, used; did you mean `mob`?")]
    [InlineData("question: rules", "question: rule", "`question` is `rule`; it must be one of purpose, audience, values, goals, experience, roles, rules, governance, communication; did you mean `rules`?")]
    [InlineData("at-least: 2,", "at-least: 102,", "`at-least` is 102; it must be 1 to 100")]
    [InlineData("words: [failure]", "words: []", "`words` is empty; name the words that it is about")]
    public void What_is_wrong_is_told_with_its_line_and_marked_in_an_editor(string right, string wrong, string problem)
    {
        var broken = Default.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Default, broken);
        using var folder = new PackFolder();
        folder.Write(PackFolder.DefaultPoints).Write(broken, "canvas.yaml");
        Assert.Contains(problem, Assert.Single(folder.Problems()).ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(SchemaOf("canvas").Problems(YamlJson.Of(broken)));
    }

    [Fact]
    public void A_pack_may_do_without_a_canvas()
    {
        using var folder = new PackFolder();
        Assert.All(PackReader.Read(folder.Write(PackFolder.DefaultPoints).Path).Canvas.Questions, question => Assert.Null(question.Draft));
    }

    internal static JsonSchemaCheck SchemaOf(string name) =>
        new(System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.GetFullPath(Path.Combine(PackReader.DefaultFolder, $"../schema/{name}.schema.json"))))!.AsObject());
}
