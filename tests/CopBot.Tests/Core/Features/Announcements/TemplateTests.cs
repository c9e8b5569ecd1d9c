using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Announcements;

public abstract class TemplateTests(Product product)
{
    [Fact]
    public async Task A_template_is_announced_with_its_holes_filled_each_by_its_type()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.Contains("mob: Mob session on {topic}, {when:date}, hosted by {host:person}.", await chat.AskAsync("bo", "template list"), StringComparison.Ordinal);
        Assert.StartsWith(
            "Schedule 1: “Mob session on the pager bot, Thursday 8 January at 15:00, hosted by @bo. Come as you are; watching is fine.” will be said in #general once, on Tuesday 6 January 2026 at 09:00, Europe/Madrid time.",
            await chat.AskAsync("lea", "template post mob holes=\"topic=the pager bot; when=thursday 15:00; host=@bo\" at=\"tomorrow 09:00\""), StringComparison.Ordinal);
        Assert.Equal("Mob session on the pager bot, Thursday 8 January at 15:00, hosted by @bo. Come as you are; watching is fine.", Assert.Single(await chat.WaitAsync(Duration.FromDays(2))).Text);
    }

    [Fact]
    public async Task Every_hole_that_is_wrong_is_named_at_once_and_nothing_is_stored()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        Assert.Equal(
            "`mob` has no hole `where`. `topic` is missing (text). `when` is missing (date). I do not know “@nobody”. I only know people who have said something to me; mention them as `@name`. Write `holes=\"topic=…; when=…; host=…\"`. Nothing was stored.",
            await chat.AskAsync("lea", "template post mob holes=\"where=here; host=@nobody\" at=\"tomorrow 09:00\""));
        Assert.Equal(
            "I do not understand the date “banana”. Write `2026-01-12 14:00`, `tomorrow 14:00`, `next friday 15:00` or `in 2 hours`. Write `holes=\"topic=…; when=…; host=…\"`. Nothing was stored.",
            await chat.AskAsync("lea", "template post mob holes=\"topic=x; when=banana; host=@lea\" at=\"tomorrow 09:00\""));
        Assert.Equal("There is no template “mop”. Did you mean `mob`? Nothing was stored.", await chat.AskAsync("lea", "template post mop at=\"tomorrow 09:00\""));
        Assert.Contains("One of them is not shown to others, so an announcement cannot name them.", await chat.AskAsync("lea", "template post mob holes=\"topic=x; when=thursday; host=@hid\" at=\"tomorrow 09:00\""), StringComparison.Ordinal);
        Assert.Contains("“javascript:alert(1)”", await chat.AskAsync("lea", "template post call holes=\"gathering=x; when=thursday; link=javascript:alert(1)\" at=\"tomorrow 09:00\""), StringComparison.Ordinal);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from schedules"));
    }

    [Fact]
    public async Task A_template_that_names_a_day_does_not_come_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea");
        Assert.Equal(
            "`call` names a day (`when`), which is over when it comes again: leave out `every`, or take a template without a date. Nothing was stored.",
            await chat.AskAsync("lea", "template post call holes=\"gathering=x; when=thursday 15:00; link=https://example.org/d\" every=thursday at=09:00"));
    }

    [Fact]
    public async Task The_receipt_says_what_a_change_of_clocks_does_to_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.Contains("Mind that the clocks change: there is no 02:30 that day; by the clock it is said at 03:00.", await chat.AskAsync("lea", "announce \"Night\" at=\"2026-03-29 02:30\""), StringComparison.Ordinal);
        Assert.Contains("Mind that the clocks change: 02:30 comes twice, it runs the first time; by the clock it is said at 02:30.", await chat.AskAsync("lea", "announce \"Night\" at=\"2026-10-25 02:30\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_left_is_named_by_what_was_planned_before()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "template post mob holes=\"topic=the pager bot; when=thursday 15:00; host=@bo\" at=\"tomorrow 09:00\"");
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.DoesNotContain("bo.", Assert.Single(await chat.WaitAsync(Duration.FromDays(2))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announcement_goes_to_the_channels_it_is_meant_for_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.StartsWith("Schedule 1: “Drill at three” will be said in #ops and #dev once,", await chat.AskAsync("lea", "announce \"Drill at three\" at=\"tomorrow 09:00\" in=#ops,#dev"), StringComparison.Ordinal);
        Assert.Equal(["#ops", "#dev"], (await chat.WaitAsync(Duration.FromDays(2))).Select(heard => heard.Place));
        Assert.StartsWith("A channel is written like `#general`; “ops” is none.", await chat.AskAsync("lea", "announce \"Drill at three\" at=\"tomorrow 09:00\" in=ops"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_two_leads_are_asked_for_nothing_is_said_before_the_second_one_approves()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "leo", "bo");
        await chat.SayAsync("lea", "settings approval=on");
        Assert.StartsWith("Announcements need the word of a second lead, and there is none.", await chat.AskAsync("lea", "announce \"Drill at three\" at=\"tomorrow 09:00\""), StringComparison.Ordinal);
        await chat.SayAsync("lea", "role @leo lead");
        var heard = await chat.SayAsync("lea", "announce \"Drill at three\" at=\"tomorrow 09:00\"");
        Assert.Contains("once a second lead approves it. The other lead is asked.", heard.Single(one => one.Only == "lea").Text, StringComparison.Ordinal);
        Assert.StartsWith("lea would like to announce something. Schedule 1: “Drill at three”", heard.Single(one => one.Place == "@leo").Text, StringComparison.Ordinal);

        Assert.Equal("Schedule 1 is your own, so another lead has to approve it. Nothing was changed.", await chat.AskAsync("lea", "schedule approve 1"));
        Assert.Equal("Schedule 1 is proposed: there is nothing to resume. Nothing was changed.", await chat.AskAsync("lea", "schedule resume 1"));
        Assert.Contains("waits for a second lead, `schedule approve 1`", await chat.AskAsync("bo", "schedule list"), StringComparison.Ordinal);
        await chat.SayAsync("leo", "schedule approve 1");
        Assert.Equal("Drill at three", Assert.Single(await chat.WaitAsync(Duration.FromDays(2))).Text);

        await chat.SayAsync("lea", "announce \"Too late\" at=\"tomorrow 09:00\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.StartsWith("Schedule 2, “Too late”, is approved, but its time passed while it waited; it is not said.", (await chat.SayAsync("leo", "schedule approve 2")).Single(one => one.Only == "leo").Text, StringComparison.Ordinal);
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(1)));
    }

    [Fact]
    public async Task A_spanish_community_writes_its_dates_in_spanish()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "settings language=es");
        Assert.Contains("once, on Friday 9 January 2026 at 15:00", await chat.AskAsync("lea", "announce \"Taller\" at=\"el próximo viernes a las 15:00\""), StringComparison.Ordinal);
        Assert.Contains("every Thursday at 09:30", await chat.AskAsync("lea", "announce \"Notas\" every=jueves at=09:30"), StringComparison.Ordinal);
    }
}

public sealed class TemplateOnSqliteTests() : TemplateTests(Product.Sqlite);
