using CopBot.Core.Chat;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Gatherings;

public abstract class GatheringLogTests(Product product)
{
    [Fact]
    public async Task The_entry_of_a_mob_is_the_one_that_mob_would_write_and_is_written_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo", "cy", "dot");
        await chat.SayAsync("ana", "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-05 15:00\" minutes=90 topic=alerting");
        Assert.EndsWith("I remind you 15 minutes before.\n  [Calendar file] gather ics 1\n  [I cannot come] gather leave 1", await chat.AskAsync("bo", "gather join 1"), StringComparison.Ordinal);
        await chat.SayAsync("cy", "gather join 1");
        Assert.StartsWith("Gathering 1 begins on Mon 5 Jan 2026 15:00; until then `gather join 1` and", await chat.AskAsync("bo", "gather here 1"));
        Assert.StartsWith("Gathering 1 is not over yet", await chat.AskAsync("ana", "gather log 1"));
        await chat.WaitAsync(Duration.FromHours(8));

        Assert.Equal("Gathering 1 is over. If you were there, `gather here 1` says so. Nothing was changed.", await chat.AskAsync("dot", "gather join 1"));
        Assert.Equal("Nobody else has said yet that they were at gathering 1: `gather here 1` does. Nothing was stored.", await chat.AskAsync("ana", "gather log 1"));
        Assert.Equal("The entry of gathering 1 is written by whoever planned it or by the core team. Nothing was stored.", await chat.AskAsync("bo", "gather log 1"));
        Assert.StartsWith("Noted: you were at “Mob on the pager bot” (gathering 1).", await chat.AskAsync("bo", "gather here 1"));
        Assert.StartsWith("Noted: you were at", await chat.AskAsync("dot", "gather here 1"));
        Assert.StartsWith("Noted: you missed", await chat.AskAsync("cy", "gather missed 1"));
        Assert.Equal("You have said already that you were at gathering 1. Nothing was changed.", await chat.AskAsync("bo", "gather here 1"));
        Assert.Contains("Were there: bo and dot", await chat.AskAsync("cy", "gather show 1"));

