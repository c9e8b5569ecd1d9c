using System.Globalization;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Boards;

public abstract class WhyTests(Product product)
{
    [Fact]
    public async Task Why_lists_entries_that_sum_to_the_total_with_rule_version_and_confirmer()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo", "ana");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("bo", "confirm 1");
        await chat.SayAsync("bo", "kudos @ana \"for the workshop\"");
        await chat.SayAsync("ana", "win \"Oops\"");
        await chat.SayAsync("ana", "undo");

        var why = Assert.Single(await chat.SayAsync("ana", "why"));
        Assert.True(why.IsFor("ana"));
        Assert.Equal(
            """
            All time: You have 23 points from 4 entries.
            -8: Win: #3 “Oops” on 2026-01-05, taken back (win.story, policy 1)
            +8: Win: #3 “Oops” on 2026-01-05 (win.story, policy 1)
            +3: Kudos, received: #2 “for the workshop” on 2026-01-05 (kudos.receiver, policy 1)
            +20: Share, large: #1 “A workshop on postmortems” on 2026-01-05, confirmed by bo (share.large, policy 1)
            Sum: 23 points.
            """, why.Text);
        Assert.Equal(23, Sum(why.Text));
        Assert.Contains("All time: You have 1 point from 1 entry.", await chat.AskAsync("bo", "why"));
    }

    [Fact]
    public async Task Why_of_a_period_explains_the_number_that_the_board_shows()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "win \"January\"");
        await chat.WaitAsync(Duration.FromDays(90));
        await chat.SayAsync("ana", "share \"April\"");

        foreach (var (period, points) in ((string, int)[])[("week", 5), ("month", 5), ("season", 5), ("all", 13)])
        {
            Assert.Equal(points, Sum(await chat.AskAsync("ana", $"why {period}")));
            Assert.Contains($"1. ana {points}", await chat.AskAsync("ana", $"board {period}"));
        }

        await chat.WaitAsync(Duration.FromDays(7));
        Assert.Equal("Week of 6 April 2026: You have no entries yet.", await chat.AskAsync("ana", "why week"));
    }

    [Fact]
    public async Task What_caps_kept_back_is_shown_to_oneself_and_to_a_lead_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        for (var number = 0; number < 5; number++)
            await chat.SayAsync("ana", $"share {new string((char)('a' + number), 8)}");

        const string Kept = "0: Share, small: #5 “eeeeeeee” on 2026-01-05; the small shares cap kept back 5 (share.small, policy 1)";
        const string Sentence = "Caps kept back 5 points; they stand beside their entries and are not in the sum.";
        foreach (var own in (string[])[await chat.AskAsync("ana", "why"), await chat.AskAsync("lea", "why @ana")])
        {
            Assert.Contains(Kept, own);
            Assert.Contains(Sentence, own);
            Assert.Equal(20, Sum(own));
        }

        var others = await chat.AskAsync("bo", "why @ana");
        Assert.DoesNotContain("kept back", others);
        Assert.Equal(20, Sum(others));
        Assert.DoesNotContain("kept back", await chat.AskAsync("bo", "why #5"));
        Assert.Contains("kept back 5", await chat.AskAsync("ana", "why #5"));
    }

    [Fact]
    public async Task Others_see_public_people_only_and_a_lead_sees_all()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "win \"Nobody was paged\"");
        Assert.StartsWith("All time: ana has 8 points from 1 entry.", await chat.AskAsync("bo", "why @ana"));

        // The alias and the name must not lead to each other.
        foreach (var (privacy, shown) in (IEnumerable<(string, string)>)[("alias Phoenix", "Phoenix"), ("hidden", "someone"), ("observer", "someone")])
        {
            await chat.SayAsync("ana", $"privacy {privacy}");
            Assert.Equal("Those points are not public. `why` without a name explains yours.", await chat.AskAsync("bo", "why @ana"));
            Assert.StartsWith($"All time: {shown} has 8 points from 1 entry.", await chat.AskAsync("lea", "why @ana"));
            Assert.StartsWith("All time: You have 8 points from 1 entry.", await chat.AskAsync("ana", "why"));
        }
    }

    [Fact]
    public async Task Why_of_a_claim_names_who_earned_what_and_counts_hidden_members_together()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cy", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@cy,@hid");
        Assert.StartsWith("#1 mob “Fix the flaky deploy” by bo: 0 points, waiting for confirmation.", await chat.AskAsync("lea", "why #1"));
        await chat.SayAsync("hid", "confirm 1");

        Assert.Equal(
            """
            #1 mob “Fix the flaky deploy” by bo: 35 points, confirmed.
            +10: bo, Mob session, taking part: #1 “Fix the flaky deploy” on 2026-01-05, confirmed by someone (mob.participant, policy 1)
            +5: bo, Mob session, hosting: #1 “Fix the flaky deploy” on 2026-01-05, confirmed by someone (mob.host, policy 1)
            +10: cy, Mob session, taking part: #1 “Fix the flaky deploy” on 2026-01-05, confirmed by someone (mob.participant, policy 1)
            Members who are not shown: 10 points.
            """, await chat.AskAsync("cy", "why #1"));
        Assert.Equal(35, Sum(await chat.AskAsync("lea", "why 1")));
        await chat.SayAsync("lea", "void 1 \"it was a demo\"");
        var after = await chat.AskAsync("cy", "why claim=1");
        Assert.StartsWith("#1 mob “Fix the flaky deploy” by bo: 0 points, void.", after);
        Assert.EndsWith("Declared void: it was a demo", after);
        Assert.StartsWith("There is no #7.", await chat.AskAsync("cy", "why #7"));
    }

    [Fact]
    public async Task A_long_list_has_pages_that_sum_to_the_total_and_the_last_page_is_the_last()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        for (var number = 0; number < 20; number++)
        {
            await chat.SayAsync("ana", $"win {new string((char)('a' + number), 8)}");
            await chat.SayAsync("ana", "undo");
        }

        await chat.SayAsync("ana", "share \"The only one left\"");
        var first = await chat.AskAsync("ana", "why");
        var second = await chat.AskAsync("ana", "why page=2");
        Assert.Contains("This page: -3 points in 30 entries. The other 11 entries: 8 points; `why all page=2` lists the next.", first);
        Assert.Equal(5, Sum(first) + Sum(second));
        Assert.Equal(second, await chat.AskAsync("ana", "why page=2147483647"));
        Assert.Equal(first, await chat.AskAsync("ana", "why page=0"));
    }

    // The entries as a reader would add them up.
    private static int Sum(string text) =>
        text.Split('\n').Where(line => line.Length > 1 && line[0] is '+' or '-' && char.IsAsciiDigit(line[1])).Sum(line => int.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
}

public sealed class WhyOnSqliteTests() : WhyTests(Product.Sqlite);
