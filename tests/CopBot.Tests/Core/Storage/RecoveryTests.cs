using System.Diagnostics;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Storage;

/// <summary>A process ends at the worst moment; the next one takes up what was stored and not done, and says what was not said.</summary>
public abstract class RecoveryTests(Product product)
{
    private static readonly string[] People = ["ana", "bo", "cy"];

    // Where each row costs a round trip to a server, fewer must do.
    private readonly int backlog = product == Product.Sqlite ? 300 : 150;

    [Fact]
    public async Task However_many_rows_wait_they_are_all_found_once_and_in_order()
    {
        await using var chat = await Conversation.StartAsync(product);
        await StoreAsync(chat, 1200);
        var found = new List<long>();
        await foreach (var received in chat.Services.GetRequiredService<Inbox>().UnfinishedAsync(Community.First, Duration.Zero, CancellationToken.None))
            found.Add(received.Id);

        Assert.Equal(1200, found.Distinct().Count());
        Assert.Equal(found.Order(), found);
        Assert.Equal(1200, found.Count);
    }

    [Fact]
    public async Task What_was_stored_but_not_done_is_all_taken_up_in_the_order_of_each_account()
    {
        await using var database = await TestDatabase.CreateAsync(product);
        await using (var first = await Conversation.OnAsync(database.Setting))
        {
            await first.JoinAsync(People);
            await StoreAsync(first, backlog);
        }

        await using var next = await Conversation.OnAsync(database.Setting);
        await WorkUntilAsync(next, left: 0);

        Assert.Equal(backlog, await next.ScalarAsync<int>($"select count(*) from inbox where state in (1, 3) and id > {People.Length}"));
        Assert.Equal(backlog, await next.ScalarAsync<int>($"select count(*) from outbox"));
        foreach (var name in People)
        {
            var squads = await next.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ListAsync($"select name from squads where name_key like {name + " %"} order by id", row => row.Text(0), ct), CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{name} {number}"), squads);
        }
    }

