using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Announcements;

public abstract class AnnounceTests(Product product)
{
    [Fact]
    public async Task An_announcement_is_said_once_in_the_main_channel_at_its_local_time()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.Equal(
            "Schedule 1: “Mob session at three” will be said in #general once, on Tuesday 6 January 2026 at 15:00, Europe/Madrid time.\n  [Preview] schedule preview 1\n  [Cancel it] schedule cancel 1",
            await chat.AskAsync("lea", "announce \"Mob session at three\" at=\"next Tuesday 15:00\""));

        Assert.Empty(await chat.WaitAsync(Duration.FromMinutes(30 * 60 - 1)));
        var said = Assert.Single(await chat.WaitAsync(Duration.FromDays(30)));
        Assert.Equal(("#general", null, "Mob session at three"), (said.Place, said.Only, said.Text));
        Assert.StartsWith("Nothing is scheduled. `announce \"…\" every=monday at=09:00` would be.", await chat.AskAsync("lea", "schedule list"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from occurrences"));
    }

    [Fact]
    public async Task A_recurring_one_is_said_each_time_also_when_the_text_comes_last()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.StartsWith("Schedule 1: “Stand-up notes, please” will be said in #general every Thursday at 09:30", await chat.AskAsync("lea", "announce every=thursday at=09:30 \"Stand-up notes, please\""));
        await chat.SayAsync("lea", "settings channel=#sre");
        Assert.StartsWith("Schedule 2: “Week's end” will be said in #sre every second Friday at 16:00", await chat.AskAsync("lea", "announce \"Week's end\" every=\"2w friday\" at=4pm"));

        var heard = await chat.WaitAsync(Duration.FromDays(21));
        Assert.Equal(["Stand-up notes, please", "Week's end", "Stand-up notes, please", "Stand-up notes, please", "Week's end"], heard.Select(one => one.Text));
        Assert.All(heard, one => Assert.Equal("#sre", one.Place));
    }

    [Fact]
    public async Task What_could_mean_two_things_is_asked_back_with_both_as_buttons()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.Equal(
            """
            “3/4/2026 14:00” can mean Wed 4 Mar 2026 14:00 or Fri 3 Apr 2026 14:00. Which one? Nothing was stored.
              [4 March 2026 14:00] announce text="Release party" at="2026-03-04 14:00"
              [3 April 2026 14:00] announce text="Release party" at="2026-04-03 14:00"
            """, await chat.AskAsync("lea", "announce \"Release party\" at=\"3/4/2026 14:00\""));
        Assert.StartsWith("“tomorrow at 3” can mean Tue 6 Jan 2026 03:00 or Tue 6 Jan 2026 15:00.", await chat.AskAsync("lea", "announce \"Release party\" at=\"tomorrow at 3\""));
        Assert.StartsWith("“second monday” can mean every two weeks, `every=\"2w monday\"`, or once a month, `every=\"2nd monday\"`.", await chat.AskAsync("lea", "announce \"Party\" every=\"second monday\" at=09:00"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules"));
        Assert.Contains("once, on Friday 3 April 2026 at 14:00", await chat.AskAsync("lea", "announce text=\"Release party\" at=\"2026-04-03 14:00\""));
    }

    [Fact]
    public async Task Cancelling_wins_until_the_moment_of_sending()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Too early\" at=\"tomorrow 14:00\"");
        Assert.Equal("Schedule 1, “Too early”, is cancelled.", await chat.AskAsync("lea", "schedule cancel 1"));
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));

        // Due and written, but not sent yet.
        await chat.SayAsync("lea", "announce \"Too early again\" at=\"in 10 minutes\"");
        chat.Clock.MoveTo(chat.Clock.Now + Duration.FromMinutes(10));
        await chat.Services.GetRequiredService<DueWorker>().RunAsync(chat.Clock.Now, CancellationToken.None);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from outbox where schedule_id is not null"));
        var heard = Assert.Single(await chat.SayAsync("lea", "schedule cancel 2"));
        Assert.Equal("Schedule 2, “Too early again”, is cancelled. What it had to say and had not gone out is withdrawn.", heard.Text);
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));
    }

    [Fact]
    public async Task A_lead_who_is_forgotten_takes_their_announcements_along()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "role @bo lead");
        await chat.SayAsync("bo", "announce \"Words of bo\" every=day at=10:00");
        Assert.Contains("Words of bo", (await chat.WhisperAsync("bo", "my data"))[^1].Card);
        await chat.SayAsync("bo", "forget me yes=yes");

        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules where title like {"%bo%"} or owner_id is not null"));
    }
}

public sealed class AnnounceOnSqliteTests() : AnnounceTests(Product.Sqlite);
