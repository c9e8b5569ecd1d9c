using System.Text;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features.MyData;

public abstract class ForgetMeTests(Product product)
{
    // Words that occur nowhere else, so that a hit is a trace.
    private static readonly string[] Traces =
    [
        "zaphyrine", "Runbook wuxtry", "wuxtrytopic", "quozzle.example.org", "Hypothesis yclept", "Measure zenzic", "Lesson gardyloo", "Next nudiustertian",
        "Thanks ultracrepidarian", "unit-bumfuzzle", "Flagged widdershins", "Void snollygoster", "Story taradiddle", "Alias-Xertz", "Outage skedaddle", "Post floccinauc", "Comment gobemouche", "mon-wed 10:11-15:13", "Asia/Kathmandu",
        "Gathering zugzwang", "gathertopic-quire",
        "Thanks ultracrepidarian", "unit-bumfuzzle", "Flagged widdershins", "Void snollygoster", "Story taradiddle", "Alias-Xertz", "Outage skedaddle", "Post floccinauc", "mon-wed 10:11-15:13", "Asia/Kathmandu",
        "Gap cattywampus", "Need brouhaha", "collywobbles", "Closed lollygag", "Purpose skullduggery",
    ];

    [Fact]
    public async Task Forget_me_asks_first_and_then_leaves_no_trace_in_the_database()
    {
        await using var chat = await Conversation.StartAsync(product);
        await LiveAsync(chat);
        var asked = await chat.AskAsync("zaphyrine", "forget me");
        Assert.StartsWith("This erases your name, your accounts, and every word you wrote or that thanks you. The sums of squads and seasons stay, without you. It cannot be undone.", asked);
        Assert.Contains("[Erase everything about me] forget me yes=yes", asked);
        foreach (var trace in Traces)
            Assert.True(await HitsAsync(chat, trace) > 0, $"the story leaves no “{trace}”, so that nothing is proven by its absence");

        var heard = await chat.SayAsync("zaphyrine", "forget me yes");
        Assert.Equal(
            """
            You are forgotten. If you ever speak to me again, we meet for the first time.
            Erased: your name, your accounts, what was said in private between us, and every word that you wrote or that thanks you
            Stays: points without a name, because the sums of squads, seasons and colleagues must stay right, and sessions without their words, because they are their participants' too
            """, Assert.Single(heard, one => one.IsFor("zaphyrine")).Text);
        Assert.Equal("Gathering 1 on Thu 15 Jan 2026 09:00 is cancelled: whoever planned it has left.", Assert.Single(heard, one => one.IsFor("bo")).Text);
        foreach (var trace in Traces)
            Assert.True(await HitsAsync(chat, trace) == 0, $"“{trace}” is still in the database");
    }

