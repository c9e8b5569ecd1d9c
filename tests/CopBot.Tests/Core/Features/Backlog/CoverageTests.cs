using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Backlog;

public abstract class CoverageTests(Product product)
{
    [Fact]
    public async Task Topics_that_hang_on_few_people_come_first_and_nobody_is_named()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad create Red");
        await chat.SayAsync("ana", "squad join Blue");
        await chat.SayAsync("bo", "squad join Red");
        await chat.SayAsync("ana", "share \"Pages\" topic=Alerting");
        await chat.SayAsync("bo", "mob \"Mend the pager bot\" with=@ana,@cy minutes=90 topic=\" alerting\"");
        await chat.SayAsync("ana", "confirm 2");
        await chat.SayAsync("cy", "share \"Runbooks\" topic=docs");
        await chat.SayAsync("cy", "share \"Waits for somebody\" size=large topic=waiting");
        await chat.SayAsync("cy", "win \"Quiet\"");
        await chat.SayAsync("bo", "share \"Restores\" topic=backups");
        await chat.SayAsync("bo", "share \"Taken back\" topic=gone");
        await chat.SayAsync("bo", "undo");
        var answer = Assert.Single(await chat.SayAsync("bo", "gap coverage"));
        Assert.True(answer.IsFor("bo"));
        Assert.Equal(
            """
            3 topics since 1 October 2025; 2 of them hang on one person alone each.
            Bus factor 1: docs: 1 person in no squads, 1 contribution
            Bus factor 1: backups: 1 person in 1 squad, 1 contribution
            Bus factor 3: Alerting: 3 people in 2 squads, 2 contributions
            Counted are shares and mob sessions that count, by whoever logged them or took part and is still here.
            """, answer.Text);
    }

    [Fact]
    public async Task Whoever_left_has_taken_what_they_know_along()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "mob \"Mend the pager bot\" with=@bo topic=alerting");
        await chat.SayAsync("bo", "confirm 1");
        Assert.Contains("Bus factor 2: alerting", await chat.AskAsync("lea", "gap coverage"));
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.Contains("Bus factor 1: alerting", await chat.AskAsync("lea", "gap coverage"));
    }

    [Fact]
    public async Task Two_quarters_count_and_what_is_older_does_not()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.StartsWith("Nothing with a topic was shared or mobbed since 1 October 2025.", await chat.AskAsync("ana", "gap coverage"));
        await chat.SayAsync("ana", "share \"Pages\" topic=alerting");
        await chat.WaitAsync(Duration.FromDays(176));
        Assert.Equal("2026-06-30", chat.Clock.Now.ToString("uuuu-MM-dd", null));
        Assert.StartsWith("1 topic since 1 January 2026; one of them hangs on one person alone.", await chat.AskAsync("ana", "gap coverage"));
        await chat.WaitAsync(Duration.FromDays(1));
        Assert.StartsWith("Nothing with a topic was shared or mobbed since 1 April 2026.", await chat.AskAsync("ana", "gap coverage"));
    }
}

public sealed class CoverageOnSqliteTests() : CoverageTests(Product.Sqlite);
