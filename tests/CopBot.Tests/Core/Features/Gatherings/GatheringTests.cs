using CopBot.Core.Chat;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Gatherings;

public abstract class GatheringTests(Product product)
{
    private const string Plan = "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting";

    [Fact]
    public async Task A_gathering_is_planned_joined_with_one_click_left_and_listed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.Equal("No gathering is planned. `gather plan \"Mob on the pager bot\" at=\"thursday 15:00\"` plans one.", await chat.AskAsync("bo", "gather list"));
        var planned = Assert.Single(await chat.SayAsync("ana", Plan));
        Assert.True(planned.IsPublic);
        Assert.Equal(
            """
            Gathering 1: “Mob on the pager bot”, a mob session on Thu 15 Jan 2026 15:00 Europe/Madrid time, 90 minutes; one joins so far. Who else?
            Topic: alerting
              [Join] gather join 1
              [Calendar file] gather ics 1
            """, planned.Text);

        var joined = await chat.SayAsync("bo", "gather join 1");
        Assert.Equal(
            """
            You join: “Mob on the pager bot”, a mob session on Thu 15 Jan 2026 15:00 Europe/Madrid time, 90 minutes. I remind you one day and 15 minutes before.
              [Calendar file] gather ics 1
              [I cannot come] gather leave 1
            """, Assert.Single(joined, one => one.IsFor("bo")).Text);
        Assert.Equal("You joined gathering 1 already. Nothing was changed.", await chat.AskAsync("bo", "gather join 1"));
        Assert.Equal("1 gathering is planned.\n1: “Mob on the pager bot”, a mob session on Thu 15 Jan 2026 15:00 Europe/Madrid time, 90 minutes; 2 joined, you too", await chat.AskAsync("bo", "gather list"));
        Assert.Contains("Planned by: ana\nTopic: alerting\nJoined: ana and bo\n", await chat.AskAsync("bo", "gather show 1"));