    [Fact]
    public async Task The_sums_of_squads_and_of_others_stay_and_the_name_is_nowhere_shown()
    {
        await using var chat = await Conversation.StartAsync(product);
        await LiveAsync(chat);
        var squads = await chat.AskAsync("bo", "board all squads");
        var own = await chat.AskAsync("bo", "why");
        await chat.SayAsync("zaphyrine", "forget me yes=yes");

        Assert.Equal(squads, await chat.AskAsync("bo", "board all squads"));
        Assert.Equal(own.Split('\n')[0], (await chat.AskAsync("bo", "why")).Split('\n')[0]);
        Assert.DoesNotContain("someone", await chat.AskAsync("bo", "board all"));
        Assert.Contains("#1 share “(erased)” by someone", await chat.AskAsync("bo", "why #1"));
        Assert.Equal("I do not know “@zaphyrine”. I only know people who have said something to me; mention them as `@name`. Nothing was stored.", await chat.AskAsync("bo", "kudos @zaphyrine thanks"));
        Assert.Empty(await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Projection>().DifferencesAsync(ct), CancellationToken.None));
    }

    [Fact]
    public async Task The_same_name_comes_back_as_somebody_new()
    {
        await using var chat = await Conversation.StartAsync(product);
        await LiveAsync(chat);
        await chat.SayAsync("zaphyrine", "forget me yes=yes");

        var back = await chat.SayAsync("zaphyrine", "me");
        Assert.StartsWith("Welcome to the Reliability League, zaphyrine!", back[0].Text);
        Assert.StartsWith("You have 0 points this week.", back[^1].Text);
        Assert.Equal("All time: You have no entries yet.", await chat.AskAsync("zaphyrine", "why"));
        Assert.Equal("#1 is not yours. If something is wrong with it, `flag 1 \"why\"` asks a lead to look. Nothing was changed.", await chat.AskAsync("zaphyrine", "undo 1"));
        Assert.Contains("5 points for zaphyrine", await chat.AskAsync("zaphyrine", "share \"A new beginning\""));
        Assert.Contains("zaphyrine 5", await chat.AskAsync("bo", "board all"));
    }

    [Fact]
    public async Task Linked_accounts_are_forgotten_together()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone");
        var code = (await chat.AskAsync("ana", "link")).Split('`')[1];
        await chat.SayAsync("phone", $"link {code} yes=yes");
        await chat.SayAsync("phone", "forget me yes=yes");
        Assert.StartsWith("Welcome", (await chat.SayAsync("ana", "help"))[0].Text);
        Assert.StartsWith("Welcome", (await chat.SayAsync("phone", "help"))[0].Text);
    }

    [Fact]
    public async Task Whoever_left_earns_nothing_any_more_and_a_session_still_counts_for_the_others()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana");
        await chat.SayAsync("ana", "share \"Runbooks\"");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@lea");
        await chat.SayAsync("ana", "forget me yes=yes");

        Assert.EndsWith(": 2 points for lea.", await chat.AskAsync("lea", "used 1"));
        Assert.Equal("#2 does not wait for confirmation: its author took it back. Nothing was changed.", await chat.AskAsync("lea", "confirm 2"));
        Assert.Equal("#3 “(erased)” is confirmed by lea: 10 points for lea.", await chat.AskAsync("lea", "confirm 3"));
        Assert.Equal("Nothing waits, neither for you nor of yours.", await chat.AskAsync("lea", "pending"));
        Assert.DoesNotContain("ana", Assert.Single(await chat.WaitAsync(NodaTime.Duration.FromDays(20))).Text, StringComparison.Ordinal);
        Assert.Equal(17, await chat.ScalarAsync<int>($"select sum(points) from ledger"));
    }

    private async Task<long> HitsAsync(Conversation chat, string words) => product != Product.Postgres ? HitsInFiles(chat, words) : await HitsInRowsAsync(chat, words);

    // The file and its log, byte by byte, letter case aside: what a stranger with the disk would find.
    private static long HitsInFiles(Conversation chat, string words)
    {
        var hits = 0;
        var database = chat.Services.GetRequiredService<BotSettings>().Database;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database)!, Path.GetFileName(database) + "*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            stream.CopyTo(all);
            hits += Encoding.Latin1.GetString(all.GetBuffer(), 0, (int)all.Length).Contains(words, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        }

        return hits;
    }

    // Every column of every row, as text.
    private static async Task<long> HitsInRowsAsync(Conversation chat, string words)
    {
        var hits = 0L;
        var tables = await chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ListAsync($"select table_name from information_schema.tables where table_schema = {"public"}", row => row.Text(0), ct), CancellationToken.None);
        foreach (var table in tables)
        {
            var count = new Statement(40, 1);
            count.AppendLiteral($"select count(*) from {table} t where t::text ilike ");
            count.AppendFormatted($"%{words}%");
            hits += await chat.ScalarAsync<long>(count);
        }

        return hits;
    }

    private static async Task LiveAsync(Conversation chat)
    {
        await chat.JoinAsync("lea", "bo", "zaphyrine");
        (string Name, string Line)[] steps =
        [
            ("zaphyrine", "squad create Blue"),
            ("zaphyrine", "squad join Blue"),
            ("bo", "squad join Blue"),
            ("zaphyrine", "share \"Runbook wuxtry\" link=https://quozzle.example.org/r topic=wuxtrytopic"),
            ("zaphyrine", "experiment start \"Canary\" hypothesis=\"Hypothesis yclept\" measure=\"Measure zenzic\""),
            ("zaphyrine", "experiment result 2 proven learned=\"Lesson gardyloo\" next=\"Next nudiustertian\""),
            ("bo", "confirm 2"),
            ("bo", "kudos @zaphyrine \"Thanks ultracrepidarian\""),
            ("zaphyrine", "outcome 2 speed 40 12 unit-bumfuzzle"),
            ("bo", "share \"Something of Bo's\""),
            ("zaphyrine", "flag 5 \"Flagged widdershins\""),
            ("zaphyrine", "failure \"Story taradiddle\""),
            ("lea", "void 6 \"Void snollygoster\""),
            ("bo", "mob \"Fix the flaky deploy\" with=@zaphyrine,@lea"),
            ("lea", "confirm 7"),
            ("zaphyrine", "privacy alias Alias-Xertz"),
            ("zaphyrine", "link"),
            ("zaphyrine", "hours mon-wed 10:11-15:13 zone=Asia/Kathmandu"),
            ("lea", "role @zaphyrine lead"),
            ("zaphyrine", "okr add \"Quiet nights\" until=2026-06-30"),
            ("zaphyrine", "kr add 1 Pages target=5"),
            ("zaphyrine", "okr activate 1"),
            ("zaphyrine", "okr checkin 1 2 comment=\"Comment gobemouche\""),
            ("zaphyrine", "gather plan \"Gathering zugzwang\" at=\"in 10 days\" topic=gathertopic-quire"),
            ("bo", "gather join 1"),
            ("zaphyrine", "gap add \"Gap cattywampus\" need=\"Need brouhaha\" importance=5 level=1 topic=collywobbles"),
            ("bo", "gap add \"Load testing\" need=\"Carry the sale\" importance=5 level=1"),
            ("zaphyrine", "gap vote 2"),
            ("zaphyrine", "gap own 2"),
            ("zaphyrine", "gap close 2 reason=\"Closed lollygag\""),
            ("bo", "gap export"),
            ("zaphyrine", "canvas set purpose \"Purpose skullduggery\""),
            ("zaphyrine", "canvas rate values 4"),
            ("bo", "canvas export"),
            ("zaphyrine", "announce \"Post floccinauc\" at=\"in 1 minute\""),
            ("zaphyrine", "freeze incident \"Outage skedaddle\""),
        ];
        foreach (var (name, line) in steps)
            Assert.DoesNotContain("Nothing was", (await chat.SayAsync(name, line))[^1].Text);
        Assert.Empty(await chat.WaitAsync(NodaTime.Duration.FromMinutes(1)));
        Assert.DoesNotContain("bumfuzzle", await chat.AskAsync("bo", "help"));
    }
}

public sealed class ForgetMeOnSqliteTests() : ForgetMeTests(Product.Sqlite);
