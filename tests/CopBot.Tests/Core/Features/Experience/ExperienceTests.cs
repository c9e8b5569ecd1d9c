using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Experience;

public abstract class ExperienceTests(Product product)
{
    private static readonly string[] Six = ["ana", "bo", "cy", "dot", "eli", "fay"];

    [Fact]
    public async Task Those_who_were_there_are_asked_with_a_click_for_each_answer()
    {
        await using var chat = await Conversation.StartAsync(product);
        await GatherAsync(chat);
        Assert.Equal(
            """
            Noted: you were at “Postmortems” (gathering 1).
            What did you expect? From 1, little, to 5, much.
              [1] experience answer gathering=1 expected=1
              [2] experience answer gathering=1 expected=2
              [3] experience answer gathering=1 expected=3
              [4] experience answer gathering=1 expected=4
              [5] experience answer gathering=1 expected=5
            How was it? From 1, poor, to 5, great.
              [1] experience answer gathering=1 experienced=1
              [2] experience answer gathering=1 experienced=2
              [3] experience answer gathering=1 experienced=3
              [4] experience answer gathering=1 experienced=4
              [5] experience answer gathering=1 experienced=5
            Anonymous: your answer only adds one to a count. So that nobody answers twice, a mark is kept that does not name you; it and the secret that made it are destroyed after 7 days. Means are shown from 5 answers on: `experience show gathering=1`.
            """, await chat.AskAsync("bo", "gather here 1"));
        var answer = Assert.Single(await chat.SayAsync("bo", "experience answer gathering=1 expected=4"));
        Assert.True(answer.IsFor("bo"));
        Assert.Equal("Thank you. It is counted, and nothing says that it was yours.", answer.Text);
        Assert.Equal("Thank you. It is counted, and nothing says that it was yours. The other one you had answered before; that stays as it was.", await chat.AskAsync("bo", "experience answer gathering=1 expected=2 experienced=5"));
        Assert.Equal("You have answered that already, and since nobody knows with what, it cannot be changed. Nothing was stored.", await chat.AskAsync("bo", "experience answer gathering=1 expected=1 experienced=1"));
        Assert.Equal(2, await chat.ScalarAsync<int>($"select sum(answers) from survey_counts"));
    }

    [Fact]
    public async Task Means_are_shown_from_five_answers_on_and_in_steps_of_five()
    {
        await using var chat = await Conversation.StartAsync(product);
        await GatherAsync(chat);
        foreach (var (name, given) in Six[..4].Zip([(3, 4), (4, 4), (2, 5), (3, 4)]))
            await AnswerAsync(chat, name, given.Item1, given.Item2);
        const string Few = "Expectation and reality, gathering 1: shown from 5 answers on, so far fewer than five can be shown.";
        Assert.Equal(Few, await chat.AskAsync("lea", "experience show gathering=1"));
        await AnswerAsync(chat, "eli", 3, 3);
        var five = await chat.AskAsync("lea", "experience show gathering=1");
        Assert.Equal(
            """
            Expectation and reality, gathering 1: 3.0 expected, 4.0 experienced, 1.0 better than expected.
            Expected: 3.0 of 5
            Experienced: 4.0 of 5
            Gap: +1.0
            Answers: 5, counted in steps of 5
            """, five);

        // The sixth alone changes nothing that anybody could see.
        await AnswerAsync(chat, "fay", 1, 1);
        Assert.Equal(five, await chat.AskAsync("lea", "experience show gathering=1"));
        await chat.WaitAsync(Duration.FromDays(8));
        Assert.Equal(five, await chat.AskAsync("lea", "experience show gathering=1"));
        Assert.Equal(five.Replace("gathering 1", "the last twelve months", StringComparison.Ordinal), await chat.AskAsync("lea", "experience show"));
        Assert.Equal("Nobody is asked about that now: answers are taken for 7 days. Nothing was stored.", await chat.AskAsync("fay", "experience answer gathering=1 expected=4"));
    }

