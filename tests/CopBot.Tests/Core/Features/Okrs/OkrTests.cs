using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Okrs;

public abstract class OkrTests(Product product)
{
    [Fact]
    public async Task A_confirmed_mob_across_squads_moves_its_key_result_and_void_moves_it_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await CollaborateAsync(chat);
        Assert.Equal(
            """
            #1 “Mend the pager bot” is confirmed by bo: 15 points for ana, 10 points for bo.
            Key result 1 “Mob sessions across squads” moves to 1 of 4 sessions.
            """, await chat.AskAsync("bo", "confirm 1"));
        Assert.Contains("1 of 4 sessions (25 %; counts itself)", await chat.AskAsync("ana", "okr show 1"));
        Assert.Contains("#1: mob “Mend the pager bot” of 5 January", await chat.AskAsync("ana", "okr trace 1"));
        Assert.StartsWith("Objective 1 “Improve team collaboration”: 1 contribution counts for it.", await chat.AskAsync("ana", "okr trace 1"));

        Assert.EndsWith("\nKey result 1 “Mob sessions across squads” goes back to 0 of 4 sessions.", await chat.AskAsync("ana", "void 1 reason=\"it was a demo, not a mob\""));
        Assert.Contains("0 of 4 sessions (0 %; counts itself)", await chat.AskAsync("ana", "okr show 1"));
        Assert.Equal(
            """
            Objective 1 “Improve team collaboration”: 0 contributions count for it.
            nothing yet → key result 1 “Mob sessions across squads” (0 of 4 sessions) → objective 1 “Improve team collaboration”
            check-ins → key result 2 “People in training” (10 people, from 10 to 30) → objective 1 “Improve team collaboration”
            """, await chat.AskAsync("ana", "okr trace 1"));
    }

    [Fact]
    public async Task A_void_that_fails_leaves_points_and_key_result_where_they_were()
    {
        await using var chat = await Conversation.StartAsync(product);
        await CollaborateAsync(chat);
        await chat.SayAsync("bo", "confirm 1");
        Assert.StartsWith("Only a CoP lead may use `void`", await chat.AskAsync("bo", "void 1 reason=\"no\""));
        Assert.Equal((15, 10), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
        Assert.Contains("1 of 4 sessions", await chat.AskAsync("ana", "okr show 1"));
    }

    [Fact]
    public async Task A_mob_within_one_squad_moves_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await CollaborateAsync(chat);
        await chat.SayAsync("bo", "squad join Blue");
        Assert.DoesNotContain("Key result", await chat.AskAsync("bo", "confirm 1"));
        Assert.Contains("0 of 4 sessions", await chat.AskAsync("ana", "okr show 1"));
    }

    [Fact]
    public async Task A_share_that_counts_at_once_says_what_it_moves_and_undo_moves_it_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "okr add \"Tell what we know\" until=2026-03-31");
        await chat.SayAsync("ana", "kr add 1 \"Topics told\" target=5 unit=topics measure=\"count topics of share\"");
        await chat.SayAsync("ana", "okr activate 1");
        Assert.Contains("\nKey result 1 “Topics told” moves to 1 of 5 topics.", await chat.AskAsync("bo", "share \"How we page\" topic=alerting"));
        Assert.DoesNotContain("Key result", await chat.AskAsync("bo", "share \"Paging at night, what helps\" topic=Alerting"));
        Assert.DoesNotContain("Key result", await chat.AskAsync("bo", "undo 2"));
        Assert.EndsWith("\nKey result 1 “Topics told” goes back to 0 of 5 topics.", await chat.AskAsync("bo", "undo 1"));
    }

    [Fact]
    public async Task A_check_in_tells_number_confidence_and_comment_and_is_acknowledged_by_another()
    {
        await using var chat = await Conversation.StartAsync(product);
        await CollaborateAsync(chat);
        await chat.SayAsync("ana", "role @bo core");
        Assert.Equal(
            """
            Key result 2 “People in training”: 18 people, from 10 to 30 (40 %; at risk; checked in today) (it was 10).
            “two courses were cancelled”
              [Acknowledge] okr ack 2
              [Show the objective] okr show 1
            """, await chat.AskAsync("ana", "okr checkin 2 18 confidence=\"at risk\" comment=\"two courses were cancelled\""));
        Assert.Equal("That check-in is your own; somebody else acknowledges it. Nothing was changed.", await chat.AskAsync("ana", "okr ack 2"));
        var heard = await chat.SayAsync("bo", "okr ack 2");
        Assert.Contains(heard, one => one.IsFor("ana") && one.Text == "bo has read your check-in on key result 2 “People in training”.");
        Assert.Contains("5 January 2026: “two courses were cancelled”, acknowledged", await chat.AskAsync("ana", "okr show 1"));
        Assert.Equal("The last check-in on key result 2 is acknowledged already. Nothing was changed.", await chat.AskAsync("bo", "okr ack 2"));
    }

    [Fact]
    public async Task More_than_a_quarter_below_an_even_pace_is_behind()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Fewer alerts\" from=2026-01-05 until=2026-04-14");
        await chat.SayAsync("ana", "kr add 1 \"Alerts a week\" baseline=200 target=100 unit=alerts");
        await chat.SayAsync("ana", "okr activate 1");
        foreach (var (days, value) in ((int, int)[])[(20, 190), (20, 180)])
        {
            await chat.WaitAsync(Duration.FromDays(days));
            await chat.SayAsync("ana", $"okr checkin 1 {value}");
        }

        await chat.WaitAsync(Duration.FromDays(10));
        Assert.Contains("\n  at an even pace [##########..........] 50 of 100 %\n", await chat.AskAsync("ana", "okr show 1"));
        Assert.Contains("163 alerts, from 200 to 100 (37 %, behind: an even pace would be at 150 by now; checked in today)", await chat.AskAsync("ana", "okr checkin 1 163"));
        Assert.Contains("162 alerts, from 200 to 100 (38 %; checked in today)", await chat.AskAsync("ana", "okr checkin 1 162"));
        Assert.Contains("100 alerts, from 200 to 100 (100 %, reached; checked in today)", await chat.AskAsync("ana", "okr checkin 1 100"));
    }

    [Fact]
    public async Task Drafts_stay_drafts_and_close_with_what_was_learned()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Quiet nights\" until=2026-03-31");
        Assert.Equal("Objective 1 has no key result yet, so nobody could see whether it is reached. `kr add 1` adds one. Nothing was changed.", await chat.AskAsync("ana", "okr activate 1"));
        await chat.SayAsync("ana", "kr add 1 \"Pages at night\" baseline=20 target=5 unit=pages");
        Assert.Equal("Objective 1 is a draft; `okr activate 1` lets it count. Nothing was stored.", await chat.AskAsync("ana", "okr checkin 1 10"));
        Assert.Equal("Objective 1 is a draft; a draft can only be `dropped`. Nothing was changed.", await chat.AskAsync("ana", "okr close 1 achieved"));
        await chat.SayAsync("ana", "okr activate 1");
        await chat.SayAsync("ana", "okr checkin 1 5");
        Assert.Equal(
            """
            Objective 1 “Quiet nights” is closed: achieved, with 1 of 1 key result reached.
            1: Pages at night: 5 pages, from 20 to 5
            Looking back: “a rota for deploys helped”
            """, await chat.AskAsync("ana", "okr close 1 achieved learned=\"a rota for deploys helped\""));
        Assert.Equal("There are no objectives under way. `okr template` shows examples to begin with.", await chat.AskAsync("ana", "okr list"));
        Assert.Contains("1: Quiet nights: achieved, 100 %; until 31 March 2026, ana", await chat.AskAsync("ana", "okr list all=yes"));
        Assert.StartsWith("Objective 1 “Quiet nights” is active again, until 31 March 2026.", await chat.AskAsync("ana", "okr reopen 1"));
    }

    [Fact]
    public async Task Three_examples_are_drafted_and_counted_by_measures_that_can_be_read()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.StartsWith("3 examples.", await chat.AskAsync("ana", "okr template"));
        foreach (var name in (string[])["reliability", "collaboration", "capabilities"])
            Assert.Contains("is drafted from the example", await chat.AskAsync("ana", $"okr template {name}"));
        Assert.Contains("until 31 March 2026", await chat.AskAsync("ana", "okr show 1") + await chat.AskAsync("ana", "okr list"));
        Assert.Equal("Key result 7 “Topics that somebody shared on” is out of the draft.", await chat.AskAsync("ana", "kr drop 7"));
        Assert.Equal("Key result 6 “People in training or certification” belongs to objective 1 “Improve reliability and availability”, from 10 to 20 people (it was 10 to 30).", await chat.AskAsync("ana", "kr move 6 to=1 target=20"));
        Assert.Equal("Key result 6 is there already, with those numbers. Nothing was changed.", await chat.AskAsync("ana", "kr move 6 to=1"));
    }

    [Theory]
    [InlineData("kr add 1 \"More\" baseline=4 target=4", "The target is the baseline (4), so there would be no way to go. Give `target` another number. Nothing was stored.")]
    [InlineData("kr add 1 \"More\" target=4 measure=\"count mobz\"", "I do not understand “mobz” in the measure, at character 7: a kind is one of share, experiment, mob, win, failure, outcome, kudos, used or anything (did you mean mob?). Nothing was stored.")]
    [InlineData("kr add 9 \"More\" target=4", "There is no objective 9. `okr list` shows them. Nothing was changed.")]
    [InlineData("okr checkin 2 -5", "-5 is out of range: key result 2 goes from 10 to 30 people, so between 0 and 230 is believable. Nothing was stored.")]
    [InlineData("okr checkin 2 1000000", "1000000 is out of range: key result 2 goes from 10 to 30 people, so between 0 and 230 is believable. Nothing was stored.")]
    [InlineData("okr checkin 1 3", "Key result 1 counts itself (`count mob where squads >= 2`), so nobody types its number; `confidence` and `comment` are welcome. Nothing was stored.")]
    [InlineData("okr checkin 2 12,5", "“12,5” is no number, such as `12.5`; a comment goes with a number or with `confidence`. Nothing was stored.")]
    [InlineData("okr checkin 2 abc", "“abc” is no number, such as `12.5`; a comment goes with a number or with `confidence`. Nothing was stored.")]
    [InlineData("kr add 1 \"More\" baseline=1 target=1.001", "From baseline to target is less than 0.01, and numbers are shown with two decimals; choose a smaller unit. Nothing was stored.")]
    [InlineData("okr checkin 2", "Say its number: `okr checkin 2 30`. Nothing was stored.")]
    [InlineData("okr add \"Too late\" until=2025-12-31", "31 December 2025 is before its first day; an objective needs some time. Nothing was stored.")]
    [InlineData("okr add \"Too long\" until=2036-12-31", "That is more than 3 years; an objective is better shorter. Nothing was stored.")]
    [InlineData("okr reopen 1", "Objective 1 is active; there is nothing to reopen. Nothing was changed.")]
    public async Task What_does_not_fit_gets_one_sentence_and_stores_nothing(string line, string says)
    {
        await using var chat = await Conversation.StartAsync(product);
        await CollaborateAsync(chat);
        var before = await RowsAsync(chat);
        var heard = Assert.Single(await chat.SayAsync("ana", line));
        Assert.Equal(says, heard.Text);
        Assert.True(heard.IsFor("ana"));
        Assert.Equal(before, await RowsAsync(chat));
    }

    internal static async Task CollaborateAsync(Conversation chat)
    {
        (string Name, string Line)[] steps =
        [
            ("ana", "squad create Blue"),
            ("ana", "squad join Blue"),
            ("bo", "squad create Red"),
            ("bo", "squad join Red"),
            ("ana", "okr add \"Improve team collaboration\" until=2026-03-31"),
            ("ana", "kr add 1 \"Mob sessions across squads\" baseline=0 target=4 unit=sessions measure=\"count mob where squads >= 2\""),
            ("ana", "kr add 1 \"People in training\" baseline=10 target=30 unit=people"),
            ("ana", "okr activate 1"),
            ("ana", "mob \"Mend the pager bot\" with=@bo minutes=90 topic=alerting"),
        ];
        foreach (var (name, line) in steps)
            Assert.DoesNotContain("Nothing was", (await chat.SayAsync(name, line))[^1].Text);
    }

    private static async Task<(int, int, int)> RowsAsync(Conversation chat) =>
        (await chat.ScalarAsync<int>($"select count(*) from objectives"), await chat.ScalarAsync<int>($"select count(*) from key_results"), await chat.ScalarAsync<int>($"select count(*) from check_ins"));
}

public sealed class OkrOnSqliteTests() : OkrTests(Product.Sqlite);
