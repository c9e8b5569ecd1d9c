using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Boards;

public abstract class MeTests(Product product)
{
    [Fact]
    public async Task Me_shows_two_neighbours_above_and_below_and_the_pace()
    {
        await using var chat = await Conversation.StartAsync(product);
        var names = (string[])["a1", "a2", "a3", "me1", "b1", "b2", "b3"];
        await chat.JoinAsync(names);
        var lines = (string[])["share aaaaaaaa size=medium format=code", "share bbbbbbbb size=medium", "win cccccccc", "share dddddddd", "kudos @a1 \"one\"", "kudos @a1 \"two\"", "kudos @a1 \"three\""];
        for (var index = 0; index < names.Length; index++)
            await chat.SayAsync(names[index], lines[index]);

        // 24, 10, 8, 5, 1, 1, 1: the one in the middle has 5.
        var answer = Assert.Single(await chat.SayAsync("me1", "me"));
        Assert.True(answer.IsFor("me1"));
        Assert.Equal(
            """
            You have 5 points this week. That is just what this week's typical member has (5).
            This week: 5 points
            This season: 5 points
            All time: 5 points
            Waiting: nothing of yours
            Title: none yet; 20 points more and you are Sidekick
               2. a2 10
               3. a3 8
            →  4. me1 5  (you)
               5. b1 1
               5. b2 1
              [Why?] why
              [Board] board
            """, answer.Text);
        Assert.StartsWith("You have 1 point this week. 4 more points to this week's typical member, who has 5.", await chat.AskAsync("b3", "me"));
        Assert.StartsWith("You have 24 points this week. That is more than what this week's typical member has (5).\n", await chat.AskAsync("a1", "me"));
    }

    [Fact]
    public async Task Me_counts_what_waits_and_tells_week_season_and_all_time_apart()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "win \"January\"");
        await chat.WaitAsync(Duration.FromDays(85));
        await chat.SayAsync("ana", "share \"End of March\"");
        await chat.WaitAsync(Duration.FromDays(2));
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("ana", "share \"Now it is April\" size=medium");

        var me = await chat.AskAsync("ana", "me");
        Assert.Contains("This week: 15 points\nThis season: 10 points\nAll time: 23 points\nWaiting: 1 of yours, see `pending`", me);
    }

    [Fact]
    public async Task The_pace_counts_only_who_is_active_and_lies_between_two_in_the_middle()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "idle");
        Assert.StartsWith("You have 0 points this week. Nobody has points this week yet.", await chat.AskAsync("idle", "me"));
        await chat.SayAsync("ana", "win \"Nobody was paged\"");
        await chat.SayAsync("bo", "share \"A link\"");
        await chat.SayAsync("bo", "privacy hidden");

        Assert.StartsWith("You have 0 points this week. 6.5 more points to this week's typical member, who has 6.5.", await chat.AskAsync("idle", "me"));
        Assert.Contains("   1. ana 8\n→  2. idle 0  (you)", await chat.AskAsync("idle", "me"));
        await chat.SayAsync("ana", "undo");
        Assert.StartsWith("You have 0 points this week. 5 more points", await chat.AskAsync("ana", "me"));
    }
}

public sealed class MeOnSqliteTests() : MeTests(Product.Sqlite);
