using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Okrs;

/// <summary>What a key result counts, and from when to when.</summary>
public abstract class CountedTests(Product product)
{
    [Fact]
    public async Task An_experiment_counts_from_its_start_whatever_becomes_of_its_result()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await ObjectiveAsync(chat, ("Begun", "count experiment"), ("Finished", "count experiment where finished"));
        Assert.EndsWith("\nKey result 1 “Begun” moves to 1 of 3.\n  [Report the result] experiment result 1", await chat.AskAsync("bo", "experiment start \"Canary\" measure=\"error rate\""));
        Assert.DoesNotContain("Key result", await chat.AskAsync("bo", "experiment result 1 proven learned=fine next=more"));
        Assert.Equal(("1 of 3", "0 of 3"), await ReadAsync(chat));
        Assert.Contains("\nExperiments: 1 begun; 0 finished", await chat.AskAsync("ana", "report month"));

        Assert.EndsWith("\nKey result 2 “Finished” moves to 1 of 3.", await chat.AskAsync("ana", "confirm 1"));
        Assert.Equal(("1 of 3", "1 of 3"), await ReadAsync(chat));
        Assert.EndsWith("\nKey result 2 “Finished” goes back to 0 of 3.", await chat.AskAsync("bo", "undo 1"));
        Assert.Equal(("1 of 3", "0 of 3"), await ReadAsync(chat));

        await chat.SayAsync("bo", "experiment result 1 disproved learned=no next=less");
        await chat.WaitAsync(Duration.FromDays(15));
        Assert.Equal(("1 of 3", "0 of 3"), await ReadAsync(chat));
        Assert.EndsWith("\nKey result 1 “Begun” goes back to 0 of 3.", await chat.AskAsync("ana", "void 1 reason=\"a demo\""));
        Assert.Equal(("0 of 3", "0 of 3"), await ReadAsync(chat));
    }

    [Fact]
    public async Task What_is_closed_gains_nothing_and_says_what_a_void_takes()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await ObjectiveAsync(chat, ("Mobs", "count mob"), ("Finished", "count experiment where finished"));
        await chat.SayAsync("bo", "mob \"First\" with=@ana minutes=30");
        await chat.SayAsync("ana", "confirm 1");
        await chat.SayAsync("bo", "mob \"Confirmed too late\" with=@ana minutes=30");
        await chat.SayAsync("bo", "experiment start \"Canary\" measure=rate");
        await chat.WaitAsync(Duration.FromMinutes(1));
        await chat.SayAsync("ana", "okr close 1 missed");
        await chat.WaitAsync(Duration.FromMinutes(1));
        Assert.DoesNotContain("Key result", await chat.AskAsync("ana", "confirm 2"));
        await chat.SayAsync("bo", "experiment result 3 proven learned=fine next=more");
        await chat.SayAsync("ana", "confirm 3");
        Assert.Equal(("1 of 3", "0 of 3"), await ReadAsync(chat));
        Assert.EndsWith("\nKey result 1 “Mobs” of objective 1, which is closed, goes back to 0 of 3.", await chat.AskAsync("ana", "void 1 reason=\"a demo\""));
        Assert.Equal(("0 of 3", "0 of 3"), await ReadAsync(chat));

        await chat.SayAsync("ana", "okr reopen 1");
        Assert.Equal(("1 of 3", "1 of 3"), await ReadAsync(chat));
    }

    [Fact]
    public async Task A_word_that_could_never_match_is_refused()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Try\" until=2026-03-31");
        foreach (var (measure, word, name) in ((string, string, string)[])[("count share where format = cod", "cod", "format"), ("count outcome where category in (quality, qualty)", "qualty", "category"), ("count share where size = hugh", "hugh", "size")])
            Assert.StartsWith($"I do not understand “{word}” in the measure: `{name}` is one of ", await chat.AskAsync("ana", $"kr add 1 \"X\" target=5 measure=\"{measure}\""));
        foreach (var (measure, says) in ((string, string)[])
        [
            ("count mob where squad = Blu", "There is no squad “Blu” that the measure could count. `squad list` shows them. Nothing was stored."),
            ("count mob since 2026-04-01", "The measure counts since 2026-04-01, and the objective ends on 2026-03-31, so it would count nothing. Nothing was stored."),
            ("sum minutes of share", "Only `mob` has `minutes`, and the measure counts share, so it would count nothing. Nothing was stored."),
            ("count mob, win where finished", "Only `experiment` has `finished`, and the measure counts mob, win, so it would count nothing. Nothing was stored."),
        ])
            Assert.Equal(says, await chat.AskAsync("ana", $"kr add 1 \"X\" target=5 measure=\"{measure}\""));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from key_results"));

        await chat.SayAsync("ana", "squad create Blue");
        foreach (var measure in (string[])["count mob where squad = blue", "sum minutes of share, mob", "count mob where format != code", "count mob since 2026-03-31"])
            Assert.StartsWith("Key result ", await chat.AskAsync("ana", $"kr add 1 \"X\" target=5 measure=\"{measure}\""));
    }

    private static async Task ObjectiveAsync(Conversation chat, params (string Title, string Measure)[] keyResults)
    {
        await chat.SayAsync("ana", "okr add \"Try more\" until=2026-03-31");
        foreach (var (title, measure) in keyResults)
            await chat.SayAsync("ana", $"kr add 1 \"{title}\" target=3 measure=\"{measure}\"");
        await chat.SayAsync("ana", "okr activate 1");
    }

    private static async Task<(string First, string Second)> ReadAsync(Conversation chat)
    {
        var lines = (await chat.AskAsync("ana", "okr show 1")).Split('\n').Where(line => line.Contains(" of 3", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(" of 3", StringComparison.Ordinal) - 1)..][..6]).ToList();
        return (lines[0], lines[1]);
    }
}

public sealed class CountedOnSqliteTests() : CountedTests(Product.Sqlite);
