using CopBot.Core.Chat;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.People;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Gatherings;

public abstract class EventSyncTests(Product product)
{
    private readonly Calendar calendar = new();

    [Fact]
    public async Task An_event_shows_who_comes_by_their_own_name_and_follows_them()
    {
        await using var chat = await StartAsync();
        await LookAsync(chat);
        await chat.SayAsync("bo", "gather join 1");
        await chat.WhisperAsync("cy", "privacy hidden");
        await chat.SayAsync("cy", "gather join 1");
        await LookAsync(chat);
        Assert.Equal(["ana", "ana,bo"], calendar.Asked.Select(PeopleOf));
        Assert.All(calendar.Asked, one => Assert.Equal(["ana"], one.Planner.Select(handle => handle.UserId)));

        await chat.WhisperAsync("bo", "privacy hidden");
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal("ana", PeopleOf(calendar.Asked[^1]));

        await chat.SayAsync("ana", "gather cancel 1");
        await LookAsync(chat);
        Assert.True(calendar.Asked[^1].IsCancelled);
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal(4, calendar.Asked.Count);
    }

    [Fact]
    public async Task Whoever_joins_while_the_platform_is_asked_is_not_forgotten()
    {
        await using var chat = await StartAsync();
        calendar.Meanwhile = () => chat.SayAsync("bo", "gather join 1");
        await LookAsync(chat);
        calendar.Meanwhile = null;
        await LookAsync(chat);
        Assert.Equal(["ana", "ana,bo"], calendar.Asked.Select(PeopleOf));
    }

    [Fact]
    public async Task A_platform_that_stays_away_is_told_of_once_however_many_gatherings_wait()
    {
        await using var chat = await StartAsync();
        calendar.Answer = new(SyncOutcomeKind.Later, Problem: "away");
        await chat.SayAsync("bo", "gather plan \"A talk\" kind=talk at=\"2026-02-16 15:00\"");
        var told = new List<Heard>();
        for (var quarter = 0; quarter < 12; quarter++)
        {
            await LookAsync(chat);
            told.AddRange(await chat.WaitAsync(Duration.FromMinutes(15)));
            await chat.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        }

        Assert.Single(told, heard => heard.Text.StartsWith("Gatherings do not become events for now: away.", StringComparison.Ordinal));
        calendar.Answer = SyncOutcome.Done;
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select sum(tries) from event_syncs"));
    }

    private async Task<Conversation> StartAsync()
    {
        var chat = await Conversation.StartAsync(product, services => services.AddSingleton<IEventSync>(calendar));
        await chat.JoinAsync(["ana", "bo", "cy"]);
        await chat.SayAsync("ana", "gather plan \"Mob on the pager bot\" at=\"2026-02-15 15:00\"");
        return chat;
    }

    private static string PeopleOf(GatheringEvent one) => string.Join(',', one.People.Select(handle => handle.UserId));

    private static Task LookAsync(Conversation chat) => chat.Services.GetRequiredService<EventSyncWorker>().RunDueAsync(CancellationToken.None);

    private sealed class Calendar : IEventSync
    {
        public string Platform => LocalNames.Platform;

        public bool TakesPeople => true;

        public List<GatheringEvent> Asked { get; } = [];

        public SyncOutcome Answer { get; set; } = SyncOutcome.Done;

        public Func<Task>? Meanwhile { get; set; }

        public async Task<SyncOutcome> SetAsync(GatheringEvent gathering, CancellationToken ct)
        {
            Asked.Add(gathering);
            if (Meanwhile is not null)
                await Meanwhile();
            return Answer;
        }
    }
}

public sealed class EventSyncOnSqliteTests() : EventSyncTests(Product.Sqlite);
