using System.Text;
using CopBot.Core.Content;
using Xunit;

namespace CopBot.Tests.Core.Content;

public sealed class PackFolderTests
{
    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var missing = Path.Combine(Path.GetTempPath(), "copbot-there-is-no-such-folder");

        var problem = Assert.Single(Assert.Throws<BrokenPack>(() => PackReader.Read(missing)).Problems);

        Assert.Equal($"points.yaml:1: the folder {missing} does not exist; name a folder with points.yaml in it", problem.ToString());
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_named()
    {
        using var folder = new PackFolder().Write(PackFolder.DefaultPoints);
        var file = Path.Combine(folder.Path, "points.yaml");

        var problem = Assert.Single(Assert.Throws<BrokenPack>(() => PackReader.Read(file)).Problems);

        Assert.Equal($"{file} is a file; name the folder that it stands in", problem.Text);
    }

    [Fact]
    public void A_folder_without_the_file_says_where_to_copy_it_from()
    {
        using var folder = new PackFolder();

        Assert.Equal($"the file is not in {folder.Path}; copy it from content/default", Assert.Single(folder.Problems()).Text);
    }

    [Theory]
    [InlineData("points.yml")]
    [InlineData("Points.yml")]
    public void A_file_that_is_nearly_named_right_is_to_be_renamed(string name)
    {
        using var folder = new PackFolder().Write(PackFolder.DefaultPoints, name);

        Assert.Equal($"the file is not in {folder.Path}; rename {name}", Assert.Single(folder.Problems()).Text);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_as_if_there_was_no_file()
    {
        using var folder = new PackFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "points.yaml"));

        Assert.Contains("is not in", Assert.Single(folder.Problems()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_somebody_else_holds_cannot_be_read()
    {
        using var folder = new PackFolder().Write(PackFolder.DefaultPoints);
        using var held = new FileStream(Path.Combine(folder.Path, "points.yaml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.StartsWith("the file cannot be read (", Assert.Single(folder.Problems()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_far_too_large_is_not_read()
    {
        using var folder = new PackFolder().Write(new string('#', (100 * 1024) + 1));

        Assert.Equal("the file is larger than 100 KB; that cannot be what was meant", Assert.Single(folder.Problems()).Text);
    }

    [Fact]
    public void A_file_in_another_encoding_is_named_with_the_line()
    {
        using var folder = new PackFolder();
        var latin = PackFolder.DefaultPoints.Replace("title: Win", "title: Año", StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(folder.Path, "points.yaml"), Encoding.Latin1.GetBytes(latin));

        var problem = Assert.Single(folder.Problems());

        Assert.Equal("the file is not written in UTF-8; save it as UTF-8", problem.Text);
        Assert.Equal(latin[..latin.IndexOf("Año", StringComparison.Ordinal)].Count(c => c == '\n') + 1, problem.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~")]
    public void An_empty_file_says_what_it_must_have(string text)
    {
        var problem = Assert.Single(PackFolder.ProblemsOf(text));

        Assert.Equal(1, problem.Line);
        Assert.StartsWith("the file is ", problem.Text, StringComparison.Ordinal);
        Assert.EndsWith("it must be a group of keys: version, waiting, undo-hours, similar-titles, same-squad-days, sizes, formats, outcomes, thanks, titles, kinds, caps", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_brackets_alone_is_refused_and_does_not_exhaust_the_stack()
    {
        var problem = Assert.Single(PackFolder.ProblemsOf($"version: {new string('[', 90_000)}"));

        Assert.Contains("values are nested more than 20 deep", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_mistake_of_a_file_is_told_in_the_order_of_its_lines()
    {
        string[] names = ["more than all percent", "a mistyped kind", "a default that has no points", "a factor of 0", "a part that is missing", "a key twice", "an unknown per", "a cap on a part that does not exist"];
        var mistakes = names.Select(BrokenPoints.Named).ToList();
        var text = mistakes.Aggregate(PackFolder.DefaultPoints, (text, mistake) => mistake.In(text));

        var problems = PackFolder.ProblemsOf(text);

        Assert.Equal(names.Length, problems.Count);
        Assert.Equal(problems.OrderBy(problem => problem.Line), problems);
        Assert.All(mistakes, mistake => Assert.Single(problems, problem => problem.Line == mistake.LineIn(text) && mistake.Words.All(word => problem.Text.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_exception_says_every_problem_on_a_line_of_its_own()
    {
        using var folder = new PackFolder().Write("version: 0\nbonus: 1\n");

        var broken = Assert.Throws<BrokenPack>(() => PackReader.Read(folder.Path));

        Assert.Equal(broken.Problems.Select(problem => problem.ToString()), broken.Message.Split('\n'));
        Assert.Contains("points.yaml:1: `version` is 0; it must be 1 or more", broken.Message, StringComparison.Ordinal);
        Assert.Contains("points.yaml:2: `bonus` is not known here", broken.Message, StringComparison.Ordinal);
        Assert.Contains("points.yaml:1: the file lacks `kinds`", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_under_a_mistyped_key_is_checked_too()
    {
        var problems = PackFolder.ProblemsOf(PackFolder.DefaultPoints
            .Replace("kinds:\n", "kindz:\n", StringComparison.Ordinal)
            .Replace("{ result: 15 }", "{ result: lots }", StringComparison.Ordinal));

        Assert.Collection(
            problems,
            key => Assert.Equal("`kindz` is not known here; did you mean `kinds`?", key.Text),
            value => Assert.Equal("`result` is `lots`; it must be a whole number, 0 to 10000", value.Text));
    }

    [Fact]
    public void A_syntax_error_says_that_the_rest_waits_for_it()
    {
        var problems = PackFolder.ProblemsOf(PackFolder.DefaultPoints
            .Replace("percent: 90", "percent: 130", StringComparison.Ordinal)
            .Replace("points: { result: 15 }", "points: { result: 15", StringComparison.Ordinal));

        Assert.EndsWith("The rest of the file is checked once this is mended", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_many_hidden_characters_is_one_problem()
    {
        var problems = PackFolder.ProblemsOf(PackFolder.DefaultPoints.Replace("title: Win", $"title: W{new string('\u0007', 50)}in", StringComparison.Ordinal));

        Assert.Contains("(U+0007)", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_repeats_little_of_a_long_value_and_nothing_that_a_terminal_obeys()
    {
        var problems = PackFolder.ProblemsOf(PackFolder.DefaultPoints
            .Replace("undo-hours: 24", $"undo-hours: {new string('9', 50_000)}x", StringComparison.Ordinal)
            .Replace("title: Win", "\"tit\\e[2Jle\": Win\n    title: Win", StringComparison.Ordinal));

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.InRange(problem.Text.Length, 1, 200));
        Assert.All(problems, problem => Assert.DoesNotContain(problem.Text, char.IsControl));
    }

    [Fact]
    public void A_title_that_needs_no_more_than_the_one_before_is_a_problem_and_so_is_a_long_one()
    {
        var name = new string('n', 41);
        var problems = PackFolder.ProblemsOf(PackFolder.DefaultPoints
            .Replace("Lookout: 75", "Lookout: 25", StringComparison.Ordinal)
            .Replace("Trailblazer: 300", $"{name}: 300", StringComparison.Ordinal));

        Assert.Collection(
            problems,
            order => Assert.Equal("`Lookout` begins with 25 points, but `Sidekick` before it with 25; each title needs more points than the one before", order.Text),
            length => Assert.EndsWith("has 41 characters; a title may have 40", length.Text, StringComparison.Ordinal));
    }
}
