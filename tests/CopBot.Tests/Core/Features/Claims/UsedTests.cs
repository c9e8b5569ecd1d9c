using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class UsedTests(Product product)
{
    [Fact]
    public async Task The_author_earns_five_and_the_user_two_at_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");

        Assert.Equal("#2 bo used #1 “Runbooks that cut MTTR” by ana in our checklist: 5 points for ana, 2 points for bo.", await chat.AskAsync("bo", "used 1 \"in our checklist\""));
        Assert.Equal((10, 2), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task Not_ones_own_not_what_is_no_share_and_not_what_does_not_count()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Mine\"");
        await chat.SayAsync("ana", "win \"A quiet night\"");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        var before = await chat.StoredAsync();

        Assert.Equal("#1 is yours; it earns when somebody else uses it. Nothing was stored.", await chat.AskAsync("ana", "used 1"));
        Assert.Equal("#2 is not a share. Nothing was stored.", await chat.AskAsync("bo", "used 2"));
        Assert.Equal("#3 does not count (yet), so it cannot be used. Nothing was stored.", await chat.AskAsync("bo", "used 3"));
        Assert.StartsWith("There is no #4.", await chat.AskAsync("bo", "used 4"));
        Assert.Equal(before, await chat.StoredAsync());
    }

    [Fact]
    public async Task Reuse_counts_between_squads_and_not_within_one()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad join Blue");
        await chat.SayAsync("bo", "squad join blue");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");

        Assert.Equal("You are in the same squad, or were within the last 7 days: reuse counts between squads. Nothing was stored; tell another squad about #1.", await chat.AskAsync("bo", "used 1"));
        Assert.Contains("5 points for ana", await chat.AskAsync("cy", "used 1"));
    }

    [Fact]
    public async Task Leaving_the_squad_does_not_make_reuse_count_before_the_days_are_over()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad create Red");
        await chat.SayAsync("ana", "squad join Blue");
        await chat.SayAsync("bo", "squad join Blue");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");

        await chat.SayAsync("bo", "squad leave");
        Assert.StartsWith("You are in the same squad, or were within the last 7 days", await chat.AskAsync("bo", "used 1"));
        await chat.SayAsync("ana", "squad join Red");
        Assert.StartsWith("You are in the same squad, or were within the last 7 days", await chat.AskAsync("bo", "used 1"));
        await chat.WaitAsync(Duration.FromDays(7));
        Assert.Contains("5 points for ana", await chat.AskAsync("bo", "used 1"));
    }

    [Fact]
    public async Task One_share_is_used_three_times_a_week()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "b1", "b2", "b3", "b4");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        await chat.SayAsync("ana", "share \"How we page\"");
        foreach (var user in (string[])["b1", "b2", "b3"])
            Assert.Contains("2 points for", await chat.AskAsync(user, "used 1"));

        Assert.Equal("The rule is: the same share counts as used 3 times a week, and that is used up until Mon 12 January. Nothing was stored; try again then.", await chat.AskAsync("b4", "used 1"));
        Assert.Contains("2 points for b4", await chat.AskAsync("b4", "used 2"));
        await chat.WaitAsync(Duration.FromDays(7));
        Assert.Contains("2 points for b4", await chat.AskAsync("b4", "used 1"));
    }

    [Fact]
    public async Task The_author_hears_of_a_use_that_was_told_in_private()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        var heard = await chat.WhisperAsync("bo", "used 1");
        Assert.Equal("bo used your #1 “Runbooks that cut MTTR”: 5 points for you.", Assert.Single(heard, one => one.IsFor("ana")).Text);
    }
}

public sealed class UsedOnSqliteTests() : UsedTests(Product.Sqlite);
