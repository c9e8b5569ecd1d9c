using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class SimilarTitleTests(Product product)
{
    [Fact]
    public async Task A_title_much_like_a_recent_one_waits_whatever_its_size()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "bo");
        var number = 0;
        foreach (var (first, second, points) in (IEnumerable<(string, string, int)>)
        [
            ("share \"Runbooks that cut our MTTR in half\"", "share \"Runbooks that cut our MTTR in half\"", 5),
            ("share \"How we page each other at night\"", "share \"  how we PAGE each other at night!\" size=medium format=code", 15),
            ("win \"Nobody was paged all weekend\"", "win \"Nobody was paged all weekends\"", 8),
            ("failure \"A retry storm took the queue down\"", "failure \"A retry storm took the queues down\"", 8),
            ("experiment start \"Canary at one percent\"", "experiment start \"Canary at one percent.\" measure=rollbacks", 5),
        ])
        {
            number += 2;
            var name = $"m{number}";
            await chat.SayAsync("bo", first);
            var receipt = await chat.AskAsync(name, second);
            Assert.Contains(": waiting.", receipt);
            Assert.Contains($"It reads much like #{number - 1}, so somebody has to confirm that it is new. It counts when another member types `confirm {number}`", receipt);
            Assert.Equal(0, await chat.PointsAsync(name));
            Assert.StartsWith("Nobody confirms their own", await chat.AskAsync(name, $"confirm {number}"));
            Assert.Contains($"{points} points for {name}", await chat.AskAsync("ref", $"confirm {number}"));
            Assert.Equal(points, await chat.PointsAsync(name));
        }
    }

    [Fact]
    public async Task Ninety_percent_is_alike_and_less_is_not()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "share abcdefghij");

        // 2 × 9 equal letters of 20 are 90 %; 2 × 8 of 18 would be 89.
        Assert.Contains("waiting", await chat.AskAsync("ana", "share abcdefghiX"));
        await chat.SayAsync("ana", "share 123456789");
        Assert.Contains("5 points", await chat.AskAsync("ana", "share 12345678X"));
    }

    [Fact]
    public async Task After_thirty_days_a_title_is_new_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        await chat.WaitAsync(Duration.FromDays(30));
        Assert.Contains("waiting", await chat.AskAsync("ana", "share \"Runbooks that cut MTTR!\""));
        await chat.SayAsync("ana", "undo");
        await chat.WaitAsync(Duration.FromMinutes(1));
        Assert.Contains("5 points", await chat.AskAsync("ana", "share \"Runbooks that cut MTTR\""));
    }

    [Fact]
    public async Task What_was_taken_back_or_is_void_or_refused_is_no_twin()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "share \"Runbooks that cut MTTR\" link=nonsense");
        await chat.SayAsync("bo", "share \"Runbooks that cut MTTR\"");
        await chat.SayAsync("bo", "undo");
        Assert.Contains("5 points", await chat.AskAsync("bo", "share \"Runbooks that cut MTTR\""));
        await chat.SayAsync("ana", "void 2 \"it was a test\"");
        Assert.Contains("5 points", await chat.AskAsync("bo", "share \"Runbooks that cut MTTR\""));
        Assert.Contains("waiting", await chat.AskAsync("bo", "share \"Runbooks that cut MTTR\""));
    }

    [Fact]
    public async Task Whoever_forgets_themselves_leaves_no_twin_behind()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "share \"Runbooks that cut MTTR\"");
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.Contains("5 points", await chat.AskAsync("ana", "share \"Runbooks that cut MTTR\""));
    }
}

public sealed class SimilarTitleOnSqliteTests() : SimilarTitleTests(Product.Sqlite);