        Assert.StartsWith("You are out of “Mob on the pager bot” (gathering 1), and I remind you of nothing.", await chat.AskAsync("bo", "gather leave 1"));
        Assert.Equal("You have not joined gathering 1. Nothing was changed.", await chat.AskAsync("bo", "gather leave 1"));
        Assert.EndsWith("; 1 joined\n  [Join 1] gather join 1", await chat.AskAsync("bo", "gather list"));
        Assert.StartsWith("You planned gathering 1. `gather cancel 1` cancels it for everybody", await chat.AskAsync("ana", "gather leave 1"));
    }

    [Fact]
    public async Task Those_who_join_are_reminded_twice_and_asked_once_each_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", Plan);
        await chat.SayAsync("bo", "gather join 1");
        await chat.SayAsync("cy", "gather join 1");
        await chat.SayAsync("cy", "gather leave 1");

        Assert.Empty(Gathering(await chat.WaitAsync(Duration.FromHours(9 * 24 + 6) - Duration.FromMinutes(1))));
        var before = Gathering(await chat.WaitAsync(Duration.FromMinutes(1)));
        Assert.Equal(["@ana", "@bo"], before.Select(one => one.Place).Order());
        Assert.All(before, one => Assert.Equal("“Mob on the pager bot” (gathering 1) begins on Thu 15 Jan 2026 15:00, Europe/Madrid time. You joined.\n  [Calendar file] gather ics 1\n  [I cannot come] gather leave 1", one.Text));
        var soon = Gathering(await chat.WaitAsync(Duration.FromHours(24)));
        Assert.Equal(2, soon.Count);
        Assert.All(soon, one => Assert.Equal("“Mob on the pager bot” (gathering 1) begins in 15 minutes.", one.Text));
        var asked = Gathering(await chat.WaitAsync(Duration.FromDays(3)));
        Assert.Equal(
            "“Mob on the pager bot” (gathering 1) is over. Were you there? Once those who were there have said so, its entry in the league can be written.\n  [I was there] gather here 1\n  [I missed it] gather missed 1\n  [Write the log entry] gather log 1",
            Assert.Single(asked, one => one.IsFor("ana")).Text);
        Assert.Equal("“Mob on the pager bot” (gathering 1) is over. Were you there?\n  [I was there] gather here 1\n  [I missed it] gather missed 1", Assert.Single(asked, one => one.IsFor("bo")).Text);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_gathering_on_a_Monday_morning_is_told_on_the_working_day_before()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "gather plan \"Early birds\" kind=meeting at=\"2026-01-12 09:00\"");
        Assert.Empty(Gathering(await chat.WaitAsync(Duration.FromDays(4) - Duration.FromMinutes(1))));
        Assert.StartsWith("“Early birds” (gathering 1) begins on Mon 12 Jan 2026 09:00", Assert.Single(Gathering(await chat.WaitAsync(Duration.FromMinutes(1)))).Text);
    }

    [Fact]
    public async Task A_gathering_that_moves_reminds_anew_and_one_that_is_cancelled_reminds_nobody()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", Plan);
        await chat.SayAsync("bo", "gather join 1");
        Assert.Equal("Gathering 1 can be changed by whoever planned it and by the core team. Nothing was changed.", await chat.AskAsync("bo", "gather move 1 at=\"2026-01-16 10:00\""));
        var moved = await chat.SayAsync("ana", "gather move 1 at=\"2026-01-16 10:00\"");
        Assert.Equal("“Mob on the pager bot” (gathering 1) has moved: it begins on Fri 16 Jan 2026 10:00 now, Europe/Madrid time.\n  [Calendar file] gather ics 1\n  [I cannot come] gather leave 1", Assert.Single(moved, one => one.IsFor("bo")).Text);
        Assert.StartsWith("Moved: “Mob on the pager bot”, a mob session on Fri 16 Jan 2026 10:00 Europe/Madrid time, 90 minutes. The one who joined is told.", Assert.Single(moved, one => one.IsFor("ana")).Text);
        Assert.Equal("Gathering 1 begins at that time already. Nothing was changed.", await chat.AskAsync("lea", "gather move 1 at=\"2026-01-16 10:00\""));

        Assert.Equal(2, Gathering(await chat.WaitAsync(Duration.FromHours(10 * 24 + 1))).Count);
        var cancelled = await chat.SayAsync("lea", "gather cancel 1");
        Assert.StartsWith("“Mob on the pager bot” (gathering 1) on Fri 16 Jan 2026 10:00 is cancelled.", Assert.Single(cancelled, one => one.IsFor("bo")).Text);
        Assert.EndsWith("The 2 others who joined are told.\n  [Calendar file] gather ics 1", Assert.Single(cancelled, one => one.IsFor("lea")).Text);
        Assert.Empty(Gathering(await chat.WaitAsync(Duration.FromDays(3))));
        Assert.Equal("Gathering 1 is cancelled. Nothing was changed.", await chat.AskAsync("bo", "gather join 1"));
    }

    [Fact]
    public async Task Whoever_is_hidden_counts_and_is_not_named()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "hid", "owl");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("ana", Plan);
        await chat.SayAsync("hid", "gather join 1");
        await chat.SayAsync("owl", "gather join 1");
        Assert.Contains("\nJoined: ana, owl and one other\n", await chat.AskAsync("ana", "gather show 1"));

        // Who was read as owl is not read as somebody else in the same place.
        await chat.SayAsync("owl", "privacy alias Strix");
        Assert.Contains("\nJoined: ana and two others\n", await chat.AskAsync("ana", "gather show 1"));
        var planned = Assert.Single(await chat.SayAsync("hid", "gather plan \"In the dark\" kind=meeting at=\"tomorrow 10:00\""));
        Assert.True(planned.IsFor("hid"));
        Assert.EndsWith("Nobody else hears this here; everybody finds it with `gather list`.", planned.Text);
        Assert.Contains("Planned by: someone\nJoined: someone", await chat.AskAsync("ana", "gather show 2"));
    }

    private static List<Heard> Gathering(IEnumerable<Heard> heard) => [.. heard.Where(one => one.Text.StartsWith('“'))];
}

public sealed class GatheringOnSqliteTests() : GatheringTests(Product.Sqlite);
