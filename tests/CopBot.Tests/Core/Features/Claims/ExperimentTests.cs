using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class ExperimentTests(Product product)
{
    [Fact]
    public async Task Starting_earns_with_a_declared_measure_and_nothing_without()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");

        Assert.Contains(": 5 points for ana.", await chat.AskAsync("ana", "experiment start \"Canary at 1 %\" hypothesis=\"Fewer rollbacks\" measure=\"rollbacks a month\" due=2026-03-31"));
        var heard = await chat.SayAsync("bo", "experiment start \"Fewer alerts by grouping\"");
        Assert.Contains(": no points.", Assert.Single(heard, one => one.IsPublic).Text);
        Assert.Equal(
            "Whoever declares beforehand what they measure earns 5 points: `undo 2` takes the experiment back, to start it again with `measure=`. Its result earns the same either way.",
            Assert.Single(heard, one => one.IsFor("bo")).Text);
        Assert.Equal((5, 0), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task Every_result_earns_the_same_once_another_member_confirms_under_the_number_of_the_start()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ref");
        var number = 0;
        foreach (var result in (string[])["proven", "disproved", "inconclusive"])
        {
            var (name, title) = ($"m{++number}", $"Canary {new string((char)('a' + number), 12)}");
            await chat.SayAsync(name, $"experiment start \"{title}\" measure=\"rollbacks a month\"");
            var reported = await chat.AskAsync(name, $"experiment result {number} {result} learned=\"Too small a sample\" next=\"Try 5 %\"");

            Assert.StartsWith($"#{number} {name} ended the experiment “{title}”, {result}: waiting.\nLearned: Too small a sample\nNext: Try 5 %\n", reported);
            Assert.Equal(5, await chat.PointsAsync(name));
            Assert.StartsWith("Nobody confirms their own", await chat.AskAsync(name, $"confirm {number}"));
            Assert.Equal($"#{number} “{title}” is confirmed by ref: 15 points for {name}.", await chat.AskAsync("ref", $"confirm {number}"));
            Assert.Equal(20, await chat.PointsAsync(name));
        }
    }

    [Fact]
    public async Task A_result_without_what_was_learned_or_what_comes_next_is_asked_for_in_a_form()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\"");
        foreach (var (rest, missing) in (IEnumerable<(string, string)>)
        [
            ("", "`learned` and `next`"), ("next=\"Try 5 %\"", "`learned`"), ("learned=\"Too small\"", "`next`"), ("learned=\" \" next=\"Try 5 %\"", "`learned`"),
        ])
        {
            var asked = Assert.Single(await chat.SayAsync("ana", $"experiment result 1 disproved {rest}"));
            Assert.True(asked.IsFor("ana"));
            Assert.StartsWith($"`experiment result` still needs {missing}. Nothing was stored yet.", asked.Text);
            Assert.Contains("\"kind\":\"form\",\"command\":\"experiment result\"", asked.Card);
            Assert.Contains("\"name\":\"result\",\"label\":\"What came out\",\"type\":\"choice\",\"required\":true,\"choices\":[\"proven\",\"disproved\",\"inconclusive\"],\"value\":\"disproved\"", asked.Card);
        }

        Assert.Equal("#1 does not wait for confirmation: it counts as it is. Nothing was changed.", await chat.AskAsync("bo", "confirm 1"));
    }

    [Fact]
    public async Task Only_its_author_reports_a_result_and_only_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\"");
        await chat.SayAsync("ana", "share \"Not an experiment\"");
        const string End = "proven learned=\"It helps\" next=\"Everywhere\"";

        Assert.Equal("#1 is ana's experiment; they report its result. Nothing was stored.", await chat.AskAsync("bo", $"experiment result 1 {End}"));
        Assert.Equal("#2 is not an experiment. Nothing was stored.", await chat.AskAsync("ana", $"experiment result 2 {End}"));
        Assert.StartsWith("There is no #9.", await chat.AskAsync("ana", $"experiment result 9 {End}"));
        await chat.SayAsync("ana", $"experiment result 1 {End}");
        Assert.StartsWith("#1 has a result already. `undo 1` takes it back", await chat.AskAsync("ana", $"experiment result 1 {End}"));
    }

    [Fact]
    public async Task A_result_taken_back_leaves_the_experiment_running_and_can_be_reported_anew()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\" measure=\"rollbacks a month\"");
        await chat.WaitAsync(Duration.FromDays(20));
        await chat.SayAsync("ana", "experiment result 1 proven learned=\"It helps\" next=\"Everywhere\"");
        await chat.SayAsync("bo", "confirm 1");
        Assert.StartsWith("The result of #1 “Canary at 1 %” is taken back; the experiment goes on: -15 points for ana.", await chat.AskAsync("ana", "undo 1"));
        Assert.Equal(5, await chat.PointsAsync("ana"));

        await chat.SayAsync("ana", "experiment result 1 disproved learned=\"It does not\" next=\"Drop it\"");
        Assert.Contains("15 points for ana", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal(20, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task A_result_that_expired_unconfirmed_can_be_reported_again()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start \"Canary at 1 %\" measure=\"rollbacks a month\"");
        await chat.SayAsync("ana", "experiment result 1 proven learned=\"It helps\" next=\"Everywhere\"");
        await chat.WaitAsync(Duration.FromDays(15));
        Assert.Equal(5, await chat.PointsAsync("ana"));

        Assert.Contains(": waiting.", await chat.AskAsync("ana", "experiment result 1 proven learned=\"It still helps\" next=\"Everywhere\""));
        Assert.Contains("15 points for ana", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal(20, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task A_due_date_in_the_past_or_on_no_calendar_is_refused_and_one_today_is_fine()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");

        Assert.Equal("`due` lies in the past; today is 2026-01-05. Nothing was stored.", await chat.AskAsync("ana", "experiment start \"Late\" due=2026-01-04"));
        Assert.Equal("`due` is a date such as `2026-01-19`; there is no “2026-02-31”. Nothing was stored.", await chat.AskAsync("ana", "experiment start \"Never\" due=2026-02-31"));
        Assert.StartsWith("#1 ana starts", await chat.AskAsync("ana", "experiment start \"Today\" due=today"));
    }
}

public sealed class ExperimentOnSqliteTests() : ExperimentTests(Product.Sqlite);
