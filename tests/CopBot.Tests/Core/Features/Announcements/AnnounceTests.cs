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
            "Schedule 1: “Mob session at three” will be said in #general once, on Tuesday 6 January 2026 at 15:00, Europe/Madrid time.\n  [Preview] schedule preview 1 | [Cancel it] schedule cancel 1",
            await chat.AskAsync("lea", "announce \"Mob session at three\" at=\"next Tuesday 15:00\""));

        Assert.Empty(await chat.WaitAsync(Duration.FromMinutes(30 * 60 - 1)));
        var said = Assert.Single(await chat.WaitAsync(Duration.FromDays(30)));
        Assert.Equal(("#general", null, "Mob session at three"), (said.Place, said.Only, said.Text));
        Assert.Equal("Nothing is scheduled. `announce \"…\" every=monday at=09:00` would be.", await chat.AskAsync("lea", "schedule list"));
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

    [Theory]
    [InlineData("2026-01-15 14:00", "Thursday 15 January 2026 at 14:00")]
    [InlineData("2026-01-15T14:00", "Thursday 15 January 2026 at 14:00")]
    [InlineData("tomorrow 14:00", "Tuesday 6 January 2026 at 14:00")]
    [InlineData("tomorrow at 2pm", "Tuesday 6 January 2026 at 14:00")]
    [InlineData("14:30 tomorrow", "Tuesday 6 January 2026 at 14:30")]
    [InlineData("next friday", "Friday 9 January 2026 at 09:00")]
    [InlineData("friday at noon", "Friday 9 January 2026 at 12:00")]
    [InlineData("monday 17:00", "Monday 5 January 2026 at 17:00")]
    [InlineData("next monday 17:00", "Monday 12 January 2026 at 17:00")]
    [InlineData("in 2 hours", "Monday 5 January 2026 at 11:00")]
    [InlineData("in 3 days", "Thursday 8 January 2026 at 09:00")]
    [InlineData("15 February 10:00", "Sunday 15 February 2026 at 10:00")]
    [InlineData("2 Jan 10:00", "Saturday 2 January 2027 at 10:00")]
    [InlineData("25/12/2026 8am", "Friday 25 December 2026 at 08:00")]
    [InlineData("08:30", "Tuesday 6 January 2026 at 08:30")]
    [InlineData("24.12.2026 18:00", "Thursday 24 December 2026 at 18:00")]
    public async Task Dates_are_understood_as_people_write_them(string at, string means)
    {
        await using var chat = await Conversation.StartAsync(Product.Sqlite);
        Assert.Contains($"once, on {means}, Europe/Madrid time", await chat.AskAsync("lea", $"announce \"Soon\" at=\"{at}\""));
    }

    [Fact]
    public async Task What_could_mean_two_things_is_asked_back_with_both_as_buttons()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.Equal(
            """
            “3/4/2026 14:00” can mean Wed 4 Mar 2026 14:00 or Fri 3 Apr 2026 14:00. Which one? Nothing was stored.
              [4 March 2026 14:00] announce text="Release party" at="2026-03-04 14:00" | [3 April 2026 14:00] announce text="Release party" at="2026-04-03 14:00"
            """, await chat.AskAsync("lea", "announce \"Release party\" at=\"3/4/2026 14:00\""));
        Assert.StartsWith("“tomorrow at 3” can mean Tue 6 Jan 2026 03:00 or Tue 6 Jan 2026 15:00.", await chat.AskAsync("lea", "announce \"Release party\" at=\"tomorrow at 3\""));
        Assert.StartsWith("“second monday” can mean every two weeks, `every=\"2w monday\"`, or once a month, `every=\"2nd monday\"`.", await chat.AskAsync("lea", "announce \"Party\" every=\"second monday\" at=09:00"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules"));
        Assert.Contains("once, on Friday 3 April 2026 at 14:00", await chat.AskAsync("lea", "announce text=\"Release party\" at=\"2026-04-03 14:00\""));
    }

    [Theory]
    [InlineData("at=\"2026-01-02 14:00\"", "Fri 2 Jan 2026 14:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored.")]
    [InlineData("at=\"today 08:00\"", "Mon 5 Jan 2026 08:00 is over; it is Mon 5 Jan 2026 09:00 now. Nothing was stored.")]
    [InlineData("at=\"2026-02-30 14:00\"", "I do not understand the date “2026-02-30 14:00”.")]
    [InlineData("at=\"someday\"", "I do not understand the date “someday”. Write `2026-01-12 14:00`, `tomorrow 14:00`, `next friday 15:00` or `in 2 hours`. Nothing was stored.")]
    [InlineData("at=\"tomorrow 25:00\"", "“25:00” is no time of day; write it like `14:00`. Nothing was stored.")]
    [InlineData("at=\"9999-12-31 23:59\"", "Fri 31 Dec 9999 23:59 is more than 5 years ahead. Nothing was stored.")]
    [InlineData("every=\"0 weeks\" at=09:00", "`every` is 1 to 52 weeks, not 0. Nothing was stored.")]
    [InlineData("every=0w at=09:00", "`every` is 1 to 52 weeks, not 0. Nothing was stored.")]
    [InlineData("every=blue at=09:00", "`every` is a weekday such as `monday`, or `day`")]
    [InlineData("every=monday at=blue", "With `every`, `at` is a time of day such as `09:00`, not “blue”. Nothing was stored.")]
    [InlineData("at=\"0 9 31 2 *\"", "`0 9 31 2 *` is no cron expression: no date matches that day and month. Nothing was stored.")]
    public async Task What_cannot_be_is_refused_in_private_and_nothing_is_stored(string when, string says)
    {
        await using var chat = await Conversation.StartAsync(Product.Sqlite);
        await chat.JoinAsync("lea");
        var answer = Assert.Single(await chat.SayAsync("lea", $"announce \"Soon\" {when}"));
        Assert.StartsWith(says, answer.Text);
        Assert.True(answer.IsFor("lea"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules"));
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

public sealed class AnnounceOnPostgresTests() : AnnounceTests(Product.Postgres);