    [Fact]
    public async Task What_is_too_little_by_itself_counts_for_its_month()
    {
        await using var chat = await Conversation.StartAsync(product);
        await GatherAsync(chat);
        await GatherAsync(chat, "Canaries");
        foreach (var name in Six[..3])
            await AnswerAsync(chat, name, 2, 4);
        foreach (var name in Six[3..])
            await AnswerAsync(chat, name, 4, 2, gathering: 2);
        await chat.WaitAsync(Duration.FromDays(8));
        Assert.EndsWith("so far fewer than five can be shown.", await chat.AskAsync("lea", "experience show gathering=2"));
        Assert.StartsWith("Expectation and reality, the last twelve months: 3.0 expected, 3.0 experienced, just as expected.", await chat.AskAsync("lea", "experience show"));
    }

    [Fact]
    public async Task All_members_are_asked_each_quarter_once_a_lead_wants_that()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(90)));
        Assert.StartsWith("Only a CoP lead may use `experience quarterly`.", await chat.AskAsync("bo", "experience quarterly on"));
        Assert.Equal("On the first Monday of each quarter every member is asked both questions in private, in their own hours, and answers anonymously. It is schedule 1; `experience quarterly off` stops it.", await chat.AskAsync("lea", "experience quarterly on"));
        Assert.Equal("The questions of the quarter are on already. Nothing was changed.", await chat.AskAsync("lea", "experience quarterly on"));
        await chat.SayAsync("bo", "hours \"mon-fri 14:00-16:00\"");

        var asked = await chat.WaitAsync(Duration.FromDays(80));
        Assert.Equal(["@bo", "@lea"], asked.Select(one => one.Place).Order());
        Assert.All(asked, one => Assert.StartsWith("A new quarter: two questions about this community, a click each.\nWhat did you expect? From 1, little, to 5, much.\n  [1] experience answer expected=1\n", one.Text));
        Assert.Equal("Nobody is asked each quarter any more. What was answered stays.", await chat.AskAsync("lea", "experience quarterly off"));
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(100)));
    }

    [Fact]
    public async Task Bad_input_gets_one_private_sentence_and_stores_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await GatherAsync(chat);
        await chat.SayAsync("bo", "gather here 1");
        foreach (var (name, line, says) in ((string, string, string)[])
        [
            ("bo", "experience answer gathering=1", "Say what you expected, how it was, or both: `expected=` and `experienced=` are 1 to 5. Nothing was stored."),
            ("bo", "experience answer gathering=1 expected=6", "Answers are from 1 to 5. Nothing was stored."),
            ("bo", "experience answer gathering=1 expected=4 experienced=0", "Answers are from 1 to 5. Nothing was stored."),
            ("bo", "experience answer expected=4", "Nobody is asked about that now: answers are taken for 7 days. Nothing was stored."),
            ("bo", "experience answer gathering=9 expected=4", "Nobody is asked about that now: answers are taken for 7 days. Nothing was stored."),
            ("cy", "experience answer gathering=1 expected=4", "Those who were at gathering 1 are asked; `gather here 1` says that you were. Nothing was stored."),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync(name, line));
            Assert.True(heard.IsFor(name));
            Assert.Equal(says, heard.Text);
        }

        Assert.Equal(0, await chat.ScalarAsync<int>($"select sum(answers) from survey_counts"));
    }

    private static async Task GatherAsync(Conversation chat, string title = "Postmortems")
    {
        await chat.JoinAsync(["lea", .. Six]);
        await chat.SayAsync("lea", $"gather plan {title} kind=meeting at=\"in 5 minutes\" minutes=5");
        await chat.WaitAsync(Duration.FromMinutes(11));
    }

    private static async Task AnswerAsync(Conversation chat, string name, int expected, int experienced, int gathering = 1)
    {
        await chat.SayAsync(name, $"gather here {gathering}");
        Assert.StartsWith("Thank you.", await chat.AskAsync(name, $"experience answer gathering={gathering} expected={expected} experienced={experienced}"));
    }
}

public sealed class ExperienceOnSqliteTests() : ExperienceTests(Product.Sqlite);
