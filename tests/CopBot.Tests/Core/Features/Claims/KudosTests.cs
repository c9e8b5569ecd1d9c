using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class KudosTests(Product product)
{
    [Fact]
    public async Task The_receiver_earns_three_and_the_giver_one_at_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        var receipt = Assert.Single(await chat.SayAsync("bo", "kudos @ana \"for reviewing the runbook\""));

        Assert.True(receipt.IsPublic);
        Assert.Equal("#1 bo thanks @ana “for reviewing the runbook”: 3 points for ana, 1 point for bo.", receipt.Text);
        Assert.Equal((3, 1), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task The_reason_is_asked_for_in_private_and_nothing_is_stored_without_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        var asked = Assert.Single(await chat.SayAsync("bo", "kudos @ana"));

        Assert.True(asked.IsFor("bo"));
        Assert.StartsWith("`kudos` still needs `reason`. Nothing was stored yet.\n  to: Whom = @ana\n  reason: What for", asked.Text);
        Assert.Equal((0, 0), await chat.StoredAsync());
    }

    [Fact]
    public async Task Nobody_thanks_themselves_or_somebody_unknown()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.Equal("Kudos are for somebody else. Nothing was stored.", await chat.AskAsync("ana", "kudos @ana \"well done me\""));
        Assert.Equal("I do not know “@zoe”. I only know people who have said something to me; mention them as `@name`. Nothing was stored.", await chat.AskAsync("ana", "kudos @zoe \"thanks\""));
        Assert.Equal((0, 0), await chat.StoredAsync());
    }

    [Fact]
    public async Task The_same_person_is_thanked_twice_a_week_and_five_are_thanked_in_all()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee", "eli");
        await chat.SayAsync("ana", "kudos @bo \"one\"");
        await chat.SayAsync("ana", "kudos @bo \"two\"");
        var refused = Assert.Single(await chat.SayAsync("ana", "kudos @bo \"three\""));
        Assert.True(refused.IsFor("ana"));
        Assert.Equal("The rule is: you may thank the same person twice a week, and that is used up until Mon 12 January. Nothing was stored; try again then.", refused.Text);

        // The other way round it is another pair.
        Assert.Contains("3 points for ana", await chat.AskAsync("bo", "kudos @ana \"back\""));
        foreach (var other in (string[])["cy", "dee", "eli"])
            Assert.Contains($"3 points for {other}", await chat.AskAsync("ana", $"kudos @{other} \"thanks\""));
        Assert.Equal("The rule is: you may give kudos 5 times a week, and that is used up until Mon 12 January. Nothing was stored; try again then.", await chat.AskAsync("ana", "kudos @cy \"six\""));
        Assert.Equal(6, (await chat.StoredAsync()).Claims);

        await chat.WaitAsync(Duration.FromDays(7));
        Assert.Contains("3 points for bo", await chat.AskAsync("ana", "kudos @bo \"a new week\""));
    }

    [Fact]
    public async Task Kudos_taken_back_leave_room_for_others()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "kudos @bo \"one\"");
        await chat.SayAsync("ana", "kudos @bo \"two\"");
        await chat.SayAsync("ana", "undo");
        Assert.Contains("3 points for bo", await chat.AskAsync("ana", "kudos @bo \"three\""));
    }

    [Theory]
    [InlineData("bo", "privacy hidden", false)]
    [InlineData("ana", "privacy hidden", false)]
    [InlineData("cy", "help", true)]
    public async Task Thanks_that_the_receiver_would_not_recognise_in_the_channel_reach_them_in_private(string who, string line, bool inPrivate)
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("cy", "ana", "bo");
        await chat.SayAsync(who, line);
        var heard = await chat.SayAsync(chat.Event("bo", "kudos @ana \"for the review\"", inPrivate));
        Assert.EndsWith("thanks you “for the review” (#1).", Assert.Single(heard, one => one.IsFor("ana")).Text);
    }

    [Fact]
    public async Task Observers_neither_give_nor_receive()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "privacy observer");
        Assert.Equal("They only look on and take no kudos. Say thank you in person. Nothing was stored.", await chat.AskAsync("ana", "kudos @bo \"thanks\""));
        Assert.Equal("You only look on. `privacy public` or `privacy hidden` lets you take part. Nothing was stored.", await chat.AskAsync("bo", "kudos @ana \"thanks\""));
        Assert.Equal((0, 0), await chat.StoredAsync());
    }
}

public sealed class KudosOnSqliteTests() : KudosTests(Product.Sqlite);
