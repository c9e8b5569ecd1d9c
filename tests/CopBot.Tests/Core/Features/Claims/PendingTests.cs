using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class PendingTests(Product product)
{
    [Fact]
    public async Task Pending_lists_what_one_can_confirm_what_one_is_invited_to_and_what_waits_of_ones_own()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        Assert.Equal("Nothing waits, neither for you nor of yours.", await chat.AskAsync("ana", "pending"));
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@cy,@gil");
        await chat.WaitAsync(Duration.FromDays(2));

        Assert.Equal("0 for you to answer, 1 of yours waiting for others.\nYours: #1 share “A workshop on postmortems”, expires in 12 days.", await chat.AskAsync("ana", "pending"));
        Assert.Equal(
            """
            1 for you to answer, 1 of yours waiting for others.
            #1 share “A workshop on postmortems” by ana, expires in 12 days.
              [Confirm] confirm 1
            Yours: #2 mob “Fix the flaky deploy”, expires in 12 days.
            """, await chat.AskAsync("bo", "pending"));
        var answer = Assert.Single(await chat.SayAsync("cy", "pending"));
        Assert.True(answer.IsFor("cy"));
        Assert.Contains("[Confirm] confirm 1", answer.Text);
        Assert.Contains("[Confirm] confirm 2", answer.Text);
        Assert.Contains("#2 mob “Fix the flaky deploy”: bo named you.\n  [Accept] accept 2\n  [Decline] decline 2", await chat.AskAsync("gil", "pending"));
    }

    [Fact]
    public async Task Nothing_waits_twice_for_somebody_who_is_invited()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@gil");
        Assert.StartsWith("1 for you to answer, 0 of yours waiting for others.", await chat.AskAsync("gil", "pending"));
    }

    [Fact]
    public async Task A_lead_sees_what_is_flagged_and_a_member_does_not()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "share \"Doubtful tip\"");
        await chat.SayAsync("bo", "flag 1 \"seen before\"");

        Assert.Equal(
            """
            1 for you to answer, 0 of yours waiting for others.
            #1 share “Doubtful tip” by ana was flagged: seen before
              [It is fine] unflag 1
              [Declare it void] void 1
            """, await chat.AskAsync("lea", "pending"));
        Assert.Equal("Nothing waits, neither for you nor of yours.", await chat.AskAsync("bo", "pending"));
        await chat.SayAsync("lea", "unflag 1");
        Assert.Equal("Nothing waits, neither for you nor of yours.", await chat.AskAsync("lea", "pending"));
    }

    [Fact]
    public async Task What_waits_and_was_said_in_private_says_whom_to_ask()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        Assert.Equal(
            """
            #1 ana shared “A workshop on postmortems” (large): waiting.
            Nobody else hears this here: ask a colleague to type `confirm 1` within 14 days, then it counts. It also stands in everybody's `pending`.
            """, await chat.WhisperAskAsync("ana", "share \"A workshop on postmortems\" size=large"));
        await chat.SayAsync("hid", "privacy hidden");
        Assert.Contains("ask a colleague to type `confirm 2` within 14 days", await chat.AskAsync("hid", "share \"A tool for runbooks\" size=large"));
        Assert.EndsWith("Nobody else hears this here, but those who took part are told: it counts when one of them types `confirm 3`, within 14 days.", await chat.WhisperAskAsync("ana", "mob \"Pairing\" with=@bo"));
        Assert.Contains("20 points for ana", await chat.AskAsync("bo", "confirm 1"));
    }

    [Fact]
    public async Task Observers_have_nothing_to_confirm()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("bo", "privacy observer");
        Assert.Equal("Nothing waits, neither for you nor of yours.", await chat.AskAsync("bo", "pending"));
        Assert.StartsWith("You only look on.", await chat.AskAsync("bo", "confirm 1"));
    }

    [Fact]
    public async Task A_long_list_is_cut_and_says_so()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        for (var number = 0; number < 12; number++)
            await chat.SayAsync("ana", $"share {new string((char)('a' + number), 8)} size=large");

        Assert.EndsWith("… and 2 more of yours.", await chat.AskAsync("ana", "pending"));
        Assert.EndsWith("… and 2 more to confirm.", await chat.AskAsync("bo", "pending"));
    }
}

public sealed class PendingOnSqliteTests() : PendingTests(Product.Sqlite);
