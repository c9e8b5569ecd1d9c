using CopBot.Core.Chat;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Canvas;

public abstract class CanvasTests(Product product)
{
    [Fact]
    public async Task The_canvas_begins_with_a_draft_of_all_nine_answers()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        var shown = Assert.Single(await chat.SayAsync("ana", "canvas show"));
        Assert.True(shown.IsFor("ana"));
        var lines = shown.Text.Split('\n');
        Assert.Equal("The community canvas. `canvas show values` shows one answer, `canvas set` by the core team changes it.", lines[0]);
        Assert.Equal(["Purpose", "Audience", "Values", "Goals", "Experience", "Roles", "Rules", "Governance", "Communication"], lines[1..].Select(line => line.Split(':')[0]));
        Assert.All(lines[1..], line => Assert.EndsWith(" (draft)", line));
        Assert.Equal(
            """
            Values: Which principles do we keep to?
            Share what we know. Experiment rather than argue. Work together, best as a mob on real code. Look at outcomes.
            The draft that every community starts with.
            """, await chat.AskAsync("ana", "canvas show values"));
    }

    [Fact]
    public async Task An_answer_is_set_version_by_version_with_its_history()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.Equal("Purpose is as drafted.", (await chat.AskAsync("ana", "canvas history purpose")).Split('\n')[0]);
        var set = Assert.Single(await chat.SayAsync("ana", "canvas set purpose \"We make production boring together\""));
        Assert.True(set.IsPublic);
        Assert.Equal("ana answers purpose anew, version 1: “We make production boring together”\n`canvas diff purpose` shows what is different. Stars are for a version, so this one has none yet.", set.Text);
        Assert.Equal("That is the answer already. Nothing was stored.", await chat.AskAsync("ana", "canvas set purpose \"We make production boring together\""));
        Assert.Equal("Only the core team may use `canvas set`. Nothing was changed; ask them to do it.", await chat.AskAsync("bo", "canvas set purpose \"We make it exciting\""));
        await chat.SayAsync("ana", "privacy hidden");
        await chat.WaitAsync(Duration.FromDays(1));
        Assert.True(Assert.Single(await chat.SayAsync("ana", "canvas set purpose \"We keep production boring for all of us\"")).IsFor("ana"));
        var history = (await chat.AskAsync("bo", "canvas history purpose")).Split('\n');
        Assert.Equal(
            [
                "Purpose has 2 versions, the newest first.",
                "Version 2: “We keep production boring for all of us” (2026-01-06, by someone)",
                "Version 1: “We make production boring together” (2026-01-05, by someone)",
            ], history[..3]);
        Assert.StartsWith("Draft: “Experts and enthusiasts", history[3]);
        Assert.Equal("Purpose, from version 1 to version 2: `[-gone-]`, `{+new+}`.\nWe [-make-] {+keep+} production boring [-together-] {+for all of us+}", await chat.AskAsync("bo", "canvas diff purpose"));
        Assert.StartsWith("Purpose, from the draft to version 1: `[-gone-]`, `{+new+}`.\n[-Experts", await chat.AskAsync("bo", "canvas diff purpose from=0 to=1"));
        Assert.Equal("Purpose has no version 7; they go from 0, the draft, to 2.", await chat.AskAsync("bo", "canvas diff purpose to=7"));
        Assert.Equal("Values has not changed since the draft.", await chat.AskAsync("bo", "canvas diff values"));
    }

    [Fact]
    public async Task Members_give_stars_once_per_version_and_nobody_learns_who()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        var rated = Assert.Single(await chat.SayAsync("bo", "canvas rate values 4"));
        Assert.True(rated.IsFor("bo"));
        Assert.Equal("You give values 4 stars; 4.0 of 5 stars from 1 member. Nobody is told who gave which, but of so few it can be guessed.", rated.Text);
        Assert.Equal("You give values 1 star; 2.5 of 5 stars from 2 members. Nobody is told who gave which, but of so few it can be guessed.", await chat.AskAsync("cy", "canvas rate values 1"));
        Assert.EndsWith("5.0 of 5 stars from 2 members. Nobody is told who gave which, but of so few it can be guessed.", (await chat.SayAsync("cy", "canvas rate values 5"))[^1].Text.Replace("4.5", "5.0", StringComparison.Ordinal));
        Assert.Contains("Look at outcomes. (draft; 4.5 of 5 stars from 2 members)\n", await chat.AskAsync("ana", "canvas show"));
        Assert.EndsWith("\nThe draft that every community starts with; 4.5 of 5 stars from 2 members.", await chat.AskAsync("ana", "canvas show values"));
        await chat.SayAsync("ana", "canvas set values \"Be kind\"");
        Assert.EndsWith("\nBe kind\nVersion 1, 2026-01-05, by ana.", await chat.AskAsync("bo", "canvas show values"));
    }

    [Fact]
    public async Task What_cannot_be_gets_one_private_sentence_and_stores_nothing()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "obs");
        await chat.SayAsync("obs", "privacy observer");
        foreach (var (name, line, says) in ((string, string, string)[])
        [
            ("ana", $"canvas set purpose \"{new string('x', 20_000)}\"", "That is 20,021 characters".Replace(",", "", StringComparison.Ordinal)),
            ("ana", $"canvas set purpose \"{new string('x', 2_001)}\"", "`answer` has 2001 characters; it may have 2000. Nothing was stored."),
            ("ana", "canvas set porpose \"We mend\"", "`question` is one of purpose, audience, values, goals, experience, roles, rules, governance, communication; did you mean `purpose`? Nothing was stored."),
            ("ana", "canvas rate purpose 4", "`question` is one of values, goals, not “purpose”. Nothing was stored."),
            ("ana", "canvas rate values 6", "`stars` is 1 to 5, not 6. Nothing was stored."),
            ("ana", "canvas rate values 0", "`stars` is 1 to 5, not 0. Nothing was stored."),
            ("obs", "canvas rate values 4", "You only look on."),
            ("ana", "canvas review on=2026-01-04", "`on` lies in the past; today is 2026-01-05. Nothing was stored."),
            ("ana", "canvas review", "No review is planned: `canvas review on=2026-07-05` plans one. Nothing was changed."),
            ("ana", "canvas review done", "No review is planned"),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync(name, line));
            Assert.True(heard.IsFor(name), line);
            Assert.StartsWith(says, heard.Text);
            Assert.True(heard.Text.Length < 400);
        }

        Assert.Equal((0, 0, 0), (await chat.ScalarAsync<int>($"select count(*) from canvas_answers"), await chat.ScalarAsync<int>($"select count(*) from canvas_ratings"), await chat.ScalarAsync<int>($"select count(*) from canvas_reviews")));
    }

    [Fact]
    public async Task Whoever_plans_a_review_is_reminded_of_it_once_in_their_hours()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "role @bo core");
        Assert.Equal("The canvas is looked at again on 2026-02-07; bo is reminded then, in working hours.", await chat.AskAsync("bo", "canvas review on=2026-02-07"));
        Assert.Equal("The canvas is looked at again on 2026-02-07. `canvas review done` says that it was.", await chat.AskAsync("ana", "canvas review"));

        // The seventh is a Saturday.
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(34)));
        var reminded = Assert.Single(await chat.WaitAsync(Duration.FromDays(1)));
        Assert.True(reminded.IsFor("bo"));
        Assert.Equal(
            """
            Today the community canvas is to be looked at: is what it says still so? `canvas show` shows it with what has drifted.
              [See the canvas] canvas show
              [It was looked at] canvas review done=yes
            """, reminded.Text);
        Assert.Equal("2026-02-09T08:00:00Z", chat.Clock.Now.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null));
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(60)));
        Assert.StartsWith("The canvas was looked at. When next?", await chat.AskAsync("ana", "canvas review done=yes"));
        Assert.StartsWith("No review is planned", await chat.AskAsync("ana", "canvas review"));
    }

    [Fact]
    public async Task A_review_whose_planner_is_gone_is_told_to_the_leads()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "role @bo core");
        await chat.SayAsync("bo", "canvas review on=2026-02-07");
        await chat.SayAsync("bo", "canvas set purpose \"We mend\"");
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.True(Assert.Single(await chat.WaitAsync(Duration.FromDays(40))).IsFor("ana"));
        Assert.StartsWith("Purpose: Why do we exist?\nExperts and enthusiasts", await chat.AskAsync("ana", "canvas show purpose"));
        Assert.Contains("Version 1: “(erased)” (2026-01-05, by someone)", await chat.AskAsync("ana", "canvas history purpose"));
    }

    [Fact]
    public async Task The_export_is_markdown_in_which_words_stay_words()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "canvas set rules \"1. Be *kind* # and on time [always]\"");
        var document = Assert.Single(Assert.Single(await chat.SayAsync("ana", "canvas export")).Message.Card!.Blocks.OfType<Document>());
        Assert.Equal(("canvas.md", "text/markdown"), (document.Name, document.MediaType));
        Assert.StartsWith("# Community canvas\n\n## Purpose\n\n*Why do we exist?*\n\nExperts and enthusiasts share what they know,", document.Content);
        Assert.Contains("\n\n## Rules\n\n*What do we expect of one another?*\n\n1\\. Be \\*kind\\* \\# and on time \\[always\\]\n\n## Governance", document.Content);
    }
}

public sealed class CanvasOnSqliteTests() : CanvasTests(Product.Sqlite);
