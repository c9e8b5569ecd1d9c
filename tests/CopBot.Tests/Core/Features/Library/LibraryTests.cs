using CopBot.Core.Chat;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Library;

public abstract class LibraryTests(Product product)
{
    private const string Nothing = "Nothing is found. Try fewer words, or the beginning of one; `library used` shows what is used most.";

    [Fact]
    public async Task The_exact_title_comes_first_then_titles_then_everything_else()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var line in (string[])
        [
            "share \"Pager\" format=code",
            "share \"Paging Dr. Müller\" topic=pager",
            "share \"How our pager bot learned to sleep\" format=talk",
            "experiment start \"Canary at one percent\" hypothesis=\"The pager stays quiet\"",
            "win \"A quiet pager week\"",
            "share \"Something else\"",
        ])
            await chat.SayAsync("ana", line);

        Assert.Equal(
            """
            Found 5.
            #1: “Pager”, code by ana
            #5: “A quiet pager week”, win by ana
            #3: “How our pager bot learned to sleep”, talk by ana
            #4: “Canary at one percent”, experiment by ana
            #2: “Paging Dr. Müller”, share by ana, on pager
            """, await chat.AskAsync("bo", "library search PAGER"));
        Assert.Equal("Found one.\n#3: “How our pager bot learned to sleep”, talk by ana", await chat.AskAsync("bo", "library search pager format=talk"));
        Assert.Equal("Found one.\n#2: “Paging Dr. Müller”, share by ana, on pager", await chat.AskAsync("bo", "library search topic=pager"));
        Assert.Equal("Found one.\n#2: “Paging Dr. Müller”, share by ana, on pager", await chat.AskAsync("bo", "library search muller"));
        Assert.Equal("Found one.\n#3: “How our pager bot learned to sleep”, talk by ana", await chat.AskAsync("bo", "library search \"sle bot\""));
        Assert.Equal(Nothing, await chat.AskAsync("bo", "library search pager by=@bo"));
        Assert.StartsWith("Found 5.", await chat.AskAsync("bo", "library search pager by=@ana"));
    }

    [Fact]
    public async Task Words_are_data_whatever_they_look_like()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "share \"Costs: 5 * 3 = 15, C++ and on-call\"");
        foreach (var line in (string[])["costs:", "5 * 3", "C++", "on-call", "\"on call\"", "(costs)", "costs^", "title:costs", "'costs'", "costs & calls | !x"])
        {
            var answer = await chat.AskAsync("ana", CommandLine.Write("library search", [new("words", line)]));
            Assert.True(answer.StartsWith("Found one.", StringComparison.Ordinal) || answer == Nothing, $"`{line}` got: {answer}");
        }

        foreach (var line in (string[])["costs NEAR calls", "costs OR nothing", "NOT costs", "author:ana", "x' or '1'='1", "{title} : costs -author"])
            Assert.Equal(Nothing, await chat.AskAsync("ana", CommandLine.Write("library search", [new("words", line)])));
        Assert.StartsWith("Found one.", await chat.AskAsync("ana", "library search \"on-call\""));
        Assert.StartsWith("Found one.", await chat.AskAsync("ana", "library search \"C++\""));
        Assert.StartsWith("Say what to look for: `library search pager`", await chat.AskAsync("ana", "library search \"*** --- ???\""));
        Assert.StartsWith("Say what to look for", await chat.AskAsync("ana", "library search"));
        Assert.StartsWith("`page` is between 1 and 20", await chat.AskAsync("ana", "library search costs page=21"));
    }

    [Fact]
    public async Task Little_words_are_not_looked_for_unless_there_are_no_others()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "share \"Runbooks for the edge proxies\"");
        await chat.SayAsync("ana", "share \"Cómo probar el pager\"");
        const string Runbooks = "Found one.\n#1: “Runbooks for the edge proxies”, share by ana";
        Assert.Equal(Runbooks, await chat.AskAsync("ana", "library search \"a runbook on proxies\""));
        Assert.Equal(Runbooks, await chat.AskAsync("ana", "library search for"));
        Assert.Equal("Found one.\n#2: “Cómo probar el pager”, share by ana", await chat.AskAsync("ana", "library search \"probar los pager\""));
        Assert.Equal(Nothing, await chat.AskAsync("ana", "library search \"runbooks for kettles\""));
    }

    [Fact]
    public async Task What_does_not_stand_any_more_is_not_found_and_comes_back_with_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        Assert.StartsWith("Found one.", await chat.AskAsync("bo", "library search runbook"));
        await chat.SayAsync("bo", "flag 1 \"seen before\"");
        Assert.Equal(Nothing, await chat.AskAsync("bo", "library search runbook"));
        await chat.SayAsync("lea", "unflag 1");
        Assert.StartsWith("Found one.", await chat.AskAsync("bo", "library search runbook"));
        await chat.SayAsync("lea", "void 1 reason=\"not ours\"");
        Assert.Equal(Nothing, await chat.AskAsync("bo", "library search runbook"));
    }

    [Fact]
    public async Task Whoever_is_not_shown_is_not_named_and_not_found_by_name()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("hid", "share \"Sharing under cover\"");
        Assert.Equal("Found one.\n#1: “Sharing under cover”, share by someone", await chat.AskAsync("ana", "library search cover"));
        Assert.DoesNotContain("cover", await chat.AskAsync("ana", "library search by=@hid"));
        Assert.StartsWith("Found one.", await chat.AskAsync("hid", "library search by=@hid"));
    }

    [Fact]
    public async Task What_is_found_is_leafed_through_and_what_is_used_comes_by_its_use()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        for (var number = 1; number <= 12; number++)
            await chat.SayAsync("ana", $"share \"Lesson {new string((char)('a' + number), 6)} of many\"");
        await chat.SayAsync("bo", "used 3");
        await chat.SayAsync("cy", "used 3");
        await chat.SayAsync("cy", "used 5");
        var first = await chat.AskAsync("bo", "library search lesson topic=\"\"");
        Assert.StartsWith("Page 1 of what is found, 10 here.\n#12: ", first);
        Assert.EndsWith("\n  [More] library search words=\"lesson\" page=\"2\"", first);
        Assert.Equal("Page 2 of what is found, 2 here, the last.\n#2: “Lesson cccccc of many”, share by ana\n#1: “Lesson bbbbbb of many”, share by ana", await chat.AskAsync("bo", first.Split("] ")[1]));
        Assert.Equal("What others used most.\n#3: “Lesson dddddd of many”, share by ana, used 2 times\n#5: “Lesson ffffff of many”, share by ana, used once", await chat.AskAsync("bo", "library used"));
    }

    [Fact]
    public async Task The_weeks_digest_is_posted_and_an_empty_week_is_silent()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.Equal("Nothing was shared in the last seven days. `share \"What you learned\"` is a good start.", await chat.AskAsync("bo", "library digest"));
        Assert.Equal("Every Friday at 15:00 the channel hears what was shared in the week, unless that is nothing. It is schedule 1; `library weekly off` stops it.", await chat.AskAsync("ana", "library weekly on"));
        Assert.Equal("The week's digest is on already. Nothing was changed.", await chat.AskAsync("ana", "library weekly on"));
        await chat.SayAsync("bo", "share \"Runbooks that cut MTTR\" topic=incidents");
        const string Digest = "One thing was shared in seven days.\n#1: “Runbooks that cut MTTR”, share by bo, on incidents\n`library search` finds what was shared before; `used` with a number says that you used it.";
        Assert.Equal(Digest, await chat.AskAsync("ana", "library digest"));
        Assert.Equal(Digest, Assert.Single(await chat.WaitAsync(Duration.FromDays(5)), one => one.IsPublic && one.Text.Contains("shared in seven days", StringComparison.Ordinal)).Text);
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(7)), one => one.Text.Contains("shared in seven days", StringComparison.Ordinal));
    }
}

public sealed class LibraryOnSqliteTests() : LibraryTests(Product.Sqlite);
