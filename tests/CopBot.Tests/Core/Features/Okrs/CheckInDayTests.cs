using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Okrs;

public abstract class CheckInDayTests(Product product)
{
    [Fact]
    public async Task The_owner_is_asked_on_monday_unless_the_last_check_in_is_fresh()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        await chat.WaitAsync(Duration.FromDays(5));
        await chat.SayAsync("ana", "okr checkin 1 19");
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(3)), one => one.IsFor("ana"));
        var asked = Assert.Single(await chat.WaitAsync(Duration.FromDays(7)), one => one.IsFor("ana"));
        Assert.Equal(
            """
            It is check-in day for objective 1 “Quiet nights”: how does this key result stand?
            1: Pages at night: 19 pages, from 20 to 5
              [Check in 1] okr checkin 1
            """, asked.Text);
        Assert.Contains("is active, stale", await chat.AskAsync("ana", "okr show 1"));
    }

    [Fact]
    public async Task After_three_reminders_it_closes_with_a_notice_and_one_command_opens_it_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        var told = (await chat.WaitAsync(Duration.FromDays(22))).Where(one => one.IsFor("ana")).Select(one => one.Text.Split('\n')[0]).ToList();
        Assert.Equal(
            [
                "It is check-in day for objective 1 “Quiet nights”: how does this key result stand?",
                "It is check-in day for objective 1 “Quiet nights”: how does this key result stand?",
                "It is check-in day for objective 1 “Quiet nights”: how does this key result stand? This is the last reminder: if nothing is said, it closes itself next week.",
            ], told);
        Assert.Contains("is active", await chat.AskAsync("ana", "okr show 1"));

        var closed = (await chat.WaitAsync(Duration.FromDays(7))).Where(one => one.IsFor("ana")).ToList();
        Assert.StartsWith("Objective 1 “Quiet nights” is closed, because nobody said how it stands after 3 reminders. Nothing is lost: `okr reopen 1` opens it as it was.", Assert.Single(closed).Text);
        Assert.Contains("closed unanswered", await chat.AskAsync("ana", "okr show 1"));
        Assert.StartsWith("Objective 1 “Quiet nights” is active again", await chat.AskAsync("ana", "okr reopen 1"));
        Assert.Contains("20 pages, from 20 to 5", await chat.AskAsync("ana", "okr show 1"));
    }

    [Fact]
    public async Task Whoever_looks_after_several_is_asked_once_for_all_of_them()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        await chat.WaitAsync(Duration.FromDays(14));
        await chat.SayAsync("ana", "okr add \"More sharing\" until=2026-06-30");
        await chat.SayAsync("ana", "kr add 2 \"Talks\" target=6 unit=talks");
        await chat.SayAsync("ana", "kr add 2 \"Guests\" target=9 unit=guests");
        await chat.SayAsync("ana", "okr activate 2");
        var asked = Assert.Single(await chat.WaitAsync(Duration.FromDays(7)), one => one.IsFor("ana"));
        Assert.Equal(
            """
            It is check-in day for 2 objectives: how do these 3 key results stand?
            Objective 1 “Quiet nights”. This is the last reminder: if nothing is said, it closes itself next week.
            1: Pages at night: 20 pages, from 20 to 5; no check-in yet
            Objective 2 “More sharing”
            2: Talks: 0 of 6 talks; no check-in yet
            3: Guests: 0 of 9 guests; no check-in yet
              [Check in 1] okr checkin 1
              [Check in 2] okr checkin 2
              [Check in 3] okr checkin 3
            """, asked.Text);
        await chat.SayAsync("ana", "okr checkin 2 1");
        var week = (await chat.WaitAsync(Duration.FromDays(7))).Where(one => one.IsFor("ana")).Select(one => one.Text.Split('\n')[0]).ToList();
        Assert.Equal(2, week.Count);
        Assert.StartsWith("Objective 1 “Quiet nights” is closed", week[0]);
        Assert.Equal("It is check-in day for objective 2 “More sharing”: how do these 2 key results stand?", week[1]);
    }

    [Fact]
    public async Task A_check_in_ends_the_row_of_reminders()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        await chat.WaitAsync(Duration.FromDays(15));
        await chat.SayAsync("ana", "okr checkin 1 12");
        Assert.DoesNotContain("stale", await chat.AskAsync("ana", "okr show 1"));
        var told = await chat.WaitAsync(Duration.FromDays(21));
        Assert.DoesNotContain(told, one => one.Text.Contains("is closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_only_counts_itself_is_never_asked_for()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Share more\" until=2026-06-30");
        await chat.SayAsync("ana", "kr add 1 \"Shares\" target=20 unit=shares measure=\"count share\"");
        await chat.SayAsync("ana", "okr activate 1");
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(40)), one => one.IsFor("ana"));
    }

    [Fact]
    public async Task What_is_reached_is_not_asked_for_any_more()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        await chat.SayAsync("ana", "okr checkin 1 5");
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(40)), one => one.IsFor("ana"));
    }

    [Fact]
    public async Task The_day_after_everybody_reads_how_the_objectives_stand()
    {
        await using var chat = await Conversation.StartAsync(product);
        await BeginAsync(chat);
        await chat.SayAsync("ana", "okr checkin 1 17 confidence=\"on track\"");
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(2)), one => one.Text.StartsWith("How the objectives stand", StringComparison.Ordinal));
        var digest = Assert.Single(await chat.WaitAsync(Duration.FromDays(7)), one => one.Text.StartsWith("How the objectives stand", StringComparison.Ordinal));
        Assert.Null(digest.Only);
        Assert.Equal(
            """
            How the objectives stand: 0 of 1 key result reached, 0 behind an even pace.
            Objective 1 “Quiet nights”
            Key result 1: Pages at night: 17 pages, from 20 to 5 (20 %; on track; checked in 8 days ago)
              [See the objectives] okr list
            """, digest.Text);
    }

    [Fact]
    public async Task When_its_time_is_over_the_owner_is_asked_how_it_ended()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"A short one\" until=2026-01-16");
        await chat.SayAsync("ana", "kr add 1 \"Shares\" target=2 unit=shares measure=\"count share\"");
        await chat.SayAsync("ana", "okr activate 1");
        var asked = Assert.Single(await chat.WaitAsync(Duration.FromDays(15)), one => one.IsFor("ana"));
        Assert.StartsWith("The time of objective 1 “A short one” is over. How did it end?", asked.Text);
    }

    [Fact]
    public async Task What_is_reached_when_its_time_is_over_closes_as_achieved_where_nobody_says_so()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"A short one\" until=2026-01-16");
        await chat.SayAsync("ana", "kr add 1 \"Shares\" target=1 unit=shares measure=\"count share\"");
        await chat.SayAsync("ana", "okr activate 1");
        await chat.SayAsync("ana", "share \"How we page\"");
        var told = await chat.WaitAsync(Duration.FromDays(60));
        Assert.Equal("Objective 1 “A short one” is closed as achieved: its time is over, and all its key results are reached.", told.Last(one => one.IsFor("ana")).Text);
    }

    [Fact]
    public async Task An_owner_who_is_no_core_team_says_how_it_ended_also_after_it_closed_unanswered()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "okr add \"A short one\" until=2026-01-16 owner=@bo");
        await chat.SayAsync("ana", "kr add 1 \"Pages\" target=1");
        await chat.SayAsync("ana", "okr activate 1");
        var told = await chat.WaitAsync(Duration.FromDays(60));
        Assert.StartsWith("Objective 1 “A short one” is closed, because its time is over and nobody said how it ended after 3 reminders. It can still be said.", told.Last(one => one.IsFor("bo")).Text);
        Assert.StartsWith("Objective 1 “A short one” is closed: missed", await chat.AskAsync("bo", "okr close 1 missed"));
    }

    private static async Task BeginAsync(Conversation chat)
    {
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Quiet nights\" until=2026-06-30");
        await chat.SayAsync("ana", "kr add 1 \"Pages at night\" baseline=20 target=5 unit=pages");
        await chat.SayAsync("ana", "okr activate 1");
    }
}

public sealed class CheckInDayOnSqliteTests() : CheckInDayTests(Product.Sqlite);
