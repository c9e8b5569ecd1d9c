using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Titles;

public abstract class TitleTests(Product product)
{
    private readonly GroupBook groups = new() { TakesTitles = true };

    [Fact]
    public async Task A_member_reads_the_title_of_the_season_and_what_the_next_one_takes()
    {
        await using var chat = await StartAsync();
        Assert.Contains("Title: none yet; 25 points more and you are Sidekick", await chat.AskAsync("ana", "me"), StringComparison.Ordinal);
        await EarnAsync(chat, "ana", 40);
        Assert.Contains("Title: Sidekick; 35 points more and you are Lookout", await chat.AskAsync("ana", "me"), StringComparison.Ordinal);
        await EarnAsync(chat, "ana", 600);
        Assert.Contains("Title: SRE Batman, the highest there is", await chat.AskAsync("ana", "me"), StringComparison.Ordinal);
        Assert.Contains("Titles by the points of the season: Sidekick from 25, Lookout from 75,", await chat.AskAsync("ana", "rules"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_groups_follow_the_titles_and_nobody_keeps_one_into_the_next_season()
    {
        await using var chat = await StartAsync();
        await LookAsync(chat);
        Assert.Empty(groups.Asked);

        await EarnAsync(chat, "ana", 30);
        await EarnAsync(chat, "bo", 24);
        await LookAsync(chat);
        await LookAsync(chat);
        var sidekicks = Assert.Single(groups.Asked);
        Assert.Equal(("Sidekick", false, "ana"), (sidekicks.Name, sidekicks.IsCalled, NamesOf(sidekicks)));

        await EarnAsync(chat, "bo", 1);
        await EarnAsync(chat, "ana", 50);
        await LookAsync(chat);
        Assert.Equal("bo", NamesOf(groups.Asked.Last(group => group.Name == "Sidekick")));
        Assert.Equal("ana", NamesOf(groups.Asked.Last(group => group.Name == "Lookout")));

        await chat.WaitAsync(Duration.FromDays(100));
        await LookAsync(chat);
        Assert.All(groups.Asked.GroupBy(group => group.Name), group => Assert.Empty(group.Last().Members));
    }

    [Fact]
    public async Task Whoever_is_not_shown_by_name_shows_no_title()
    {
        await using var chat = await StartAsync();
        await EarnAsync(chat, "ana", 30);
        await EarnAsync(chat, "bo", 30);
        await chat.WhisperAsync("bo", "privacy hidden");
        await LookAsync(chat);
        Assert.Equal("ana", NamesOf(Assert.Single(groups.Asked)));
        await chat.WhisperAsync("ana", "privacy hidden");
        await LookAsync(chat);
        Assert.Equal("", NamesOf(groups.Asked[^1]));
    }

    [Fact]
    public async Task One_refusal_that_keeps_all_titles_is_told_once()
    {
        await using var chat = await StartAsync();
        await chat.SayAsync("ana", "help");
        await EarnAsync(chat, "ana", 30);
        await EarnAsync(chat, "bo", 80);
        for (var time = 0; time < 4; time++)
            groups.Answers.Enqueue(new(SyncOutcomeKind.Refused, Problem: "I lack “Manage Roles”"));
        await LookAsync(chat);
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal(4, groups.Asked.Count);
        Assert.Single(await chat.Store.ReadAsync(1, (work, ct) => work.Sql.ListAsync($"select body from outbox where body like {"%I lack%"}", row => row.Text(0), ct), CancellationToken.None));
    }

    private async Task<Conversation> StartAsync()
    {
        var chat = await Conversation.StartAsync(product, services => services.AddSingleton<IGroupSync>(groups));
        await chat.JoinAsync("ana", "bo");
        return chat;
    }

    // On as many days as the caps of a day ask for, all of this season.
    private static Task EarnAsync(Conversation chat, string name, int points) => chat.Store.WriteAsync(Community.First, async (work, ct) =>
    {
        var person = await work.Sql.FirstAsync($"select person_id from handles where user_id = {name}", row => row.Person(0), ct);
        var day = chat.Clock.Now.InUtc().Date.PlusDays(await work.Sql.ScalarAsync<int>($"select count(*) from ledger where person_id = {person}", ct));
        for (var left = points; left > 0; left -= 50, day = day.PlusDays(1))
        {
            await work.Get<Ledger>().BookAsync(new Award
            {
                Person = person,
                Kind = "mob",
                Part = "host",
                Points = Math.Min(left, 50),
                ClaimId = Guid.CreateVersion7(),
                Source = $"test:{Guid.CreateVersion7()}",
                At = chat.Clock.Now,
                Day = day,
            }, ct);
        }
    }, CancellationToken.None);

    private static Task LookAsync(Conversation chat) => chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);

    private static string NamesOf(GroupMembers group) => string.Join(' ', group.Members.Select(member => member.UserId));
}

public sealed class TitleOnSqliteTests() : TitleTests(Product.Sqlite);
