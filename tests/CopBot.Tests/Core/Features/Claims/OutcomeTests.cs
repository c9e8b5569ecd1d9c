using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class OutcomeTests(Product product)
{
    [Fact]
    public async Task An_outcome_of_any_category_earns_ten_when_another_member_confirms()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\"");
        var number = 1;
        foreach (var category in (string[])["quality", "speed", "savings", "other"])
        {
            var receipt = await chat.AskAsync("ana", $"outcome 1 category={category} before=40.5 after=12 unit=minutes \"Deploys are faster\"");
            Assert.StartsWith($"#{++number} ana logs an outcome of #1, {category}: “Deploys are faster”, from 40.5 to 12 minutes: waiting.", receipt);
            Assert.Equal(10 * (number - 2), await chat.PointsAsync("ana"));
            Assert.Equal($"#{number} “Deploys are faster” is confirmed by bo: 10 points for ana.", await chat.AskAsync("bo", $"confirm {number}"));
        }

        Assert.Equal(40, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task An_outcome_belongs_to_an_experiment_or_a_session_that_stands_and_changes_something()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"A tip\"");
        await chat.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\"");
        await chat.SayAsync("ana", "undo 3");
        var before = await chat.StoredAsync();

        Assert.Equal("An outcome belongs to an experiment or a mob session; #1 is neither. Nothing was stored.", await chat.AskAsync("ana", "outcome 1 speed 40 12 minutes"));
        Assert.Equal("#3 does not stand any more, so it has no outcome. Nothing was stored.", await chat.AskAsync("ana", "outcome 3 speed 40 12 minutes"));
        Assert.Equal("`before` and `after` are the same, so nothing changed. Nothing was stored.", await chat.AskAsync("ana", "outcome 2 speed 40 40 minutes"));
        Assert.StartsWith("`category` is one of quality, speed, savings, other; did you mean `savings`?", await chat.AskAsync("ana", "outcome 2 category=saving before=1 after=2 unit=euro"));
        Assert.StartsWith("`outcome` still needs `before`, `after` and `unit`.", await chat.AskAsync("ana", "outcome 2 speed"));
        Assert.Equal(before, await chat.StoredAsync());
        Assert.StartsWith("#4 ana logs an outcome of #2, speed: “Outcome of #2”, from 40 to 12 minutes: waiting.", await chat.AskAsync("ana", "outcome 2 speed 40 12 minutes"));
    }
}

public sealed class OutcomeOnSqliteTests() : OutcomeTests(Product.Sqlite);
