using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Canvas;

public abstract class DriftTests(Product product)
{
    [Fact]
    public async Task What_is_said_and_not_done_is_told_with_its_numbers()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        for (var number = 1; number <= 9; number++)
            await LogAsync(chat, $"share \"{Titles[number - 1]}\"");
        Assert.Equal("Too little was logged to say anything: drift is looked for from 10 entries on.", await chat.AskAsync("bo", "canvas drift"));
        Assert.DoesNotContain("Drift:", await chat.AskAsync("bo", "canvas show"));

        await chat.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@bo");
        await chat.SayAsync("bo", "confirm 10");
        for (var number = 10; number <= 12; number++)
            await LogAsync(chat, $"win \"{Titles[number]}\"");
        await chat.SayAsync("ana", "kudos @bo thanks");
        Assert.Equal(
            """
            6 answers differ from what was logged. Either may be the one to change.
            values say “together”; 8 % of what was logged were mob sessions (1 of 13).
            values say “Experiment”; none of the 13 entries since the last quarter began were experiments.
            values say “outcomes”; none of the 13 entries since the last quarter began were outcomes.
            goals say “experiments”; none of the 13 entries since the last quarter began were experiments.
            goals say “outcomes”; none of the 13 entries since the last quarter began were outcomes.
            rules say “Failures”; none of the 13 entries since the last quarter began were failure stories.
            """, await chat.AskAsync("bo", "canvas drift"));
        Assert.EndsWith("\nDrift: rules say “Failures”; none of the 13 entries since the last quarter began were failure stories.", await chat.AskAsync("bo", "canvas show rules"));
        Assert.Contains("\nDrift: values say “together”; 8 % of what was logged were mob sessions (1 of 13).\n", await chat.AskAsync("bo", "canvas show"));
    }

    [Fact]
    public async Task It_goes_when_the_answer_or_what_is_done_changes()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var title in Titles[..10])
            await LogAsync(chat, $"win \"{title}\"");
        Assert.Contains("rules say “Failures”", await chat.AskAsync("bo", "canvas drift"));
        await chat.SayAsync("ana", "failure \"The pager was off\"");
        Assert.DoesNotContain("rules say", await chat.AskAsync("bo", "canvas drift"));
        foreach (var question in (string[])["values", "goals"])
            await chat.SayAsync("ana", $"canvas set {question} \"Be kind, keep the promobile\"");
        Assert.Equal("What the canvas says and what was logged agree.", await chat.AskAsync("bo", "canvas drift"));
        await chat.WaitAsync(Duration.FromDays(200));
        Assert.StartsWith("Too little was logged", await chat.AskAsync("bo", "canvas drift"));
    }

    private static readonly string[] Titles =
    [
        "Runbooks that cut MTTR", "How zones fail", "Quiet nights", "What a blackout taught", "Alerts we can trust", "A dashboard nobody opens", "Backups are restores", "Rolling back in a minute",
        "Load and how to shed it", "Certificates renew themselves", "On call without dread", "Error budgets in one page", "Feature flags as brakes",
    ];

    // A day is capped, and what is capped counts all the same; another day keeps titles apart.
    private static async Task LogAsync(Conversation chat, string line)
    {
        await chat.SayAsync("ana", line);
        await chat.WaitAsync(Duration.FromHours(12));
    }
}

public sealed class DriftOnSqliteTests() : DriftTests(Product.Sqlite);