        Assert.StartsWith("#1 ana hosted the mob session “Mob on the pager bot” with @bo and @dot, 90 minutes: waiting.\nTopic: alerting", (await chat.SayAsync("ana", "gather log 1"))[^1].Text);
        Assert.Equal("The entry of gathering 1 is written already: #1. Nothing was stored.", await chat.AskAsync("lea", "gather log 1"));
        Assert.Equal("The entry of gathering 1 is written already (#1), so this comes too late for it. Nothing was changed.", await chat.AskAsync("cy", "gather here 1"));
        Assert.Contains("\nEntry: #1", await chat.AskAsync("cy", "gather show 1"));
        var confirmed = await chat.AskAsync("bo", "confirm 1");
        await chat.SayAsync("ana", "mob \"The same by hand\" with=@bo,@dot minutes=90 topic=alerting");
        Assert.Equal(confirmed.Replace("#1 “Mob on the pager bot”", "#2 “The same by hand”", StringComparison.Ordinal), await chat.AskAsync("bo", "confirm 2"));
        Assert.Equal((2, 8), await chat.StoredAsync());
    }

    [Fact]
    public async Task The_core_team_writes_the_entry_in_the_name_of_the_host()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "hid", "bo");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("hid", "gather plan \"In the dark\" kind=mob at=\"2026-01-05 15:00\"");
        await chat.SayAsync("bo", "gather join 1");
        await chat.WaitAsync(Duration.FromHours(8));
        await chat.SayAsync("bo", "gather here 1");
        var heard = await chat.SayAsync("lea", "gather log 1");
        Assert.All(heard, one => Assert.False(one.IsPublic));
        Assert.StartsWith("#1 someone hosted the mob session “In the dark” with @bo", Assert.Single(heard, one => one.IsFor("lea")).Text);
        Assert.StartsWith("#1 “In the dark” is confirmed by bo: ", await chat.AskAsync("bo", "confirm 1"));
        Assert.True(await chat.PointsAsync("hid") > await chat.PointsAsync("bo"));
    }

    [Fact]
    public async Task A_host_who_was_not_there_hosts_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "gather plan Untangle at=\"2026-01-05 15:00\"");
        await chat.WaitAsync(Duration.FromHours(8));
        await chat.SayAsync("ana", "gather missed 1");
        await chat.SayAsync("bo", "gather here 1");
        Assert.StartsWith("You have said that you missed gathering 1, so somebody of the core team", await chat.AskAsync("ana", "gather log 1"));
        await chat.SayAsync("lea", "gather here 1");
        Assert.StartsWith("#1 lea hosted the mob session “Untangle” with @bo, 60 minutes: waiting.", (await chat.SayAsync("lea", "gather log 1"))[^1].Text);
    }

    [Fact]
    public async Task A_talk_and_a_workshop_are_shares_and_a_meeting_is_none()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "gather plan \"Canaries\" kind=talk at=\"2026-01-05 15:00\" topic=delivery");
        await chat.SayAsync("ana", "gather plan \"Postmortems\" kind=workshop at=\"2026-01-05 15:00\"");
        await chat.SayAsync("ana", "gather plan \"Planning\" kind=meeting at=\"2026-01-05 15:00\"");
        await chat.WaitAsync(Duration.FromHours(8));
        Assert.Equal("Nobody else has said yet that they were at gathering 1: `gather here 1` does. Nothing was stored.", await chat.AskAsync("ana", "gather log 1"));
        await chat.SayAsync("bo", "gather here 1");
        await chat.SayAsync("bo", "gather here 2");
        Assert.StartsWith("#1 ana shared “Canaries” (small, talk): 5 points for ana.", await chat.AskAsync("ana", "gather log 1"));
        Assert.StartsWith("#2 ana shared “Postmortems” (large): waiting.", await chat.AskAsync("ana", "gather log 2"));
        Assert.StartsWith("The league has no entry for a meeting. What came out of it can be logged with", await chat.AskAsync("ana", "gather log 3"));
        Assert.StartsWith("Noted: you were at “Canaries”", await chat.AskAsync("ana", "gather here 1"));

        // One that was declared void can be written again, one that stands cannot.
        Assert.StartsWith("The entry of gathering 1 is written already: #1.", await chat.AskAsync("ana", "gather log 1"));
        await chat.SayAsync("ana", "void 1 reason=\"the wrong title\"");
        Assert.StartsWith("#3 ana shared “Canaries”", await chat.AskAsync("ana", "gather log 1"));
    }

    [Fact]
    public async Task Bad_input_gets_one_private_sentence_and_stores_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var (line, says) in ((string, string)[])
        [
            ("gather plan \"Yesterday\" at=\"2026-01-04 15:00\"", "Sun 4 Jan 2026 15:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored."),
            ("gather plan \"Never\" at=\"2026-02-31 15:00\"", "I do not understand the date “2026-02-31 15:00”."),
            ("gather plan \"Far\" at=\"2036-01-04 15:00\"", "Fri 4 Jan 2036 15:00 is more than 5 years ahead. Nothing was stored."),
            ("gather plan \"Long\" at=\"tomorrow 15:00\" minutes=1441", "`minutes` is between 5 and 1440. Nothing was stored."),
            ("gather plan \"Short\" at=\"tomorrow 15:00\" minutes=0", "`minutes` is between 5 and 1440. Nothing was stored."),
            ("gather plan \"Party\" at=\"tomorrow 15:00\" kind=party", "`kind` is one of mob, talk, workshop, wheel, meeting, not “party”. Nothing was stored."),
            ("gather plan \"Bell\u0007BEGIN:VEVENT\" at=\"tomorrow 15:00\"", "`title` contains characters that nobody can see (controls or text-direction marks). Nothing was stored."),
            ($"gather plan \"{new string('x', 121)}\" at=\"tomorrow 15:00\"", "`title` has 121 characters; it may have 120. Nothing was stored."),
            ("gather plan \"At five\" at=\"2026-03-04 at 5\"", "can mean Wed 4 Mar 2026 05:00 or Wed 4 Mar 2026 17:00. Which one? Nothing was stored."),
            ("gather join 7", "There is no gathering 7. `gather list` shows what is planned. Nothing was changed."),
            ("gather show 7", "There is no gathering 7. `gather list` shows what is planned."),
            ("gather ics seven", "`number` is a whole number"),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync("bo", line));
            Assert.True(heard.IsFor("bo"));
            Assert.Contains(says, heard.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from gatherings"));
    }
}

public sealed class GatheringLogOnSqliteTests() : GatheringLogTests(Product.Sqlite);
