using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class CapsTests(Product product)
{
    [Fact]
    public async Task Sixty_points_a_day_are_the_most_and_the_rest_is_explained_to_the_person_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "ana");
        await TellWinsAsync(chat, "ana", 7);
        var heard = await chat.SayAsync("ana", "win \"hhhhhhhh\"");

        Assert.Equal(60, await chat.PointsAsync("ana"));
        var why = Assert.Single(heard, one => !one.IsPublic);
        Assert.True(why.IsFor("ana"));
        Assert.Equal("#8 is logged; 4 of 8 points are not counted: at most 60 points a day. Nothing else is lost, and your points count again tomorrow.", why.Text);
        Assert.Equal("#8 ana tells a win: “hhhhhhhh”: 4 points for ana.", Assert.Single(heard, one => one.IsPublic).Text);

        Assert.Contains("no points", await chat.AskAsync("ana", "failure \"Nothing left\""));
        Assert.Equal(60, await chat.PointsAsync("ana"));
        await chat.WaitAsync(Duration.FromHours(15));
        Assert.Contains("8 points for ana", await chat.AskAsync("ana", "failure \"A new day in Madrid\""));
    }

    [Fact]
    public async Task Whoever_is_paid_by_somebody_elses_word_is_told_what_the_cap_kept_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "ana");
        await chat.SayAsync("ana", "share \"A reusable tool\" size=large");
        await TellWinsAsync(chat, "ana", 6);
        var heard = await chat.SayAsync("ref", "confirm 1");

        Assert.Equal("#1 “A reusable tool” is confirmed by ref: 12 points for ana.", Assert.Single(heard, one => one.IsPublic).Text);
        Assert.StartsWith("#1 is logged; 8 of 20 points are not counted: at most 60 points a day.", Assert.Single(heard, one => one.IsFor("ana")).Text);
        Assert.StartsWith("#8 “thanks” is for you too; 3 of 3 points are not counted", Assert.Single(await chat.SayAsync("ref", "kudos @ana \"thanks\""), one => one.IsFor("ana")).Text);
        Assert.Equal((60, 1), (await chat.PointsAsync("ana"), await chat.PointsAsync("ref")));
    }

    [Fact]
    public async Task Small_shares_earn_twenty_a_week_and_larger_ones_go_on()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "ana");
        foreach (var title in (string[])["aaaaaaaa", "bbbbbbbb"])
            await chat.SayAsync("ana", $"share {title} format=code");
        var third = await chat.SayAsync("ana", "share cccccccc format=code");

        Assert.StartsWith("#3 is logged; 4 of 8 points are not counted: at most 20 points a week from small shares. Nothing else is lost, and your points count again next week.", Assert.Single(third, one => one.IsFor("ana")).Text);
        Assert.Equal(20, await chat.PointsAsync("ana"));
        Assert.Contains("10 points for ana", await chat.AskAsync("ana", "share dddddddd size=medium"));

        await chat.WaitAsync(Duration.FromDays(6));
        Assert.Contains("no points", await chat.AskAsync("ana", "share eeeeeeee"));
        await chat.WaitAsync(Duration.FromDays(1));
        Assert.Contains("5 points for ana", await chat.AskAsync("ana", "share ffffffff"));
    }

    [Fact]
    public async Task What_is_taken_back_gives_the_caps_their_room_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "ana");
        await TellWinsAsync(chat, "ana", 8);
        Assert.Equal(60, await chat.PointsAsync("ana"));
        await chat.SayAsync("ana", "undo 1");
        Assert.Equal(52, await chat.PointsAsync("ana"));
        Assert.Contains("8 points for ana", await chat.AskAsync("ana", "failure \"Room again\""));

        await chat.SayAsync("ref", "void 2 \"it did not happen\"");
        Assert.Contains("8 points for ana", await chat.AskAsync("ana", "failure \"And once more\""));
        Assert.Equal(60, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task A_days_end_is_midnight_in_the_communitys_zone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref", "ana");
        await chat.WaitAsync(Duration.FromHours(14.75));
        await TellWinsAsync(chat, "ana", 8);
        await chat.WaitAsync(Duration.FromMinutes(14));
        Assert.Contains("no points", await chat.AskAsync("ana", "failure \"23:59 in Madrid\""));
        await chat.WaitAsync(Duration.FromMinutes(1));
        Assert.Contains("8 points for ana", await chat.AskAsync("ana", "failure \"Midnight in Madrid\""));
    }

    private static async Task TellWinsAsync(Conversation chat, string name, int count)
    {
        for (var number = 0; number < count; number++)
            await chat.SayAsync(name, $"win {new string((char)('a' + number), 8)}");
    }
}

public sealed class CapsOnSqliteTests() : CapsTests(Product.Sqlite);
