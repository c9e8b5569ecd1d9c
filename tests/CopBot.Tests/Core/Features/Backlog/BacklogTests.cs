using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Storage;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Backlog;

public abstract class BacklogTests(Product product)
{
    private const string Chaos = "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1";

    [Fact]
    public async Task A_gap_is_added_voted_for_once_and_listed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        var added = Assert.Single(await chat.SayAsync("bo", Chaos));
        Assert.True(added.IsPublic);
        Assert.Equal("bo adds gap 1 “Chaos testing”: size 20 (importance 5, level 1 of 5).\nNeed: Survive the loss of a zone\n  [Vote for it] gap vote 1", added.Text);
        var voted = Assert.Single(await chat.SayAsync("cy", "gap vote 1"));
        Assert.True(voted.IsFor("cy"));
        Assert.Equal("Your vote for gap 1 “Chaos testing” counts: it has 1 vote.", voted.Text);
        Assert.Equal("You voted for gap 1 already; `gap unvote 1` takes it back. Nothing was stored.", await chat.AskAsync("cy", "gap vote 1"));
        Assert.Equal("1 gap is open; the greatest come first.\nGap 1: “Chaos testing”, size 20 (importance 5, level 1 of 5), 1 vote, open", await chat.AskAsync("ana", "gap list"));
        Assert.Equal("Your vote for gap 1 “Chaos testing” is taken back: it has no votes.", await chat.AskAsync("cy", "gap unvote 1"));
        Assert.Equal("You did not vote for gap 1. Nothing was changed.", await chat.AskAsync("cy", "gap unvote 1"));
    }

    [Fact]
    public async Task The_greatest_come_first_then_those_with_most_votes_then_the_oldest()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var (title, importance, level) in ((string, int, int)[])[("Third", 2, 3), ("Second", 4, 4), ("First", 4, 4), ("Greatest", 1, 0), ("Mastered", 5, 5)])
            await chat.SayAsync("ana", $"gap add {title} need=Reliability importance={importance} level={level}");
        await chat.SayAsync("bo", "gap vote 3");
        Assert.Equal(["Gap 4", "Gap 3", "Gap 1", "Gap 2", "Gap 5"], (await chat.AskAsync("ana", "gap list")).Split('\n')[1..].Select(line => line[..5]));
        var top = await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Gaps>().TopAsync(10, ct), CancellationToken.None);
        Assert.Equal([4, 3, 1, 2], top.Select(gap => gap.Number));
    }

    [Fact]
    public async Task A_long_list_goes_on_with_the_next_page()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        for (var number = 1; number <= 17; number++)
            await chat.SayAsync("ana", $"gap add \"Capability {number}\" need=Reliability importance=3 level=2");
        Assert.EndsWith("\n2 more: `gap list page=2`.", await chat.AskAsync("ana", "gap list"));
        Assert.Equal(["17 gaps are open; the greatest come first.", "Gap 16", "Gap 17"], (await chat.AskAsync("ana", "gap list page=2")).Split('\n').Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task The_same_gap_twice_is_one_to_vote_for_and_a_like_one_is_pointed_out()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", Chaos);
        Assert.Equal("Gap 1 “Chaos testing” is in the backlog already: vote for it instead. Nothing was stored.\n  [Vote for it] gap vote 1", await chat.AskAsync("bo", "gap add \"CHAOS testing\" need=Other importance=1 level=1"));
        Assert.Contains("It reads much like gap 1 “Chaos testing”.", await chat.AskAsync("bo", "gap add \"Chaos tests\" need=Other importance=1 level=1"));
        Assert.Equal(2, await chat.ScalarAsync<int>($"select count(*) from gaps"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_one_private_sentence_and_stores_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", Chaos);
        await chat.SayAsync("ana", "share \"Runbooks\"");
        foreach (var (line, says) in ((string, string)[])
        [
            ("gap add X need=Y importance=6 level=1", "`importance` is 1 to 5, not 6. Nothing was stored."),
            ("gap add X need=Y importance=0 level=1", "`importance` is 1 to 5, not 0. Nothing was stored."),
            ("gap add X need=Y importance=5 level=6", "`level` is 0 (not at all) to 5 (mastered), not 6. Nothing was stored."),
            ("gap add X need=Y importance=much level=1", "`importance` is a whole number, not below 0, such as `2`; “much” is none. Nothing was stored."),
            ($"gap add {new string('x', 121)} need=Y importance=5 level=1", "`title` has 121 characters; it may have 120. Nothing was stored."),
            ($"gap add X need={new string('x', 301)} importance=5 level=1", "`need` has 301 characters; it may have 300. Nothing was stored."),
            ("gap vote 7", "There is no gap 7. `gap list` shows them. Nothing was changed."),
            ("gap own 1 drop", "Gap 1 has no owner. Nothing was changed."),
            ("gap link 1 1", "#1 is not yours: whoever logged it or the core team says what it works on. Nothing was changed."),
            ("gap unlink 1 9", "There is no #9. `pending` lists what waits; every receipt names its number. Nothing was changed."),
            ("gap close 1 reason=\"Enough\"", "The owner of gap 1 or the core team decides that. Nothing was changed."),
            ("gap reopen 1", "Gap 1 is open. Nothing was changed."),
            ("gap rate 1 level=2", "Only the core team may use `gap rate`. Nothing was changed; ask them to do it."),
            ("gap start 1 party", "`with` is one of experiment, mob, okr, not “party”. Nothing was stored."),
            ("gap start 1 experiment due=2025-12-31", "`due` lies in the past; today is 2026-01-05. Nothing was stored."),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync("bo", line));
            Assert.True(heard.IsFor("bo"), line);
            Assert.Equal(says, heard.Text);
        }

        Assert.Equal("There is no gap 7. `gap list` shows them.", await chat.AskAsync("bo", "gap show 7"));
        foreach (var line in (string[])["gap rate 1", "gap rate 1 level=1", "gap rate 1 level=9"])
            Assert.EndsWith("Nothing was changed.", (await chat.AskAsync("ana", line)).Replace("stored", "changed", StringComparison.Ordinal));
        Assert.Equal("Gap 1: “Chaos testing”, size 20 (importance 5, level 1 of 5), no votes, open", (await chat.AskAsync("bo", "gap list")).Split('\n')[1]);
        Assert.Equal((1, 0), (await chat.ScalarAsync<int>($"select count(*) from gaps"), await chat.ScalarAsync<int>($"select count(*) from gap_ratings")));
    }

    [Fact]
    public async Task Who_only_looks_on_neither_adds_nor_votes()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "obs");
        await chat.SayAsync("ana", Chaos);
        await chat.SayAsync("obs", "privacy observer");
        foreach (var line in (string[])["gap vote 1", "gap own 1", "gap start 1 experiment", "gap add X need=Y importance=5 level=1"])
            Assert.StartsWith("You only look on.", await chat.AskAsync("obs", line));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from gap_votes"));
    }

    [Fact]
    public async Task Rating_anew_keeps_what_was_thought_before()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", Chaos);
        Assert.Equal("Gap 1 “Chaos testing” is rated anew: size 15 (importance 5, level 2 of 5); it was 20.", await chat.AskAsync("ana", "gap rate 1 level=2"));
        await chat.WaitAsync(NodaTime.Duration.FromDays(30));
        await chat.SayAsync("ana", "gap rate 1 level=4 importance=3");
        Assert.Equal(
            """
            Gap 1 “Chaos testing”: size 3 (importance 3, level 4 of 5), no votes, open.
            Need: Survive the loss of a zone
            Added: 2026-01-05 by bo
            Rated anew: 2026-01-05 level 1 → 2; 2026-02-04 level 2 → 4 importance 5 → 3
              [Vote for it] gap vote 1
              [Start an experiment] gap start 1 experiment
            """, await chat.AskAsync("bo", "gap show 1"));
    }

    [Fact]
    public async Task An_owner_who_is_hidden_is_not_named_and_gives_the_gap_up_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("ana", Chaos);
        Assert.True(Assert.Single(await chat.SayAsync("hid", "gap own 1")).IsFor("hid"));
        Assert.EndsWith("no votes, open, in the hands of someone", await chat.AskAsync("bo", "gap list"));
        Assert.Equal("Gap 1 has an owner already; `gap own 1 drop` by them or by the core team makes room. Nothing was changed.", await chat.AskAsync("bo", "gap own 1"));
        Assert.Equal("Gap 1 is in other hands; its owner or the core team can give it up. Nothing was changed.", await chat.AskAsync("bo", "gap own 1 drop"));
        Assert.StartsWith("Gap 1 “Chaos testing” has no owner now. Who takes it?", await chat.AskAsync("hid", "gap own 1 drop"));
        var taken = Assert.Single(await chat.SayAsync("bo", "gap own 1"));
        Assert.True(taken.IsPublic);
        Assert.Equal("bo takes gap 1 “Chaos testing” in hand.", taken.Text);
        Assert.EndsWith(", in the hands of bo", await chat.AskAsync("ana", "gap list"));
        Assert.Equal("Gap 1 “Chaos testing” is closed: We drill it", await chat.AskAsync("bo", "gap close 1 reason=\"We drill it\""));
    }

    [Fact]
    public async Task The_matrix_groups_capabilities_by_need()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "gap add \"Load testing\" need=\"Carry the sale\" importance=4 level=2");
        await chat.SayAsync("ana", Chaos);
        await chat.SayAsync("ana", "gap add \"Failover drills\" need=\"survive  the LOSS of a zone\" importance=4 level=3");
        await chat.SayAsync("ana", "gap close 3 reason=\"We drill it\"");
        Assert.Equal(
            """
            2 needs, 3 capabilities: level of 5, importance of 5.
            Need 1: “Survive the loss of a zone”: “Chaos testing” level 1, importance 5; “Failover drills” level 3, importance 4 (closed)
            Need 2: “Carry the sale”: “Load testing” level 2, importance 4
            """, await chat.AskAsync("ana", "gap matrix"));
    }

    [Fact]
    public async Task The_export_smuggles_no_formula_into_a_spreadsheet_and_names_nobody()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "gap add \"=HYPERLINK('x')\" need=\"a \\\"quoted\\\" need, with a comma\" importance=5 level=1");
        await chat.SayAsync("bo", "gap own 1");
        var export = Assert.Single(await chat.SayAsync("ana", "gap export"));
        var document = Assert.Single(export.Message.Card!.Blocks.OfType<Document>());
        Assert.Equal(("backlog.csv", "text/csv"), (document.Name, document.MediaType));
        Assert.Equal(
            "\"number\",\"capability\",\"need\",\"topic\",\"importance\",\"level\",\"size\",\"votes\",\"state\",\"added\",\"closed\",\"reason\"\r\n" +
            "\"1\",\"'=HYPERLINK('x')\",\"a \"\"quoted\"\" need, with a comma\",\"\",\"5\",\"1\",\"20\",\"0\",\"open\",\"2026-01-05\",\"\",\"\"\r\n",
            document.Content);
        Assert.DoesNotContain("bo", document.Content.Replace("backlog", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

public sealed class BacklogOnSqliteTests() : BacklogTests(Product.Sqlite);
