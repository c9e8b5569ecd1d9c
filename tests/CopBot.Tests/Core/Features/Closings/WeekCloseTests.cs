using CopBot.Core.Features.League;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Closings;

public abstract class WeekCloseTests(Product product)
{
    private static readonly Duration Week = Duration.FromDays(7);

    [Fact]
    public async Task The_week_is_posted_once_on_monday_at_nine_with_movement_hero_and_sidekick()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("bo", "squad create Blue");
        await chat.SayAsync("bo", "squad join Blue");
        await chat.SayAsync("ana", "share Runbooks size=medium");
        await chat.SayAsync("bo", "share Dashboards");
        await chat.SayAsync("hid", "share Secrets size=medium format=code");
        await chat.SayAsync("bo", "used 1");
        await chat.SayAsync("cy", "kudos @ana \"for the runbooks\"");
        var first = Assert.Single(await chat.WaitAsync(Week)).Text;
        Assert.Equal(
            """
            Week of 5 January 2026 is over: ana comes first with 18 points.
            Squads
               1. Blue 7
            People
               1. ana 18
               2. bo 7
               3. cy 1
            Hero of the week: ana, 18 points
            Sidekick of the week: cy, who helped others to 3 points
            Most used: #1 “Runbooks”, once
            Welcome: ana, bo and cy
            `board last` shows it with your own place, `why` every entry.
            """, first);

        await chat.SayAsync("cy", "share \"Pager rota\" size=medium");
        await chat.SayAsync("ana", "share \"Second part\"");
        await chat.SayAsync("dee", "share \"Hello all\"");
        var second = Assert.Single(await chat.WaitAsync(Week)).Text;
        Assert.Contains("   1. cy 10  (▲2)\n   2. ana 5  (▼1)\n   2. dee 5  (new)", second, StringComparison.Ordinal);
        Assert.Contains("Welcome: dee", second, StringComparison.Ordinal);
        Assert.DoesNotContain("hid", first + second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_week_posts_nothing_and_neither_does_one_of_hidden_people()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.Empty(await chat.WaitAsync(Week));
        await chat.SayAsync("ana", "privacy hidden");
        await chat.SayAsync("ana", "share Runbooks");
        Assert.Empty(await chat.WaitAsync(Week + Week));
    }

    [Fact]
    public async Task What_is_frozen_stays_as_it_was_when_something_is_taken_back_later()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("bo", "share Runbooks size=medium");
        await chat.WaitAsync(Week);
        await chat.SayAsync("lea", "void 1 \"copied\"");

        Assert.Equal(10, await chat.ScalarAsync<int>($"select points from closed_standings"));
        Assert.Equal(0, await chat.PointsAsync("bo"));
    }

    [Fact]
    public async Task Weeks_that_passed_while_nobody_was_there_are_closed_and_not_posted_late()
    {
        await using var database = await TestDatabase.CreateAsync(product);
        await using (var first = await Conversation.OnAsync(database.Setting))
        {
            await first.SayAsync("ana", "share Runbooks");
            await first.SayAsync("ana", "share \"Another one\"");
        }

        await using var next = await Conversation.OnAsync(database.Setting);
        next.Clock.MoveTo(next.Clock.Now + Duration.FromDays(12));
        Assert.Empty(await next.WaitAsync(Duration.FromHours(1)));
        Assert.Equal((int)ClosingState.Missed, await next.ScalarAsync<int>($"select state from closings where scope = {Scope.Week} and settled_at is not null"));
        Assert.Contains("1. ana 10", Assert.Single(await next.SayAsync("ana", "board last", "looks back")).Text, StringComparison.Ordinal);
        Assert.Contains("1 missed, the latest Mon 12 Jan 2026 09:00", Assert.Single(await next.SayAsync("ana", "schedule list", "looks on")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_with_as_many_points_share_a_rank_and_are_heroes_together()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        foreach (var name in (string[])["ana", "bo", "cy"])
            await chat.SayAsync(name, $"share \"What {name} found\" size=medium");
        await chat.SayAsync("cy", "undo");
        await chat.SayAsync("cy", "share \"A small thing\"");
        await chat.SayAsync("dee", "share \"Another one\"");
        var post = Assert.Single(await chat.WaitAsync(Week)).Text;
        Assert.StartsWith("Week of 5 January 2026 is over: 2 come first with 10 points each.\nPeople\n   1. ana 10\n   1. bo 10\n   3. cy 5\n   3. dee 5\nHeroes of the week: ana and bo, 10 points each", post, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_moves_the_post_to_another_time_or_turns_it_off()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea");
        await chat.SayAsync("lea", "share Runbooks");
        await chat.SayAsync("lea", "settings week=\"tuesday 16:30\"");
        Assert.Empty(await chat.WaitAsync(Week));
        Assert.Empty(await chat.WaitAsync(Duration.FromHours(31)));
        Assert.Single(await chat.WaitAsync(Duration.FromMinutes(30)));

        await chat.SayAsync("lea", "share \"Another one\"");
        await chat.SayAsync("lea", "settings week=off");
        Assert.Empty(await chat.WaitAsync(Week));
        Assert.Contains("1. lea 5", await chat.AskAsync("lea", "board last"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_week_is_looked_up_by_its_number_and_stays_as_it_was()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("bo", "share Runbooks size=medium");
        await chat.WaitAsync(Week);
        await chat.SayAsync("lea", "void 1 \"copied\"");
        Assert.StartsWith("Week of 5 January 2026: bo leads with 10 points.\n   1. bo 10", await chat.AskAsync("lea", "board week=2026-W02"), StringComparison.Ordinal);
        Assert.StartsWith("Week of 5 January 2026: bo leads with 10 points.\n→  1. bo 10", await chat.AskAsync("bo", "board last"), StringComparison.Ordinal);
        Assert.Equal("“2026-W60” is no week. Write it like `board week=2026-W03`.", await chat.AskAsync("bo", "board week=2026-W60"));
        Assert.Equal("Week of 9 February 2026 is still to come.", await chat.AskAsync("bo", "board week=2026-W07"));
        await chat.SayAsync("bo", "privacy hidden");
        Assert.DoesNotContain("1. bo", await chat.AskAsync("lea", "board week=2026-W02"), StringComparison.Ordinal);
    }
}

public sealed class WeekCloseOnSqliteTests() : WeekCloseTests(Product.Sqlite);
