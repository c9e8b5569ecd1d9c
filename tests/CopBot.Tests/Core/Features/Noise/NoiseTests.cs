using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Noise;

/// <summary>What waits is said exactly once, on every database.</summary>
public abstract class NoiseTests(Product product)
{
    [Fact]
    public async Task While_a_channel_is_frozen_nothing_is_said_there_and_afterwards_one_message_tells_all_of_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "announce \"Stand-up notes\" every=day at=10:00");
        await chat.SayAsync("lea", "announce \"Patch night\" at=\"tomorrow 18:00\"");
        var frozen = await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
        Assert.Equal(("#general", "I am quiet here during “Checkout is down”. `thaw` ends it; what waits is told then."), (frozen[0].Place, frozen[0].Text));
        Assert.Equal((true, false), (frozen[0].IsPublic, frozen[1].IsPublic));

        // Whoever logs something is answered for their eyes alone.
        var receipt = Assert.Single(await chat.SayAsync("bo", "win \"Rolled back in four minutes\""));
        Assert.Equal("bo", receipt.Only);
        Assert.StartsWith("#1 bo tells a win", receipt.Text);
        Assert.EndsWith("\nOnly you see this: it is quiet here during “Checkout is down”.", receipt.Text);
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.Equal(3, await chat.ScalarAsync<int>($"select count(*) from held_posts"));

        var thawed = await chat.SayAsync("lea", "thaw");
        Assert.Equal(
            """
            Catching up: 3 posts waited while it was quiet here.
            Mon 5 Jan 10:00: Stand-up notes
            Tue 6 Jan 10:00: Stand-up notes
            Tue 6 Jan 18:00: Patch night
            """, Assert.Single(thawed, one => one.IsPublic).Text);
        Assert.Equal("I speak again in #general. 3 posts waited, told in one message. Deadlines moved by 2 days.", thawed[^1].Text);
        Assert.Equal("Stand-up notes", Assert.Single(await chat.WaitAsync(Duration.FromDays(1))).Text);
        Assert.True(Assert.Single(await chat.SayAsync("bo", "win \"Nobody was paged\"")).IsPublic);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from held_posts"));
    }

    [Fact]
    public async Task Beyond_the_budget_posts_wait_for_one_digest_that_does_not_count()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "settings budget=2");
        await chat.SayAsync("lea", "announce \"Notes\" every=weekday at=10:00");
        Assert.Equal(["Notes", "Notes"], (await chat.WaitAsync(Duration.FromDays(6))).Select(one => one.Text));

        var week = await chat.WaitAsync(Duration.FromDays(7));
        Assert.Equal(
            """
            3 posts waited for the new week.
            Wed 7 Jan 10:00: Notes
            Thu 8 Jan 10:00: Notes
            Fri 9 Jan 10:00: Notes
            This channel hears 2 unasked posts a week; what comes on top waits for the next.
            """, week[0].Text);
        Assert.Equal(["Notes", "Notes"], week.Skip(1).Select(one => one.Text));
        Assert.Equal(3, await chat.ScalarAsync<int>($"select count(*) from held_posts"));
    }

    [Fact]
    public async Task Outside_the_working_hours_a_post_waits_and_can_still_be_cancelled()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "settings hours=\"mon-fri 09:00-17:00\"");
        Assert.Contains(
            "\nThat is outside the working hours (mon-fri 09:00-17:00): it waits until they begin and is said on Mon 12 Jan 2026 09:00.\n",
            await chat.AskAsync("lea", "announce \"Patch night\" at=\"2026-01-10 20:00\""));
        await chat.SayAsync("lea", "announce \"A mistake\" at=\"2026-01-10 21:00\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(6)));
        Assert.EndsWith("\n2 posts that were due wait; `held` says what for.", await chat.AskAsync("lea", "schedule list"));
        Assert.Contains("\nSat 10 Jan 20:00: “Patch night” in #general, until the working hours begin, Mon 12 Jan 09:00\n", await chat.AskAsync("lea", "held"));
        Assert.EndsWith("What it had to say and had not gone out is withdrawn.", await chat.AskAsync("lea", "schedule cancel 2"));
        Assert.Equal("Patch night", Assert.Single(await chat.WaitAsync(Duration.FromDays(3))).Text);
    }

    [Fact]
    public async Task What_a_schedule_would_have_said_over_the_weekend_is_said_once_on_monday()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "settings hours=\"mon-fri 09:00-17:00\"");
        await chat.SayAsync("lea", "announce \"Notes\" every=day at=10:00");
        await chat.SayAsync("lea", "announce \"Patch night\" at=\"2026-01-10 22:00\"");
        Assert.Equal(["Notes", "Notes", "Notes", "Notes", "Notes"], (await chat.WaitAsync(Duration.FromDays(6))).Select(one => one.Text));
        Assert.Equal(["Patch night", "Notes", "Notes"], (await chat.WaitAsync(Duration.FromDays(1) + Duration.FromHours(2))).Select(one => one.Text));
    }

    [Fact]
    public async Task Deadlines_rest_while_the_main_channel_is_frozen()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("bo", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("bo", "experiment start \"Canary\" measure=rollbacks due=2026-01-20");
        await chat.WaitAsync(Duration.FromDays(10));
        await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
        await chat.WaitAsync(Duration.FromDays(1));
        await chat.SayAsync("bo", "share \"A tool for runbooks\" size=large");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(29)));
        await chat.SayAsync("lea", "thaw");
        Assert.Equal(20260219, await chat.ScalarAsync<int>($"select due_on from claims where number = 2"));

        // Of the fourteen days, ten were over; the second share was made on the first day of thirty.
        var first = Assert.Single(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.StartsWith("#1 “A workshop on postmortems” still waits for somebody to confirm it; it expires in 3 days.", first.Text);
        Assert.StartsWith("#1 “A workshop on postmortems” expired", Assert.Single(await chat.WaitAsync(Duration.FromDays(3))).Text);
        Assert.StartsWith("#3 “A tool for runbooks” still waits", Assert.Single(await chat.WaitAsync(Duration.FromDays(7))).Text);
        Assert.StartsWith("#3 “A tool for runbooks” expired", Assert.Single(await chat.WaitAsync(Duration.FromDays(3))).Text);
    }

    [Fact]
    public async Task Reminders_come_in_a_persons_own_hours()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.StartsWith("Reminders reach you at any time;", await chat.AskAsync("bo", "hours"));
        Assert.Equal("From now on reminders reach you `mon-fri 12:00-16:00`, Europe/Lisbon time. What you ask is answered at once, whenever that is.", await chat.AskAsync("bo", "hours mon-fri 12:00-16:00 zone=europe/lisbon"));
        Assert.Contains("\"workingHours\": \"mon-fri 12:00-16:00\"", (await chat.SayAsync("bo", "my data"))[^1].Text);
        await chat.WaitAsync(Duration.FromDays(1));
        await chat.SayAsync("bo", "share \"A workshop on postmortems\" size=large");

        // Eleven days on, nine in Madrid on a Saturday: Monday noon in Lisbon is one o'clock in Madrid.
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(13) + Duration.FromMinutes(239)));
        Assert.Contains("it expires in 1 day.", Assert.Single(await chat.WaitAsync(Duration.FromMinutes(1))).Text);
        Assert.StartsWith("From now on reminders reach you at any time;", await chat.AskAsync("bo", "hours off"));
    }
}

public sealed class NoiseOnSqliteTests() : NoiseTests(Product.Sqlite);