    [Fact]
    public async Task A_verb_that_goes_step_by_step_catches_up_too_and_one_row_that_fails_stops_no_other()
    {
        await using var database = await TestDatabase.CreateAsync(product);
        await using (var first = await Conversation.OnAsync(database.Setting))
        {
            await first.JoinAsync(People);
            var inbox = first.Services.GetRequiredService<Inbox>();
            await inbox.AcceptAsync(first.Event("ana", "share Runbooks size=medium"), CancellationToken.None);
            await first.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"alter table squads rename to missing", ct), CancellationToken.None);
            await inbox.AcceptAsync(first.Event("bo", "squad create Blue"), CancellationToken.None);
            await inbox.AcceptAsync(first.Event("cy", "win \"Nobody was paged\""), CancellationToken.None);
        }

        await using var next = await Conversation.OnAsync(database.Setting);
        await next.Services.GetRequiredService<InboxWorker>().CatchUpAsync(CancellationToken.None);

        Assert.Equal((10, 0, 8), (await next.PointsAsync("ana"), await next.PointsAsync("bo"), await next.PointsAsync("cy")));
        Assert.Equal(1, await next.ScalarAsync<int>($"select attempts from inbox where state = 0"));
    }

    [Fact]
    public async Task What_fails_as_it_arrives_is_kept_and_done_in_its_order_once_the_fault_is_mended()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("bo");
        var worker = chat.Services.GetRequiredService<InboxWorker>();
        var create = chat.Event("bo", "squad create Blue");
        await AlterAsync(chat, $"alter table squads rename to missing");
        Assert.False((await worker.AcceptAsync(create, CancellationToken.None))!.Done);
        Assert.Null(await worker.AcceptAsync(create, CancellationToken.None));
        await AlterAsync(chat, $"alter table missing rename to squads");

        // It waits behind what the same person said before, although it could be done by now.
        Assert.False((await worker.AcceptAsync(chat.Event("bo", "squad leave"), CancellationToken.None))!.Done);
        await WorkUntilAsync(chat, left: 0);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from squads"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from people where squad_id is not null"));
        Assert.True((await worker.AcceptAsync(chat.Event("bo", "squad join Blue"), CancellationToken.None))!.Done);
    }

    [Fact]
    public async Task Asked_to_stop_in_the_middle_of_much_work_it_stops_soon_and_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(product);
        await using (var first = await Conversation.OnAsync(database.Setting))
        {
            await first.JoinAsync(People);
            await StoreAsync(first, backlog);
            using var stop = new CancellationTokenSource();
            var working = first.Services.GetRequiredService<InboxWorker>().RunAsync(stop.Token);
            await UntilAsync(async () => await LeftAsync(first) < backlog);
            var asked = Stopwatch.GetTimestamp();
            await stop.CancelAsync();
            await working;
            Assert.True(Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(5), "it took too long to stop");
            Assert.True(await LeftAsync(first) > 0, "all was done before the stop, so it proved nothing");
        }

        await using var next = await Conversation.OnAsync(database.Setting);
        await WorkUntilAsync(next, left: 0);
        Assert.Equal(30, await next.ScalarAsync<int>($"select count(*) from squads"));
        Assert.Equal(backlog, await next.ScalarAsync<int>($"select count(*) from outbox"));
    }

    /// <summary>A message that a process claimed and then died with.</summary>
    protected static async Task LeaveClaimedAsync(string setting)
    {
        await using var first = await Conversation.OnAsync(setting);
        await first.JoinAsync("ana");
        await first.Services.GetRequiredService<CommandRunner>().RunAsync((await first.Services.GetRequiredService<Inbox>().AcceptAsync(first.Event("ana", "rules"), CancellationToken.None))!, CancellationToken.None);
        var until = first.Clock.Now + Duration.FromSeconds(60);
        var claimed = await first.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"update outbox set state = {OutboxState.Claimed}, fence = fence + 1, lease_until = {until} where state = {OutboxState.New}", ct), CancellationToken.None);
        Assert.Equal(1, claimed);
    }

    private static Task StoreAsync(Conversation chat, int count) => chat.Store.WriteAsync(Community.First, async (work, ct) =>
    {
        for (var number = 0; number < count; number++)
        {
            // The last thirty lines leave a trace of their order; the others are only answered.
            var (name, left) = (People[number % People.Length], count - number);
            var text = left <= 30 ? string.Create(CultureInfo.InvariantCulture, $"squad create \"{name} {11 - (left + 2) / 3}\"") : "confirm 77";
            await chat.Services.GetRequiredService<Inbox>().AddAsync(work, chat.Event(name, text), ct);
        }
    }, CancellationToken.None);

    private static Task AlterAsync(Conversation chat, Statement statement) =>
        chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync(statement, ct), CancellationToken.None);

    private static async Task WorkUntilAsync(Conversation chat, int left)
    {
        using var stop = new CancellationTokenSource();
        var working = chat.Services.GetRequiredService<InboxWorker>().RunAsync(stop.Token);
        await UntilAsync(async () => await LeftAsync(chat) <= left);
        await stop.CancelAsync();
        await working;
    }

    private static Task<int> LeftAsync(Conversation chat) => chat.ScalarAsync<int>($"select count(*) from inbox where state = 0");

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await reached())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "it did not come about within a minute");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}

public sealed class RecoveryOnSqliteTests() : RecoveryTests(Product.Sqlite)
{
    [Fact]
    public async Task What_a_dead_process_was_about_to_say_is_said_as_soon_as_the_next_one_looks()
    {
        await using var database = await TestDatabase.CreateAsync(Product.Sqlite);
        await LeaveClaimedAsync(database.Setting);
        await using var next = await Conversation.OnAsync(database.Setting);

        Assert.Equal(2, (await next.SayAsync("ana", "me", eventId: "later")).Count);
    }
}
