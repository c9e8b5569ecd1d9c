using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Schedules;

public abstract class ScheduleTests(Product product)
{
    [Fact]
    public async Task Everybody_sees_what_is_scheduled_and_only_leads_change_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "mem");
        await chat.SayAsync("lea", "announce \"Notes, please\" every=thursday at=09:30");
        await chat.SayAsync("lea", "announce \"Mob at three\" at=\"tomorrow 15:00\"");
        await chat.SayAsync("lea", "schedule pause 1");
        Assert.Equal(
            """
            2 schedules, Europe/Madrid time.
            2: “Mob at three”, once, on Tuesday 6 January 2026 at 15:00; next Tue 6 Jan 2026 15:00
            1: “Notes, please”, every Thursday at 09:30; paused
            The week's leaderboard is posted every Monday at 09:00, unless the week was empty: next Mon 12 Jan 2026 09:00. `settings week=off` turns it off.
            """, await chat.AskAsync("mem", "schedule list"));
        foreach (var act in (string[])["pause", "resume", "cancel", "run"])
            Assert.StartsWith("Only a CoP lead may use", await chat.AskAsync("mem", $"schedule {act} 2"));
        Assert.Equal("There is no schedule 7. `schedule list` shows them. Nothing was changed.", await chat.AskAsync("lea", "schedule cancel 7"));
        Assert.Equal("Schedule 1 is paused: there is nothing to pause. Nothing was changed.", await chat.AskAsync("lea", "schedule pause 1"));
    }

    [Fact]
    public async Task What_was_said_already_cannot_be_cancelled_any_more()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Once\" at=\"tomorrow 10:00\"");
        Assert.Single(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.Equal("Schedule 1 is done: there is nothing to cancel. Nothing was changed.", await chat.AskAsync("lea", "schedule cancel 1"));
    }

    [Fact]
    public async Task A_paused_schedule_says_nothing_and_goes_on_from_the_moment_it_is_resumed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Good morning\" every=day at=10:00");
        await chat.SayAsync("lea", "schedule pause 1");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(3)));
        Assert.Equal("Schedule 1, “Good morning”, goes on: next Thu 8 Jan 2026 10:00.", await chat.AskAsync("lea", "schedule resume 1"));
        Assert.Single(await chat.WaitAsync(Duration.FromDays(1)));
        Assert.Equal(["Good morning", "Schedule 1, “Good morning”, ran once now. Its own times stay as they are."], (await chat.SayAsync("lea", "schedule run 1")).Select(one => one.Text).Order());
        Assert.Single(await chat.WaitAsync(Duration.FromDays(1)));

        await chat.SayAsync("lea", "announce \"Once\" at=\"tomorrow 10:00\"");
        await chat.SayAsync("lea", "schedule pause 2");
        await chat.WaitAsync(Duration.FromDays(2));
        Assert.Equal("Schedule 2, “Once”, is over: its time passed while it rested.", await chat.AskAsync("lea", "schedule resume 2"));
    }

    [Fact]
    public async Task The_preview_says_where_a_change_of_clocks_moves_a_time()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Night watch\" every=sunday at=02:30");
        await chat.WaitAsync(Duration.FromDays(70));
        Assert.Equal(
            """
            Schedule 1, “Night watch”, runs next at these times, Europe/Madrid time.
            1: Sun 22 Mar 2026 02:30
            2: Sun 29 Mar 2026 03:00 (the clocks change: there is no 02:30 that day)
            3: Sun 5 Apr 2026 02:30
            4: Sun 12 Apr 2026 02:30
            5: Sun 19 Apr 2026 02:30
            """, await chat.AskAsync("lea", "schedule preview 1"));
        await chat.WaitAsync(Duration.FromDays(217));
        Assert.Contains("1: Sun 25 Oct 2026 02:30 (the clocks change: 02:30 comes twice, it runs the first time)", await chat.AskAsync("lea", "schedule preview 1"));
    }

    [Fact]
    public async Task After_downtime_the_latest_runs_once_if_it_is_not_too_late_and_the_others_are_shown_as_missed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Daily\" every=day at=10:00");
        await chat.SayAsync("lea", "announce \"Nightly\" every=day at=23:00");
        await chat.SayAsync("lea", "announce \"Passed\" at=\"tomorrow 12:00\"");
        await SetAsync(chat, $"update schedules set lateness = {Lateness.RunEach}, within_minutes = {3000} where number = {2}");

        // Nobody is there for three days and five hours.
        chat.Clock.MoveTo(chat.Clock.Now + Duration.FromHours(77));
        var heard = await chat.WaitAsync(Duration.Zero);
        Assert.Equal(["Daily", "Nightly", "Nightly"], heard.Select(one => one.Text).Order());
        Assert.Equal(
            """
            3 schedules, Europe/Madrid time.
            2: “Nightly”, every day at 23:00; next Thu 8 Jan 2026 23:00; 1 missed, the latest Mon 5 Jan 2026 23:00
            1: “Daily”, every day at 10:00; next Fri 9 Jan 2026 10:00; 3 missed, the latest Wed 7 Jan 2026 10:00
            3: “Passed”, once, on Tuesday 6 January 2026 at 12:00; over; 1 missed, the latest Tue 6 Jan 2026 12:00
            The week's leaderboard is posted every Monday at 09:00, unless the week was empty: next Mon 12 Jan 2026 09:00. `settings week=off` turns it off.
            """, await chat.AskAsync("lea", "schedule list"));
        Assert.Empty(await chat.WaitAsync(Duration.Zero));
    }

    [Fact]
    public async Task A_broken_schedule_is_held_back_and_stopped_and_delays_no_other()
    {
        await using var chat = await Conversation.StartAsync(product);
        foreach (var number in Enumerable.Range(1, 6))
            await chat.SayAsync("lea", $"announce \"Number {number}\" every=day at=10:00");
        await SetAsync(chat, $"update schedules set rule = {"nonsense"} where number = {1}");
        await SetAsync(chat, $"update schedules set effect = {"unknown"} where number = {3}");

        var heard = await chat.WaitAsync(Duration.FromMinutes(60));
        Assert.Equal(["Number 2", "Number 4", "Number 5", "Number 6"], heard.Select(one => one.Text));
        Assert.Contains("3: “Number 3”, every day at 10:00; 1 failure in a row, tried again", await chat.AskAsync("lea", "schedule list"));
        Assert.Contains("its rule cannot be read", await chat.AskAsync("lea", "schedule list"));

        heard = await chat.WaitAsync(Duration.FromMinutes(30));
        Assert.Equal(2, heard.Count);
        Assert.All(heard, one => Assert.Matches("^Schedule [13] “Number [13]” failed 5 times in a row .*, so it is stopped\\. `schedule resume [13]` starts it again\\.$", one.Text));
        Assert.Contains("3: “Number 3”, every day at 10:00; stopped; 1 missed", await chat.AskAsync("lea", "schedule list"));
        Assert.Equal("The rule of schedule 1 cannot be read, so it cannot go on. Nothing was changed.", await chat.AskAsync("lea", "schedule resume 1"));

        await SetAsync(chat, $"update schedules set effect = {"announcement"} where number = {3}");
        await chat.SayAsync("lea", "schedule resume 3");
        Assert.Contains(await chat.WaitAsync(Duration.FromDays(1)), one => one.Text == "Number 3");
    }

    [Fact]
    public async Task A_schedule_that_runs_more_than_three_times_in_a_minute_is_stopped_and_reported()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Storm\" every=day at=10:00");
        foreach (var slot in Enumerable.Range(2000, 3))
            await SetAsync(chat, $"insert into occurrences (schedule_id, date, slot, community_id, due_at, settled_at, state) select id, {20260105}, {slot}, {1}, next_at, next_at, {OccurrenceState.Ran} from schedules");

        var heard = await chat.WaitAsync(Duration.FromDays(3));
        Assert.Equal(["Schedule 1 “Storm” ran 4 times within a minute, so it is stopped. `schedule resume 1` starts it again.", "Storm"], heard.Select(one => one.Text).Order());
    }

    [Fact]
    public async Task Another_zone_moves_the_instant_and_keeps_the_local_time_and_nothing_runs_twice_on_a_date()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "announce \"Ten\" every=day at=10:00");
        Assert.Single(await chat.WaitAsync(Duration.FromHours(2)));

        // 11:00 in Madrid is 05:00 in New York: its ten o'clock of that date has been said.
        await chat.SayAsync("lea", "settings zone=America/New_York");
        Assert.Contains("next Tue 6 Jan 2026 10:00", await chat.AskAsync("lea", "schedule list"));
        Assert.Empty(await chat.WaitAsync(Duration.FromHours(24)));
        Assert.Single(await chat.WaitAsync(Duration.FromHours(6)));
        Assert.Equal("There is no zone “Mars/Olympus”. Give an IANA name such as `settings zone=Europe/Madrid`. Nothing was changed.", await chat.AskAsync("lea", "settings zone=Mars/Olympus"));
        Assert.Contains("America/New_York time", await chat.AskAsync("lea", "schedule list"));
    }

    private static Task SetAsync(Conversation chat, Statement statement) =>
        chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync(statement, ct), CancellationToken.None);
}

public sealed class ScheduleOnSqliteTests() : ScheduleTests(Product.Sqlite);
