using CopBot.Tests.Core.Features.Okrs;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Tracing;

public abstract class TraceTests(Product product)
{
    [Fact]
    public async Task The_chain_goes_from_the_contribution_over_the_gap_and_the_key_result_to_the_objective()
    {
        await using var chat = await Conversation.StartAsync(product);
        await OkrTests.CollaborateAsync(chat);
        await chat.SayAsync("bo", "confirm 1");
        await chat.SayAsync("bo", "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1");
        await chat.SayAsync("ana", "gap link 1 1");
        Assert.Equal("Linked: key result 1 “Mob sessions across squads” and gap 1 “Chaos testing”. `okr trace 1` shows the chain.", await chat.AskAsync("ana", "kr link 1 gap=1"));
        Assert.Equal(
            """
            Objective 1 “Improve team collaboration”: 1 contribution counts for it.
            1 contribution → gap 1 “Chaos testing” → key result 1 “Mob sessions across squads” (1 of 4 sessions) → objective 1 “Improve team collaboration”
            #1: mob “Mend the pager bot” of 5 January → gap 1 “Chaos testing”
            check-ins → key result 2 “People in training” (10 people, from 10 to 30) → objective 1 “Improve team collaboration”
            """, await chat.AskAsync("bo", "okr trace 1"));

        // What counts for two key results is one contribution all the same.
        await chat.SayAsync("ana", "kr add 1 \"People in mobs\" target=6 unit=people measure=\"count people of mob\"");
        Assert.StartsWith("Objective 1 “Improve team collaboration”: 1 contribution counts for it.", await chat.AskAsync("bo", "okr trace 1"));
        await chat.SayAsync("ana", "void 1 reason=\"it was a demo\"");
        Assert.Contains("nothing yet → gap 1 “Chaos testing” → key result 1", await chat.AskAsync("bo", "okr trace 1"));
        Assert.StartsWith("They are linked already", await chat.AskAsync("ana", "kr link 1 gap=1"));
        Assert.StartsWith("No longer linked", await chat.AskAsync("ana", "kr link 1 gap=1 drop=yes"));
        Assert.StartsWith("They are not linked", await chat.AskAsync("ana", "kr link 1 gap=1 drop=yes"));
    }

    [Fact]
    public async Task What_works_on_the_gap_of_a_number_told_by_hand_stands_in_the_chain()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "gap add \"Chaos\" need=\"Survive\" importance=5 level=1");
        await chat.SayAsync("ana", "gap start 1 okr");
        await chat.SayAsync("ana", "okr activate 1");
        await chat.SayAsync("ana", "mob \"Chaos drill\" with=@bo minutes=30");
        await chat.SayAsync("bo", "confirm 1");
        await chat.SayAsync("ana", "gap link 1 1");
        Assert.Equal(
            """
            Objective 1 “Survive”: 0 contributions count for it, 1 works on its gaps.
            check-ins → gap 1 “Chaos” → key result 1 “Chaos” (1 level, from 1 to 5) → objective 1 “Survive”
            #1: mob “Chaos drill” of 5 January → gap 1 “Chaos”
            """, await chat.AskAsync("bo", "okr trace 1"));
        Assert.Equal("Objective 1 works on gap 1 already: `okr show 1`. Nothing was stored.", await chat.AskAsync("ana", "gap start 1 okr"));
    }
}

public sealed class TraceOnSqliteTests() : TraceTests(Product.Sqlite);
