using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class ShareTests(Product product)
{
    // What the table of the rules promises, worked out by hand: hands-on is half as much again, half a point counts up.
    private static readonly (string Size, int Points, int HandsOn, bool Waits)[] Sizes =
    [
        ("small", 5, 8, false), ("medium", 10, 15, false), ("large", 20, 30, true), ("huge", 40, 60, true),
    ];

    [Fact]
    public async Task Every_size_in_every_format_earns_what_the_table_says_and_when()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref");
        var number = 0;
        foreach (var (size, points, handsOn, waits) in Sizes)
        {
            foreach (var format in (string[])["", "talk", "doc", "post", "coaching", "code", "demo", "lab"])
            {
                var promised = format is "code" or "demo" or "lab" ? handsOn : points;
                var name = $"m{++number}";
                var receipt = await chat.AskAsync(name, $"share \"{Unlike(number)}\" size={size} {(format == "" ? "" : $"format={format}")}");
                Assert.StartsWith($"#{number} {name} shared “{Unlike(number)}” ({size}{(format == "" ? "" : $", {format}")}): ", receipt);
                if (waits)
                {
                    Assert.Contains(": waiting.", receipt);
                    Assert.Contains($"`confirm {number}`, within 14 days", receipt);
                    Assert.Equal(0, await chat.PointsAsync(name));
                    Assert.Contains($"confirmed by ref: {promised} points for {name}.", await chat.AskAsync("ref", $"confirm {number}"));
                }
                else
                {
                    Assert.Contains($": {promised} points for {name}.", receipt);
                }

                Assert.Equal(promised, await chat.PointsAsync(name));
            }
        }

        Assert.Equal(0, await chat.PointsAsync("ref"));
    }

    [Fact]
    public async Task A_share_without_a_size_is_small_and_its_receipt_shows_link_and_topic_to_everybody()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        var receipt = Assert.Single(await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\" link=https://example.org/r topic=incidents"));

        Assert.True(receipt.IsPublic);
        Assert.Equal(
            """
            #1 ana shared “Runbooks that cut MTTR” (small): 5 points for ana.
            Link: https://example.org/r
            Topic: incidents
              [We used this] used 1
            """, receipt.Text);
    }

    [Fact]
    public async Task However_it_is_typed_it_is_the_same_share()
    {
        await using var chat = await Conversation.StartAsync(product);
        foreach (var line in (string[])
        [
            "share Runbooks that cut MTTR",
            "/cop share \"Runbooks that cut MTTR\"",
            "@CopBot share “Runbooks that cut MTTR”",
            "share size=small Runbooks that cut MTTR",
            "share Runbooks —size=small that cut MTTR",
        ])
        {
            Assert.Contains(" ana shared “Runbooks that cut MTTR” (small): 5 points", await chat.AskAsync("ana", line));
            await chat.SayAsync("ana", "undo");
        }
    }

    [Fact]
    public async Task A_share_in_private_is_told_to_its_author_alone_and_counts_all_the_same()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.All(await chat.WhisperAsync("ana", "share \"Quietly\""), heard => Assert.True(heard.IsFor("ana") && !heard.Text.Contains("We used this", StringComparison.Ordinal)));
        Assert.Contains("ana 5", await chat.AskAsync("bo", "board"));
    }

    // A title that has no letter in common with that of another number.
    private static string Unlike(int number) => new("abcdefghijklmnopqrstuvwxyz0123456789"[number], 12);

    [Fact]
    public async Task Large_work_is_not_confirmed_twice_and_small_work_not_at_all()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", "share \"A tip\"");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("bo", "confirm 2");

        Assert.Equal("#1 does not wait for confirmation: it counts as it is. Nothing was changed.", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal("#2 does not wait for confirmation: it was confirmed already. Nothing was changed.", await chat.AskAsync("cy", "confirm 2"));
        Assert.Equal(25, await chat.PointsAsync("ana"));
    }
}

public sealed class ShareOnSqliteTests() : ShareTests(Product.Sqlite);
