using CopBot.Core.Features.Backlog;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Backlog;

public abstract class GapStartTests(Product product)
{
    private const string Chaos = "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1 topic=chaos";

    [Fact]
    public async Task A_gap_becomes_the_experiment_that_anybody_would_have_logged()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", Chaos);
        Assert.Equal(
            """
            #1 bo starts the experiment “Chaos testing”: 5 points for bo.
            It works on gap 1 “Chaos testing”.
            Topic: chaos
              [Report the result] experiment result 1
            """, await chat.AskAsync("bo", "gap start 1 experiment measure=outages"));
        Assert.Equal(5, await chat.PointsAsync("bo"));
        Assert.Equal("Experiment #1 works on gap 1 already and has no result yet. Another one: `experiment start`, then `gap link 1 NUMBER`. Nothing was stored.", await chat.AskAsync("ana", "gap start 1 experiment measure=outages"));
        Assert.Contains("no votes, under way", await chat.AskAsync("ana", "gap list"));
        Assert.Contains("\nWorked on it: #1 “Chaos testing” (experiment by bo)\n", await chat.AskAsync("ana", "gap show 1"));
        Assert.StartsWith("#1 bo ended the experiment “Chaos testing”, proven", await chat.AskAsync("bo", "experiment result 1 proven learned=\"It helps\" next=\"Everywhere\""));
    }

    [Fact]
    public async Task A_gap_becomes_a_mob_session_whose_entry_works_on_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", Chaos);
        Assert.Equal("When is the mob session? `gap start 1 mob at=\"thursday 15:00\"` plans it. Nothing was stored.", await chat.AskAsync("bo", "gap start 1 mob"));
        var planned = Assert.Single(await chat.SayAsync("bo", "gap start 1 mob at=\"2026-01-08 15:00\" minutes=90"));
        Assert.True(planned.IsPublic);
        Assert.Contains("“Chaos testing”", planned.Text.Split('\n')[0]);
        Assert.Contains("\nIt works on gap 1 “Chaos testing”.\n", planned.Text);
        Assert.Contains("gather join 1", planned.Text);
        await chat.SayAsync("ana", "gather join 1");
        await chat.WaitAsync(Duration.FromDays(4));
        await chat.SayAsync("ana", "gather here 1");
        await chat.SayAsync("bo", "gather here 1");
        Assert.StartsWith("#1 bo hosted the mob session “Chaos testing” with", await chat.AskAsync("bo", "gather log 1"));
        Assert.Contains("under way.\n", await chat.AskAsync("ana", "gap show 1"));
        Assert.Contains("\nWorked on it: #1 “Chaos testing” (mob by bo, waiting)\n", await chat.AskAsync("ana", "gap show 1"));
    }

    [Fact]
    public async Task A_gap_becomes_an_objective_whose_key_result_is_its_level()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", Chaos);
        Assert.Equal("Objectives are drafted by the core team; `gap start 1 experiment` is for everybody. Nothing was stored.", await chat.AskAsync("bo", "gap start 1 okr"));
        Assert.Equal(
            """
            Objective 1 “Survive the loss of a zone” is a draft, until 2026-03-31, with key result 1 “Chaos testing”: level 1 → 5.
            It works on gap 1 “Chaos testing”.
              [Activate it] okr activate 1
              [Add a key result] kr add 1
            """, await chat.AskAsync("ana", "gap start 1 okr"));
        Assert.Contains("under way", await chat.AskAsync("ana", "gap list"));
        await chat.SayAsync("ana", "okr activate 1");
        Assert.Contains("Chaos testing", await chat.AskAsync("ana", "okr show 1"));
        Assert.Contains("gap 1 “Chaos testing” → key result 1 “Chaos testing”", await chat.AskAsync("ana", "okr trace 1"));
        await chat.SayAsync("ana", "gap rate 1 level=5");
        Assert.Equal("Gap 1 is at level 5 already, so there is nothing to reach. Nothing was stored.", await chat.AskAsync("ana", "gap start 1 okr"));
    }

    [Fact]
    public async Task Contributions_are_linked_and_closing_names_those_that_count()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("ana", Chaos);
        await chat.SayAsync("bo", "share \"How zones fail\"");
        await chat.SayAsync("bo", "share \"A tool that kills pods\" size=large");
        await chat.SayAsync("hid", "share \"What a blackout taught\"");
        await chat.SayAsync("bo", "share \"Taken back\"");
        Assert.Equal("#1 “How zones fail” works on gap 1 “Chaos testing”.", await chat.AskAsync("bo", "gap link 1 1"));
        Assert.Equal("#1 works on gap 1 already. Nothing was changed.", await chat.AskAsync("bo", "gap link 1 #1"));
        foreach (var (name, number) in ((string, int)[])[("bo", 2), ("hid", 3), ("ana", 4)])
            Assert.Contains("works on gap 1", await chat.AskAsync(name, $"gap link 1 {number}"));
        await chat.SayAsync("bo", "undo 4");
        Assert.Contains("#2 “A tool that kills pods” (share by bo, waiting)", await chat.AskAsync("bo", "gap show 1"));
        var numbers = await chat.Store.ReadAsync(Community.First, async (work, ct) =>
            (await work.Get<Gaps>().OfClaimAsync(await work.Sql.FirstAsync($"select id from claims where number = {1}", row => row.Id(0), ct), ct)).Select(gap => gap.Number).ToList(), CancellationToken.None);
        Assert.Equal([1], numbers);

        Assert.Equal("Gap 1 “Chaos testing” is closed: Zones may fail\nWorked on it: #1 “How zones fail” (share by bo), #3 “What a blackout taught” (share by someone)", await chat.AskAsync("ana", "gap close 1 reason=\"Zones may fail\""));
        Assert.Equal("Gap 1 is closed already. Nothing was changed.", await chat.AskAsync("ana", "gap close 1 reason=again"));
        Assert.Equal("Gap 1 is closed. `gap reopen 1` lets its owner or the core team take it up again. Nothing was changed.", await chat.AskAsync("bo", "gap vote 1"));
        Assert.Equal("The backlog has no open gap. `gap add` puts a missing capability into it.", await chat.AskAsync("bo", "gap list"));
        Assert.StartsWith("0 gaps are open, 1 closed; the greatest come first.\nGap 1: “Chaos testing”, size 20 (importance 5, level 1 of 5), no votes, closed", await chat.AskAsync("bo", "gap list all"));
        Assert.EndsWith("\nClosed: 2026-01-05: Zones may fail", await chat.AskAsync("bo", "gap show 1"));
        Assert.Equal("Gap 1 “Chaos testing” is under way again: size 20 (importance 5, level 1 of 5).", await chat.AskAsync("ana", "gap reopen 1"));
        Assert.Equal("#1 “How zones fail” does not work on gap 1 “Chaos testing” any more.", await chat.AskAsync("bo", "gap unlink 1 1"));
    }

    [Fact]
    public async Task Those_who_come_on_are_told_the_greatest_gaps()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", Chaos);
        for (var number = 2; number <= 5; number++)
            await chat.SayAsync("ana", $"gap add \"Capability {number}\" need=Reliability importance={number} level=3");
        await chat.SayAsync("ana", "rotation create Watch seats=1 every=week");
        await chat.SayAsync("bo", "rotation join Watch");
        await chat.SayAsync("ana", "rotation join Watch");
        var heard = await chat.WaitAsync(Duration.FromDays(15));
        Assert.Contains(heard, one => one.Text.Contains("Open gaps: 1 “Chaos testing” (size 20), 5 “Capability 5” (size 10), 4 “Capability 4” (size 8) and 2 more: `gap list` shows them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_leaves_behind_is_closed_and_their_votes_go()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", Chaos);
        await chat.SayAsync("ana", "gap add \"Load testing\" need=\"Carry the sale\" importance=4 level=2");
        await chat.SayAsync("bo", "gap vote 2");
        await chat.SayAsync("bo", "gap own 2");
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.Equal("1 gap is open, 1 closed; the greatest come first.\nGap 2: “Load testing”, size 12 (importance 4, level 2 of 5), no votes, open\nGap 1: “(erased)”, size 20 (importance 5, level 1 of 5), no votes, closed", await chat.AskAsync("ana", "gap list all"));
    }

    [Fact]
    public async Task Two_accounts_that_are_one_person_have_one_vote()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "phone");
        await chat.SayAsync("ana", Chaos);
        await chat.SayAsync("bo", "gap vote 1");
        await chat.SayAsync("phone", "gap vote 1");
        await chat.SayAsync("phone", "gap own 1");
        var code = (await chat.AskAsync("bo", "link")).Split('`')[1];
        Assert.StartsWith("Done", await chat.AskAsync("phone", $"link {code} yes=yes"));
        Assert.EndsWith(", 1 vote, open, in the hands of bo", await chat.AskAsync("ana", "gap list"));
    }
}

public sealed class GapStartOnSqliteTests() : GapStartTests(Product.Sqlite);
