using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

public abstract class TurnNoticeTests(Product product)
{
    private readonly Feed feed = new();

    [Fact]
    public async Task Those_whose_turn_begins_are_told_once_in_order_and_those_who_go_on_are_not()
    {
        await using var chat = await StartAsync();
        feed.Answers.Enqueue(SyncOutcome.Done);
        feed.Answers.Enqueue(new(SyncOutcomeKind.Later, Duration.FromMinutes(5), "busy"));
        await chat.WaitAsync(Duration.FromDays(7));
        await LookAsync(chat);
        await chat.WaitAsync(Duration.FromMinutes(6));
        await LookAsync(chat);
        await LookAsync(chat);
        var (first, second) = (feed.Asked[0].To.UserId, feed.Asked[1].To.UserId);
        Assert.NotEqual(first, second);
        Assert.Equal([first, second, second], feed.Asked.Select(news => news.To.UserId));
        Assert.All(feed.Asked, news => Assert.Equal(("Core team", 1), (news.Name, news.Turn)));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from turn_notices"));

        // Of two seats and two people nobody changes.
        await chat.WaitAsync(Duration.FromDays(14));
        await LookAsync(chat);
        Assert.Equal(3, feed.Asked.Count);
    }

    [Fact]
    public async Task What_is_refused_to_all_is_told_to_whoever_leads_once_and_again_after_it_worked()
    {
        await using var chat = await StartAsync(seats: 1);
        feed.Usual = new(SyncOutcomeKind.Refused, Problem: "not granted");
        Assert.Equal(1, await TurnsAsync(chat, 3));
        feed.Usual = SyncOutcome.Done;
        Assert.Equal(0, await TurnsAsync(chat, 2));
        feed.Usual = new(SyncOutcomeKind.Refused, Problem: "not granted");
        Assert.Equal(1, await TurnsAsync(chat, 2));
    }

    [Fact]
    public async Task Who_alone_cannot_be_told_is_no_matter_for_whoever_leads()
    {
        await using var chat = await StartAsync();
        feed.Answers.Enqueue(SyncOutcome.Done);
        feed.Answers.Enqueue(new(SyncOutcomeKind.Refused, Problem: "has no such app"));
        Assert.Equal(0, await TurnsAsync(chat, 1));
        Assert.Equal(2, feed.Asked.Count);
    }

    [Fact]
    public async Task What_stays_away_for_a_day_is_no_news_any_more()
    {
        await using var chat = await StartAsync();
        feed.Usual = new(SyncOutcomeKind.Later, Problem: "away");
        await chat.WaitAsync(Duration.FromDays(7));
        var told = new List<Heard>();
        for (var hours = 0; hours < 30; hours++)
        {
            told.AddRange(await LookAsync(chat));
            await chat.WaitAsync(Duration.FromHours(1));
        }

        Assert.Single(told, heard => heard.Place == "@ana" && heard.Text.StartsWith("That a turn begins does not get into people's activity feed for now: away.", StringComparison.Ordinal));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from turn_notices"));
    }

    // So many turns begin; gives how often whoever leads is told that the feed does not take it.
    private async Task<int> TurnsAsync(Conversation chat, int turns)
    {
        var told = 0;
        for (var turn = 0; turn < turns; turn++)
        {
            await chat.WaitAsync(Duration.FromDays(feed.Asked.Count == 0 ? 7 : 14));
            told += (await LookAsync(chat)).Count(heard => heard.Text.StartsWith("That a turn begins does not get into people's activity feed: ", StringComparison.Ordinal));
        }

        return told;
    }

    private async Task<Conversation> StartAsync(int seats = 2)
    {
        var chat = await Conversation.StartAsync(product, services => services.AddSingleton<ITurnFeed>(feed));
        await chat.JoinAsync(["ana", "bo"]);
        await chat.SayAsync("ana", $"rotation create \"Core team\" seats={seats} every=2w day=monday");
        foreach (var name in (string[])["ana", "bo"])
            await chat.SayAsync(name, "rotation join");
        return chat;
    }

    // What is said because of it.
    private static async Task<IReadOnlyList<Heard>> LookAsync(Conversation chat)
    {
        await chat.Services.GetRequiredService<TurnNoticeWorker>().RunDueAsync(CancellationToken.None);
        await chat.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        return await chat.WaitAsync(Duration.Zero);
    }

    private sealed class Feed : ITurnFeed
    {
        public string Platform => LocalNames.Platform;

        public List<TurnNews> Asked { get; } = [];

        public Queue<SyncOutcome> Answers { get; } = [];

        public SyncOutcome Usual { get; set; } = SyncOutcome.Done;

        public Task<SyncOutcome> TellAsync(TurnNews news, CancellationToken ct)
        {
            Asked.Add(news);
            return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : Usual);
        }
    }
}

public sealed class TurnNoticeOnSqliteTests() : TurnNoticeTests(Product.Sqlite);
