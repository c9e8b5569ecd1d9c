using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class StoryTests(Product product)
{
    [Fact]
    public async Task A_failure_earns_what_a_win_earns_at_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");

        Assert.Equal("#1 ana tells a win: “Nobody was paged all weekend”: 8 points for ana.\nTopic: alerting", await chat.AskAsync("ana", "win \"Nobody was paged all weekend\" topic=alerting"));
        Assert.Equal("#2 bo tells a failure that taught something: “A retry storm took the queue down”: 8 points for bo.", await chat.AskAsync("bo", "failure \"A retry storm took the queue down\""));
        Assert.Equal((8, 8), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task The_same_event_may_be_one_persons_win_and_another_persons_failure()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "win \"The night of the failover\"");
        Assert.Contains("8 points for bo", await chat.AskAsync("bo", "failure \"The night of the failover\""));
    }
}

public sealed class StoryOnSqliteTests() : StoryTests(Product.Sqlite);
