using Xunit;

namespace CopBot.Tests.Core.Content;

public sealed class BrokenPackTests
{
    [Theory]
    [MemberData(nameof(BrokenPoints.All), MemberType = typeof(BrokenPoints))]
    public void One_mistake_is_one_problem_on_its_line_with_the_way_out(string name)
    {
        var broken = BrokenPoints.Named(name);

        var problem = Assert.Single(PackFolder.ProblemsOf(broken.Text));

        Assert.Equal($"points.yaml:{broken.Line}: {problem.Text}", problem.ToString());
        Assert.All(broken.Words, word => Assert.Contains(word, problem.Text, StringComparison.Ordinal));
    }
}
