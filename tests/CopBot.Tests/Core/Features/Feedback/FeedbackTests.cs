using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Feedback;

public abstract class FeedbackTests(Product product)
{
    private const string Give = "feedback give \"More hands-on, fewer slides\" word=\"Kettle on the moon\"";

    [Fact]
    public async Task Feedback_reaches_the_core_team_without_whoever_gave_it_and_the_answer_finds_its_way_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "cor", "bo");
        await chat.SayAsync("lea", "role @cor core");
        var given = Assert.Single(await chat.SayAsync("bo", Give));
        Assert.True(given.IsFor("bo"));
        Assert.Equal(
            """
            Thank you. It is in the box without your name, and the core team reads it on the next working morning. `feedback look` with your word shows you the answer, and only to you. Keep the word: I cannot tell it to you again.
            What is kept: the words, the day, nothing about you. So it cannot be taken back either, not even by `forget me`. Your way of writing is yours; write as if it were read aloud.
            """, given.Text);
        Assert.Equal("There is no answer yet.\n“More hands-on, fewer slides”\nNot answered yet.", await chat.AskAsync("bo", "feedback look \"kettle on the Moon\""));
        Assert.Equal("The feedback box is empty.", await chat.AskAsync("cor", "feedback list"));

        Assert.Empty(await chat.WaitAsync(Duration.FromHours(24) - Duration.FromMinutes(1)));
        var told = await chat.WaitAsync(Duration.FromMinutes(1));
        Assert.Equal(["@cor", "@lea"], told.Select(one => one.Place).Order());
        Assert.All(told, one => Assert.Equal("Something is in the feedback box. Nobody knows from whom.\n1: More hands-on, fewer slides\n`feedback answer 1 \"…\"` answers it; `share=yes` says question and answer to everybody.", one.Text));

        Assert.Equal("1 in the feedback box waits for an answer.\n1: “More hands-on, fewer slides”, not answered yet", await chat.AskAsync("cor", "feedback list"));
        Assert.StartsWith("Only the core team may use `feedback answer`.", await chat.AskAsync("bo", "feedback answer 1 \"Never\""));
        Assert.Equal("Feedback 1 is answered. Whoever gave it reads it with their word.", await chat.AskAsync("cor", "feedback answer 1 \"From March on\""));
        Assert.Equal("Feedback 1 is answered already: “From March on”. Nothing was stored.", await chat.AskAsync("lea", "feedback answer 1 \"Later\""));
        Assert.Equal("The core team has answered.\n“More hands-on, fewer slides”\nAnswer: “From March on”", await chat.AskAsync("bo", "feedback look \"kettle on the moon\""));
        Assert.Equal("There is no feedback under that word.", await chat.AskAsync("lea", "feedback look \"kettle on the sun\""));
    }

    [Fact]
    public async Task What_came_without_a_word_is_answered_to_everybody_or_not_at_all()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.Contains("Nobody knows whom to answer, so an answer can only be said to everybody.", await chat.AskAsync("bo", "feedback give \"More coffee\""));
        await chat.WaitAsync(Duration.FromDays(1));
        Assert.Equal("Feedback 1 came without a word, so nobody could read that answer. `share=yes` says question and answer to everybody. Nothing was stored.", await chat.AskAsync("lea", "feedback answer 1 \"Yes\""));
        var heard = await chat.SayAsync("lea", "feedback answer 1 \"Yes\" share=yes");
        Assert.Equal("From the feedback box, with the core team's answer.\n“More coffee”\nAnswer: “Yes”\n`feedback give` tells the core team something without your name.", Assert.Single(heard, one => one.IsPublic).Text);
        Assert.Equal("Everything in the feedback box is answered.\n1: “More coffee”: “Yes”", await chat.AskAsync("lea", "feedback list"));
    }

    [Fact]
    public async Task The_box_takes_three_a_day_from_each()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cy");
        for (var times = 0; times < 3; times++)
            Assert.StartsWith("Thank you.", await chat.AskAsync("bo", $"feedback give \"Thought {times}\""));
        Assert.Equal("The box takes 3 a day from each of us. Tomorrow it takes more. Nothing was stored.", await chat.AskAsync("bo", "feedback give \"One more\""));
        Assert.StartsWith("Thank you.", await chat.AskAsync("cy", "feedback give \"Another thought\""));
        await chat.WaitAsync(Duration.FromDays(1));
        Assert.StartsWith("Thank you.", await chat.AskAsync("bo", "feedback give \"One more\""));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from feedback_days"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from feedback_marks"));
    }

    [Fact]
    public async Task No_table_says_who_gave_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("bo", Give);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from inbox where text is not null"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from outbox where lower(body) like {"%hands-on%"} or lower(body) like {"%kettle%"}"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from audit where act like {"feedback%"}"));
        await chat.WaitAsync(Duration.FromDays(1));
        var (id, me) = await chat.Store.ReadAsync(Community.First, async (work, ct) => (
            await work.Sql.FirstAsync($"select id from feedback", row => row.Id(0), ct),
            await work.Sql.FirstAsync($"select person_id from handles where name_key = {"bo"}", row => row.Person(0), ct)), CancellationToken.None);

        // An ordered id would begin with the millisecond in which it came.
        var began = new byte[8];
        id.ToByteArray(bigEndian: true).AsSpan(0, 6).CopyTo(began.AsSpan(2));
        Assert.NotInRange(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(began), (chat.Clock.Now - Duration.FromDays(400)).ToUnixTimeMilliseconds(), (chat.Clock.Now + Duration.FromDays(400)).ToUnixTimeMilliseconds());
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from feedback where answered_by = {me}"));
        if (product == Product.Postgres)
            Assert.Equal(0, await chat.ScalarAsync<long>($"select count(*) from feedback f join inbox i on f.xmin = i.xmin"));
    }

    [Fact]
    public async Task Bad_input_gets_one_private_sentence_that_repeats_nothing_and_stores_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        foreach (var (line, says) in ((string, string)[])
        [
            ("feedback give \"Psst\" word=short", "`word` has at least 8 characters, so that nobody guesses it. Nothing was stored."),
            ("feedback give \"<b>Psst</b>\"", "`text` contains HTML, which would be shown as typed. Nothing was stored."),
            ($"feedback give \"Psst {new string('x', 1500)}\"", "`text` has 1505 characters; it may have 1500. Nothing was stored."),
            ("feedback \"Psst\"", "I could not read that. `help feedback` shows how it goes. Nothing was stored."),
            ("feedback give \"Psst\" colour=red", "I could not read that. `help feedback` shows how it goes. Nothing was stored."),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync("bo", line));
            Assert.True(heard.IsFor("bo"));
            Assert.Equal(says, heard.Text);
        }

        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from feedback"));
        Assert.Equal("There is no feedback 1; `feedback list` shows what there is. Nothing was stored.", await chat.AskAsync("lea", "feedback answer 1 \"Yes\""));
    }
}

public sealed class FeedbackOnSqliteTests() : FeedbackTests(Product.Sqlite);
