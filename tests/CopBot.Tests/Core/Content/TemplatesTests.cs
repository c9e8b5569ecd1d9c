using CopBot.Core.Content;

namespace CopBot.Tests.Core.Content;

public sealed class TemplatesTests
{
    [Theory]
    [InlineData("templates:\n  mob: \"On {topic\"\n", "templates.yaml:2: `mob` has a brace that is no hole; a hole is written like `{topic}` or `{when:date}`")]
    [InlineData("templates:\n  mob: \"On {when:dat}\"\n", "templates.yaml:2: the hole `{when:dat}` of `mob` is of an unknown type; it is one of text, person, people, number, date, link; did you mean `date`?")]
    [InlineData("templates:\n  mob: \"On {when:date} and {when}\"\n", "templates.yaml:2: the hole `{when}` of `mob` stands there with different types; give it one")]
    [InlineData("template:\n  mob: \"On {when:date}\"\n", "templates.yaml:1: `template` is not known here; did you mean `templates`?")]
    public void A_template_that_cannot_be_filled_is_told_with_its_line(string text, string problem)
    {
        using var folder = new PackFolder();
        folder.Write(PackFolder.DefaultPoints).Write(text, "templates.yaml");
        Assert.Equal(problem, Assert.Single(folder.Problems()).ToString());
    }

    [Fact]
    public void A_pack_may_do_without_templates()
    {
        using var folder = new PackFolder();
        Assert.Empty(PackReader.Read(folder.Write(PackFolder.DefaultPoints).Path).Templates);
    }
}
