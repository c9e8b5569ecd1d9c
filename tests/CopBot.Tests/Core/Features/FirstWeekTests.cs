using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features;

public abstract class FirstWeekTests(Product product)
{
    [Fact]
    public async Task A_first_week_ends_with_the_points_that_the_rules_promise()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\" size=medium format=doc link=https://example.org/r topic=incidents");
        await chat.JoinAsync("bo", "cy");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@ana,@cy minutes=90 topic=delivery");
        var own = await chat.SayAsync("bo", "confirm 2");
        await chat.SayAsync("cy", "confirm 2");
        await chat.SayAsync("dee", "kudos @ana \"for reviewing the runbook\"");
        var board = await chat.AskAsync("ana", "board week");
        var why = await chat.WhisperAsync("ana", "why");

        Assert.Contains("Nobody confirms their own", Assert.Single(own).Text, StringComparison.Ordinal);
        Assert.Equal((23, 15, 10, 1), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy"), await chat.PointsAsync("dee")));
        Assert.Matches("1\\. ana 23\n.*2\\. bo 15\n.*3\\. cy 10\n.*4\\. dee 1", board);
        Assert.Equal(["+3", "+10", "+10"], Assert.Single(why).Text.Split('\n').Where(line => line.StartsWith('+')).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task Everything_said_twice_with_the_same_event_changes_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        (string Name, string Line)[] week =
        [
            ("ana", "share \"Runbooks that cut MTTR\" size=medium"), ("bo", "help"), ("cy", "help"), ("bo", "mob \"Fix the flaky deploy\" with=@ana,@cy"),
            ("cy", "confirm 2"), ("dee", "kudos @ana \"for reviewing the runbook\""), ("ana", "win \"A slip of the hand\""), ("ana", "undo"), ("bo", "squad create Blue"), ("bo", "privacy hidden"),
        ];
        for (var index = 0; index < week.Length; index++)
        {
            Assert.NotEmpty(await chat.SayAsync(week[index].Name, week[index].Line, eventId: $"e{index}"));
            Assert.Empty(await chat.SayAsync(week[index].Name, week[index].Line, eventId: $"e{index}"));
        }

        for (var index = 0; index < week.Length; index++)
            Assert.Empty(await chat.SayAsync(week[index].Name, week[index].Line, eventId: $"e{index}"));
        Assert.Equal((4, 9), await chat.StoredAsync());
        Assert.Equal((23, 15, 10, 1), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy"), await chat.PointsAsync("dee")));
    }
}

public sealed class FirstWeekOnSqliteTests() : FirstWeekTests(Product.Sqlite);
