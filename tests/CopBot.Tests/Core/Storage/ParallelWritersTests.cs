using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Core.Properties;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Storage;

/// <summary>What is promised to one person at a time is promised to sixty-four at once.</summary>
public abstract class ParallelWritersTests(Product product)
{
    private const int Writers = 64;

    [Fact]
    public async Task Sixty_four_writers_for_the_same_few_people_fill_the_caps_exactly()
    {
        await using var chat = await Conversation.StartAsync(product);
        string[] people = ["ana", "bo", "cy", "dee"];
        await chat.JoinAsync(people);
        await AllAtOnceAsync(chat, Enumerable.Range(0, Writers).SelectMany(writer => people.Select(name => chat.Event(name, $"share \"{Title(name, writer)}\" size={(writer % 3 == 0 ? "small" : "medium")}"))));

        var books = await chat.Store.ReadAsync(Community.First, LeagueBooks.ReadAsync, CancellationToken.None);
        Assert.All(books.Ledger.GroupBy(entry => entry.PersonId), person => Assert.Equal(60, person.Sum(entry => entry.Points)));
        Assert.All(books.Ledger.Where(entry => entry.Rule == "share.small").GroupBy(entry => entry.PersonId), person => Assert.InRange(person.Sum(entry => entry.Points), 0, 20));
        Assert.Equal(people.Length, books.Ledger.Select(entry => entry.PersonId).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, Writers * people.Length), books.Claims.Select(claim => claim.Number));
        Assert.Equal(books.Sums(), books.Kept());
    }

    [Fact]
    public async Task Small_shares_of_sixty_four_writers_fill_their_own_cap_exactly()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await AllAtOnceAsync(chat, Enumerable.Range(0, Writers).Select(writer => chat.Event(writer % 2 == 0 ? "ana" : "bo", $"share \"{Title("small", writer)}\"")));

        Assert.Equal((20, 20), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task Sixty_four_members_confirm_one_claim_and_it_is_paid_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        var members = Members();
        await chat.JoinAsync("ana");
        await AllAtOnceAsync(chat, members.Select(name => chat.Event(name, "help")));
        await chat.SayAsync("ana", "share Runbooks size=large");
        await AllAtOnceAsync(chat, members.Select(name => chat.Event(name, "confirm 1")));

        Assert.Equal(20, await chat.PointsAsync("ana"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from ledger"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(distinct confirmed_by) from claims where confirmed_by is not null"));
    }

    [Fact]
    public async Task Sixty_four_members_use_one_share_and_exactly_the_allowed_three_count()
    {
        await using var chat = await Conversation.StartAsync(product);
        var members = Members();
        await chat.JoinAsync("ana");
        await AllAtOnceAsync(chat, members.Select(name => chat.Event(name, "help")));
        await chat.SayAsync("ana", "share Runbooks size=medium");
        await AllAtOnceAsync(chat, members.Select(name => chat.Event(name, "used 1")));

        Assert.Equal(3, await chat.ScalarAsync<int>($"select count(*) from claims where kind = 'used'"));
        Assert.Equal(10 + 3 * 5, await chat.PointsAsync("ana"));
        Assert.Equal(3, await chat.ScalarAsync<int>($"select count(distinct person_id) from ledger where rule = 'used.user'"));
    }

    [Fact]
    public async Task One_giver_in_sixty_four_windows_thanks_the_same_person_twice_and_others_up_to_five_times()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        await AllAtOnceAsync(chat, Enumerable.Range(0, Writers).Select(window => chat.Event("ana", $"kudos @{(window % 3 == 0 ? "bo" : window % 3 == 1 ? "cy" : "dee")} \"for the review\"")));

        Assert.Equal(5, await chat.PointsAsync("ana"));
        Assert.Equal(2, await chat.ScalarAsync<int>($"select max(n) from (select count(*) as n from claim_people group by person_id) as pairs"));
    }

    [Fact]
    public async Task One_event_delivered_by_sixty_four_hands_counts_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        var before = await chat.ScalarAsync<int>($"select count(*) from inbox");
        await AllAtOnceAsync(chat, Enumerable.Range(0, Writers).Select(_ => chat.Event("ana", "share Runbooks size=medium", eventId: "one")));

        Assert.Equal(10, await chat.PointsAsync("ana"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from inbox") - before);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from claims"));
    }

    [Fact]
    public async Task One_stored_row_run_by_sixty_four_workers_is_done_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        var received = await chat.Services.GetRequiredService<Inbox>().AcceptAsync(chat.Event("ana", "share Runbooks size=medium"), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => chat.Services.GetRequiredService<CommandRunner>().RunAsync(received!, CancellationToken.None))));

        Assert.Equal(10, await chat.PointsAsync("ana"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from outbox"));
    }

    [Fact]
    public async Task Sixty_four_newcomers_at_once_are_sixty_four_people_with_one_lead()
    {
        await using var chat = await Conversation.StartAsync(product);
        await AllAtOnceAsync(chat, Members().Concat(Members()).Select(name => chat.Event(name, "help")));

        Assert.Equal(Writers, await chat.ScalarAsync<int>($"select count(*) from people"));
        Assert.Equal(Writers, await chat.ScalarAsync<int>($"select count(*) from handles"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from people where role = {Role.Lead}"));
    }

    private static string[] Members() => [.. Enumerable.Range(0, Writers).Select(number => $"m{number}")];

    // Titles that resemble each other would wait for confirmation.
    private static string Title(string name, int number) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}{number}"))))[..24];

    private static async Task AllAtOnceAsync(Conversation chat, IEnumerable<Incoming> events)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = events.Select(incoming => Task.Run(async () =>
        {
            await start.Task;
            if (await chat.Services.GetRequiredService<Inbox>().AcceptAsync(incoming, CancellationToken.None) is { } received)
                await chat.Services.GetRequiredService<CommandRunner>().RunAsync(received, CancellationToken.None);
        })).ToList();
        start.SetResult();
        await Task.WhenAll(tasks);
    }
}

public sealed class ParallelWritersOnSqliteTests() : ParallelWritersTests(Product.Sqlite);
