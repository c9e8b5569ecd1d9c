using CopBot.Core.Chat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.People;

public abstract class FirstContactTests(Product product)
{
    [Fact]
    public async Task Whoever_speaks_first_is_welcomed_once_in_private_and_told_who_sees_what()
    {
        await using var chat = await Conversation.StartAsync(product);
        var heard = await chat.SayAsync("ana", "share \"A link\"");

        var welcome = Assert.Single(heard, one => one.Place == "@ana");
        Assert.Equal(
            """
            Welcome to the Reliability League, ana!
            Log what you learn, try and mend together, and see your community move. `help` shows how; `share "What you learned"` is a good start.
            Who sees what: your name and points may appear on boards and in receipts. You decide: `privacy alias NAME` shows another name, `privacy hidden` shows you nowhere and you earn all the same, `privacy observer` means you only look on. `me`, `why` and every refusal are for your eyes alone.
            `my data` shows everything that is held about you; `forget me` erases it.
            You are the first here, so you are the CoP lead: `settings` sets the community's zone, `role` appoints others.
              [How it works] help
              [The rules] rules
              [Do not show me] privacy hidden
            """, welcome.Text);
        Assert.True(heard[^1].IsPublic);
        Assert.DoesNotContain(await chat.SayAsync("ana", "help"), one => one.Text.StartsWith("Welcome", StringComparison.Ordinal));

        var second = await chat.SayAsync("bo", "nonsense");
        Assert.DoesNotContain("CoP lead", Assert.Single(second, one => one.Place == "@bo").Text);
        Assert.Equal("I do not know “nonsense”. `help` lists what I understand.\n  [help] help", Assert.Single(second, one => one.Only == "bo").Text);
    }

    [Fact]
    public async Task Only_the_first_is_lead_and_leading_passes_on_when_everybody_has_gone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.StartsWith("Only a CoP lead may use `role`.", await chat.AskAsync("bo", "role @ana member"));
        await chat.SayAsync("bo", "forget me yes=yes");
        Assert.StartsWith("You are forgotten.", await chat.AskAsync("ana", "forget me yes=yes"));

        // Nobody is left: the next who comes leads.
        Assert.Contains("you are the CoP lead", (await chat.SayAsync("cy", "help"))[0].Text);
        Assert.Equal("cy is now a CoP lead.", await chat.AskAsync("cy", "role @cy lead"));
    }

    [Fact]
    public async Task A_new_name_of_the_account_is_the_persons_new_name()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "win \"Nobody was paged\"");
        var renamed = chat.Event("bo", "me");
        await chat.SayAsync(renamed with { From = renamed.From with { Name = "Bea" } });

        var board = await chat.AskAsync("ana", "board");
        Assert.Contains("1. Bea 8", board);
        Assert.Contains("3 points for Bea", await chat.AskAsync("ana", "kudos @bea \"for the night\""));
    }

    [Fact]
    public async Task What_the_platform_knows_by_a_mention_wins_over_what_the_name_looks_like()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        var said = chat.Event("ana", "kudos @U17 \"for the review\"");
        var heard = await chat.SayAsync(said with { Mentions = new Dictionary<string, Handle> { ["U17"] = chat.Event("cy", "").From } });
        Assert.Contains("3 points for cy", heard[^1].Text);
    }
}

public sealed class FirstContactOnSqliteTests() : FirstContactTests(Product.Sqlite);
