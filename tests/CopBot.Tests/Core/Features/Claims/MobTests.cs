using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class MobTests(Product product)
{
    [Fact]
    public async Task The_host_earns_fifteen_and_each_participant_ten_once_another_participant_confirms()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        var receipt = await chat.AskAsync("bo", "mob \"Fix the flaky deploy\" with=@ana,@cy minutes=90 topic=delivery");

        Assert.StartsWith("#1 bo hosted the mob session “Fix the flaky deploy” with @ana and @cy, 90 minutes: waiting.", receipt);
        Assert.Contains("It counts when another participant types `confirm 1`", receipt);
        Assert.StartsWith("Nobody confirms their own", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal("A session is confirmed by somebody who took part, and you are not named in #1. If you were there, ask bo. Nothing was changed.", await chat.AskAsync("dee", "confirm 1"));
        Assert.Equal((0, 0, 0, 0), await PointsAsync(chat));
        Assert.Equal("#1 “Fix the flaky deploy” is confirmed by cy: 15 points for bo, 10 points for ana and cy.", await chat.AskAsync("cy", "confirm 1"));
        Assert.Equal((10, 15, 10, 0), await PointsAsync(chat));
    }

    [Fact]
    public async Task Those_who_are_not_shown_are_counted_and_not_repeated()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy", "h1", "h2");
        foreach (var hidden in (string[])["h1", "h2"])
            await chat.SayAsync(hidden, "privacy hidden");

        Assert.StartsWith("#1 bo hosted the mob session “Pairing” with @cy and two others: waiting.", await chat.AskAsync("bo", "mob \"Pairing\" with=@cy,@h1,@h2"));
        Assert.Equal("#1 “Pairing” is confirmed by cy: 15 points for bo, 10 points for cy and two others.", await chat.AskAsync("cy", "confirm 1"));
        await chat.SayAsync("bo", "mob \"Tame the alerts\" with=@h1,@h2");
        Assert.Equal("#2 “Tame the alerts” is confirmed by h1: 15 points for bo, 10 points for h1 and one other.", await chat.AskAsync("h1", "confirm 2"));
        await chat.SayAsync("bo", "mob \"Clear the queue\" with=@cy,@h1");
        Assert.Contains("10 points for cy and one other.", await chat.AskAsync("cy", "confirm 3"));
    }

    [Fact]
    public async Task A_session_of_one_is_none()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo");
        foreach (var line in (string[])["mob \"Alone\" with=@bo", "mob \"Alone\" with=@bo,@bo"])
            Assert.Equal("A mob session has at least one more person: name them, `with=@name`. Nothing was stored.", await chat.AskAsync("bo", line));
        Assert.Equal((0, 0), await chat.StoredAsync());
    }

    [Fact]
    public async Task Naming_somebody_twice_or_oneself_beside_others_pays_nobody_twice()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        await chat.SayAsync("bo", "mob \"Pairing\" with=@cy,@cy,@bo");
        await chat.SayAsync("cy", "confirm 1");
        Assert.Equal((15, 10), (await chat.PointsAsync("bo"), await chat.PointsAsync("cy")));
    }

    [Fact]
    public async Task Somebody_who_never_spoke_is_invited_in_private_and_is_nowhere_shown_before()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        var heard = await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@cy,@gil");

        var invitation = Assert.Single(heard, one => !one.IsPublic);
        Assert.Equal("@gil", invitation.Place);
        Assert.StartsWith("bo says you took part in the mob session “Fix the flaky deploy” (#1).", invitation.Text);
        Assert.Contains("[Accept] accept 1", invitation.Text);
        Assert.Contains("[Decline] decline 1", invitation.Text);
        Assert.DoesNotContain("gil", Assert.Single(heard, one => one.IsPublic).Text);

        var joined = await chat.SayAsync("gil", "help");
        Assert.Contains(joined, one => one.IsFor("gil") && one.Text.StartsWith("Welcome to the Reliability League, gil!", StringComparison.Ordinal));
        Assert.Contains("#1 mob “Fix the flaky deploy”: bo named you.", await chat.AskAsync("gil", "pending"));
    }

    [Fact]
    public async Task Speaking_is_not_accepting_and_accepting_late_earns_all_the_same()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@cy,@gil,@hal");
        Assert.StartsWith("You are in #1 “Fix the flaky deploy”. It counts when a participant confirms it.", await chat.AskAsync("gil", "accept 1"));
        await chat.JoinAsync("hal");
        Assert.Equal("#1 “Fix the flaky deploy” is confirmed by cy: 15 points for bo, 10 points for cy and gil.", await chat.AskAsync("cy", "confirm 1"));
        Assert.Equal(0, await chat.PointsAsync("hal"));

        await chat.WaitAsync(Duration.FromDays(40));
        Assert.Equal("You are in #1 “Fix the flaky deploy”: 10 points for hal.", await chat.AskAsync("hal", "accept 1"));
        Assert.Equal("Nobody waits for your answer on #1. Nothing was changed.", await chat.AskAsync("hal", "accept 1"));
        Assert.Equal(10, await chat.PointsAsync("hal"));
    }

    [Fact]
    public async Task Whoever_declines_earns_nothing_and_cannot_confirm()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@cy,@gil");
        Assert.Equal("You are not in #1 “Fix the flaky deploy”.", await chat.AskAsync("gil", "decline 1"));
        Assert.StartsWith("A session is confirmed by somebody who took part", await chat.AskAsync("gil", "confirm 1"));
        Assert.StartsWith("Nobody waits for your answer", await chat.AskAsync("gil", "accept 1"));
        await chat.SayAsync("cy", "confirm 1");
        Assert.Equal(0, await chat.PointsAsync("gil"));
    }

    [Fact]
    public async Task An_invited_person_may_confirm_and_has_then_accepted()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@gil");
        Assert.Contains("15 points for bo, 10 points for gil", await chat.AskAsync("gil", "confirm 1"));
    }

    [Fact]
    public async Task An_invitation_to_a_session_that_does_not_stand_any_more_cannot_be_accepted()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var (number, invited, who, line) in (IEnumerable<(int, string, string, string)>)[(1, "gil", "bo", "undo 1"), (2, "hal", "ana", "void 2 \"it was a demo\"")])
        {
            await chat.SayAsync("bo", $"mob \"Fix the flaky deploy\" with=@ana,@{invited}");
            await chat.SayAsync(who, line);
            Assert.Equal($"#{number} does not stand any more, so there is nothing to answer. Nothing was changed.", await chat.AskAsync(invited, $"accept {number}"));
            Assert.Equal(0, await chat.PointsAsync(invited));
        }
    }

    [Fact]
    public async Task Whoever_is_named_in_private_is_told_what_to_confirm()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        var heard = await chat.WhisperAsync("bo", "mob \"Fix the flaky deploy\" with=@cy");
        Assert.Contains("confirm 1", Assert.Single(heard, one => one.IsFor("cy")).Text);
    }

    [Fact]
    public async Task A_session_lasts_between_a_minute_and_a_day()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "cy");
        foreach (var minutes in (string[])["0", "1441"])
            Assert.Equal("`minutes` is between 1 and 1440. Nothing was stored.", await chat.AskAsync("bo", $"mob \"Long\" with=@cy minutes={minutes}"));
        Assert.StartsWith("`minutes` is a whole number", await chat.AskAsync("bo", "mob \"Long\" with=@cy minutes=-5"));
        Assert.Equal((0, 0), await chat.StoredAsync());
    }

    [Fact]
    public async Task An_observer_cannot_be_the_only_one_named_and_is_offered_nothing_that_refuses()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "obs");
        await chat.SayAsync("obs", "privacy observer");
        var refused = Assert.Single(await chat.SayAsync("bo", "mob \"Pairing\" with=@obs minutes=10"));
        Assert.True(refused.IsFor("bo"));
        Assert.Equal("They only look on, so nobody could confirm it: name somebody who takes part. Nothing was stored.", refused.Text);
        Assert.Equal((0, 0), await chat.StoredAsync());

        var told = Assert.Single(await chat.SayAsync("bo", "mob \"Pairing\" with=@obs,@cy"), one => one.IsFor("obs")).Text;
        Assert.Equal("bo says you took part in the mob session “Pairing” (#1). You only look on, so you earn nothing by it.\n  [Decline] decline 1", told);
        Assert.Equal("You are not in #1 “Pairing”.", await chat.AskAsync("obs", "decline 1"));
    }

    [Fact]
    public async Task Whoever_is_named_declines_until_it_is_confirmed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        await chat.SayAsync("bo", "mob \"Pairing\" with=@cy,@dee");
        Assert.Equal("You are not in #1 “Pairing”.", Assert.Single(await chat.SayAsync("cy", "decline 1")).Text);
        Assert.StartsWith("A session is confirmed by somebody who took part", await chat.AskAsync("cy", "confirm 1"));
        Assert.Equal("#1 “Pairing” is confirmed by dee: 15 points for bo, 10 points for dee.", await chat.AskAsync("dee", "confirm 1"));
        Assert.Equal("#1 is confirmed already. If you did not take part, `flag 1 \"why\"` asks a lead to look. Nothing was changed.", await chat.AskAsync("dee", "decline 1"));
        Assert.Equal((0, 15, 0, 10), await PointsAsync(chat));

        await chat.SayAsync("bo", "kudos @cy \"for being honest\"");
        Assert.Equal("Nobody waits for your answer on #2. Nothing was changed.", await chat.AskAsync("cy", "decline 2"));
    }

    [Fact]
    public async Task The_host_is_told_alone_when_nobody_is_left_who_could_confirm()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "obs");
        await chat.SayAsync("obs", "privacy observer");
        await chat.SayAsync("bo", "mob \"Pairing\" with=@cy,@obs,@gil");
        Assert.DoesNotContain(await chat.SayAsync("gil", "decline 1"), one => one.IsFor("bo"));
        var heard = await chat.SayAsync("cy", "decline 1");
        Assert.DoesNotContain(heard, one => one.IsPublic);
        Assert.Equal("Nobody is left who could confirm #1 “Pairing”. `undo 1` takes it back within 24 hours of logging it; otherwise it expires.", Assert.Single(heard, one => one.IsFor("bo")).Text);
        Assert.StartsWith("#1 “Pairing” is taken back", await chat.AskAsync("bo", "undo 1"));
    }

    [Fact]
    public async Task A_host_who_is_not_shown_is_called_the_host()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        await chat.SayAsync("bo", "privacy hidden");
        await chat.SayAsync("bo", "mob \"Pairing\" with=@cy");
        Assert.EndsWith("If you were there, ask the host. Nothing was changed.", await chat.AskAsync("dee", "confirm 1"));
    }

    private static async Task<(int, int, int, int)> PointsAsync(Conversation chat) =>
        (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy"), await chat.PointsAsync("dee"));
}

public sealed class MobOnSqliteTests() : MobTests(Product.Sqlite);
