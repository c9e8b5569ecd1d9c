using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class ExpiryTests(Product product)
{
    [Fact]
    public async Task The_author_is_reminded_three_days_before_a_claim_expires_after_fourteen()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");

        Assert.Empty(await chat.WaitAsync(Duration.FromDays(11) - Duration.FromMinutes(1)));
        var reminder = Assert.Single(await chat.WaitAsync(Duration.FromMinutes(1)));
        Assert.Equal("@ana", reminder.Place);
        Assert.Equal("#1 “A workshop on postmortems” still waits for somebody to confirm it; it expires in 3 days. Ask a colleague to type `confirm 1`.", reminder.Text);

        Assert.Empty(await chat.WaitAsync(Duration.FromDays(3) - Duration.FromMinutes(1)));
        var gone = Assert.Single(await chat.WaitAsync(Duration.FromMinutes(1)));
        Assert.Equal("@ana", gone.Place);
        Assert.StartsWith("#1 “A workshop on postmortems” expired: nobody confirmed it within 14 days. Its words are kept;", gone.Text);
        Assert.StartsWith("#1 does not wait for confirmation: it expired because nobody confirmed it in time; its author can log it again.", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal(0, await chat.PointsAsync("ana"));
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(30)));
        Assert.Contains("waiting", await chat.AskAsync("ana", "share \"A workshop on postmortems\" size=large"));
        Assert.Contains("20 points for ana", await chat.AskAsync("bo", "confirm 2"));
    }

    [Fact]
    public async Task What_waits_no_more_is_neither_reminded_of_nor_expires()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "ana");
        foreach (var title in (string[])["aaaaaaaa", "bbbbbbbb", "cccccccc"])
            await chat.SayAsync("ana", $"share {title} size=large");
        await chat.SayAsync("bo", "confirm 1");
        await chat.SayAsync("ana", "undo 2");
        await chat.SayAsync("bo", "void 3 \"it never was\"");
        Assert.StartsWith("Week of 5 January 2026 is over", Assert.Single(await chat.WaitAsync(Duration.FromDays(20))).Text, StringComparison.Ordinal);
        Assert.Equal(20, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task It_can_be_confirmed_until_the_last_minute_and_counts_on_the_day_of_the_confirmation()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "ana");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.WaitAsync(Duration.FromDays(14) - Duration.FromMinutes(1));
        Assert.Contains("20 points for ana", await chat.AskAsync("bo", "confirm 1"));
        Assert.Contains("1. ana 20", await chat.AskAsync("bo", "board week"));
    }
}

public sealed class ExpiryOnSqliteTests() : ExpiryTests(Product.Sqlite);
