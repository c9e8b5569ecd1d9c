using System.Data.Common;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Storage;

/// <summary>What every store promises, on whatever product; each has a class of its own below it.</summary>
public abstract partial class StoreContract(Product product)
{
    /// <summary>A store over a new database with one table to try things on.</summary>
    protected async Task<Conversation> OpenAsync()
    {
        var chat = await Conversation.StartAsync(product);
        await chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"drop table if exists notes", ct), CancellationToken.None);
        await chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"create table notes (id integer not null primary key, words text null)", ct), CancellationToken.None);
        return chat;
    }

    [Fact]
    public async Task A_work_that_fails_harms_no_other_that_is_committed_with_it()
    {
        await using var chat = await OpenAsync();
        await using var held = await HeldWriter.TakeAsync(chat);
        var before = chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None);
        var refused = WriteThenThrowAsync(chat, 2, new Refusal($"not this one"));
        var clash = chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await NoteAsync(work, 3, ct);
            await NoteAsync(work, 3, ct);
        }, CancellationToken.None);
        var after = chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 4, ct), CancellationToken.None);
        await held.DisposeAsync();
        await Task.WhenAll(before, after);

        await Assert.ThrowsAsync<Refusal>(() => refused);
        var taken = await Assert.ThrowsAnyAsync<DbException>(() => clash);
        Assert.Equal(DatabaseFault.AlreadyThere, chat.Services.GetRequiredService<IDatabase>().FaultOf(taken));
        Assert.Equal([1, 4], await NotesAsync(chat));
    }

    [Fact]
    public async Task What_a_work_throws_comes_out_as_it_is()
    {
        await using var chat = await OpenAsync();
        var thrown = new UnlikelyException();

        Assert.Same(thrown, await Assert.ThrowsAsync<UnlikelyException>(() => WriteThenThrowAsync(chat, 1, thrown)));
        Assert.Empty(await NotesAsync(chat));
    }

    [Fact]
    public async Task Nothing_is_seen_before_the_commit_and_what_waits_for_it_runs_only_after()
    {
        await using var chat = await OpenAsync();
        IReadOnlyList<int> during = [-1], atCommit = [-1];
        await chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await NoteAsync(work, 1, ct);
            work.AfterCommit(() => atCommit = NotesAsync(chat).GetAwaiter().GetResult());
            during = await NotesAsync(chat);
        }, CancellationToken.None);

        Assert.Empty(during);
        Assert.Equal([1], atCommit);
    }

    [Fact]
    public async Task What_waits_for_the_commit_does_not_run_when_there_is_none()
    {
        await using var chat = await OpenAsync();
        var ran = false;
        await Assert.ThrowsAsync<UnlikelyException>(() => chat.Store.WriteAsync(Community.First, (work, _) =>
        {
            work.AfterCommit(() => ran = true);
            throw new UnlikelyException();
        }, CancellationToken.None));
        await chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None);

        Assert.False(ran);
    }

    [Fact]
    public async Task A_defect_after_the_commit_is_told_to_its_own_caller_alone()
    {
        await using var chat = await OpenAsync();
        await using var held = await HeldWriter.TakeAsync(chat);
        var defect = chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            work.AfterCommit(() => throw new UnlikelyException());
            await NoteAsync(work, 1, ct);
        }, CancellationToken.None);
        var other = chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 2, ct), CancellationToken.None);
        await held.DisposeAsync();
        await other;

        await Assert.ThrowsAsync<UnlikelyException>(() => defect);
        Assert.Equal([1, 2], await NotesAsync(chat));
    }

    [Fact]
    public async Task A_part_that_throws_is_undone_alone()
    {
        await using var chat = await OpenAsync();
        var ran = new List<string>();
        await chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await NoteAsync(work, 1, ct);
            work.AfterCommit(() => ran.Add("before"));
            await Assert.ThrowsAsync<UnlikelyException>(() => work.TryAsync<int>(async () =>
            {
                await NoteAsync(work, 2, ct);
                work.AfterCommit(() => ran.Add("undone"));
                throw new UnlikelyException();
            }, ct));
            await Assert.ThrowsAnyAsync<DbException>(() => work.TryAsync(async () =>
            {
                await NoteAsync(work, 3, ct);
                await NoteAsync(work, 1, ct);
                return 0;
            }, ct));
            await work.TryAsync(async () =>
            {
                await NoteAsync(work, 4, ct);
                await Assert.ThrowsAsync<UnlikelyException>(() => work.TryAsync<int>(async () =>
                {
                    await NoteAsync(work, 5, ct);
                    throw new UnlikelyException();
                }, ct));
                work.AfterCommit(() => ran.Add("kept"));
                return 0;
            }, ct);
            await NoteAsync(work, 6, ct);
        }, CancellationToken.None);

        Assert.Equal([1, 4, 6], await NotesAsync(chat));
        Assert.Equal(["before", "kept"], ran);
    }

    [Fact]
    public async Task The_same_source_is_booked_once_and_the_index_refuses_it_to_everybody_else()
    {
        await using var chat = await OpenAsync();
        await chat.JoinAsync("ana");
        var booked = await BookAsync(chat, "once");
        var again = await BookAsync(chat, "once");
        var database = chat.Services.GetRequiredService<IDatabase>();
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync(
            $"""
            insert into ledger (community_id, person_id, at, day, season, kind, rule, points, withheld, claim_id, policy, source)
            select community_id, person_id, at, day, season, kind, rule, points, withheld, claim_id, policy, source from ledger
            """, ct), CancellationToken.None));

        Assert.NotNull(booked);
        Assert.Null(again);
        Assert.Equal(DatabaseFault.AlreadyThere, database.FaultOf(refused));
        Assert.Equal((1, 8), (await chat.ScalarAsync<int>($"select count(*) from ledger"), await chat.PointsAsync("ana")));
    }

    [Fact]
    public async Task The_ledger_refuses_to_be_changed_whoever_asks()
    {
        await using var chat = await OpenAsync();
        await chat.JoinAsync("ana");
        await BookAsync(chat, "once");
        foreach (var statement in (string[])["update ledger set points = 1000", "update ledger set source = 'other' where id = 1", "delete from ledger", "delete from ledger where points > 5"])
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync(FormattableText(statement), ct), CancellationToken.None));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
            Assert.Equal(8, await chat.PointsAsync("ana"));
        }
    }

    [Fact]
    public async Task An_entry_without_what_explains_it_is_refused()
    {
        await using var chat = await OpenAsync();
        await chat.JoinAsync("ana");
        await BookAsync(chat, "once");
        string[] columns = ["community_id", "person_id", "at", "day", "season", "kind", "rule", "points", "withheld", "claim_id", "policy", "source"];
        foreach (var column in columns)
        {
            var values = columns.Select(name => name == column ? "null" : name == "source" ? "'another'" : name);
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync(
                FormattableText($"insert into ledger ({string.Join(", ", columns)}) select {string.Join(", ", values)} from ledger"), ct), CancellationToken.None));
            Assert.Contains(column, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from ledger"));
    }

    [Fact]
    public async Task Too_much_waiting_is_refused_at_once_and_what_was_taken_is_still_its_callers()
    {
        await using var chat = await OpenAsync();
        using var patience = new CancellationTokenSource();
        await using var held = await HeldWriter.TakeAsync(chat);
        var taken = new List<Task>();
        StoreBusy? busy = null;
        while (busy is null && taken.Count < 20_000)
        {
            var work = TryOneMoreAsync(chat, patience.Token);
            if (work.IsFaulted)
                busy = Assert.IsType<StoreBusy>(work.Exception.InnerException);
            else
                taken.Add(work);
        }

        Assert.NotNull(busy);
        Assert.InRange(taken.Count, 8000, 9000);
        await patience.CancelAsync();
        await held.DisposeAsync();
        await Task.WhenAll(taken).ContinueWith(_ => { }, TaskScheduler.Default);

        // One that had its turn while it was given up is done; all others did nothing.
        Assert.All(taken, work => Assert.True(work.IsCompletedSuccessfully || work.IsCanceled || work.Exception?.InnerException is OperationCanceledException));
        Assert.InRange(taken.Count(work => work.IsCompletedSuccessfully), 0, taken.Count / 2);
        await chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None);
        Assert.Equal([1], await NotesAsync(chat));
    }

    [Fact]
    public async Task A_reader_cannot_write_and_is_of_use_afterwards()
    {
        await using var chat = await OpenAsync();
        for (var time = 0; time < 3; time++)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.ReadAsync(Community.First, async (work, ct) =>
            {
                await NoteAsync(work, 1, ct);
                return true;
            }, CancellationToken.None));
        }

        Assert.Empty(await NotesAsync(chat));
    }

    [Fact]
    public async Task A_read_sees_one_moment_from_its_first_look_to_its_last()
    {
        await using var chat = await OpenAsync();
        await chat.JoinAsync("ana");
        var (first, second, third) = await chat.Store.ReadAsync(Community.First, async (work, ct) =>
        {
            var first = await work.Sql.ScalarAsync<int>($"select count(*) from notes", ct);
            await chat.Store.WriteAsync(Community.First, (other, token) => NoteAsync(other, 1, token), ct);
            await BookAsync(chat, "meanwhile");
            var second = await work.Sql.ScalarAsync<int>($"select count(*) from notes", ct);
            return (first, second, await work.Db.Set<LedgerEntry>().CountAsync(ct));
        }, CancellationToken.None);

        Assert.Equal((0, 0, 0), (first, second, third));
        Assert.Equal([1], await NotesAsync(chat));
    }

    [Fact]
    public async Task What_is_given_up_before_its_turn_does_nothing()
    {
        await using var chat = await OpenAsync();
        await using var held = await HeldWriter.TakeAsync(chat);
        using var patience = new CancellationTokenSource();
        var given = chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), patience.Token);
        await patience.CancelAsync();
        await held.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Empty(await NotesAsync(chat));
    }

    [Fact]
    public async Task Nobody_is_left_waiting_when_the_store_closes_and_what_was_acknowledged_is_kept()
    {
        await using var database = await TestDatabase.CreateAsync(product);
        var chat = await Conversation.OnAsync(database.Setting);
        await chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"drop table if exists notes", ct), CancellationToken.None);
        await chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"create table notes (id integer not null primary key, words text null)", ct), CancellationToken.None);
        var works = Enumerable.Range(1, 300).Select(id => chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, id, ct), CancellationToken.None)).ToList();
        await Task.WhenAny(works);
        await chat.DisposeAsync();
        await Task.WhenAll(works).ContinueWith(_ => { }, TaskScheduler.Default);

        await using var again = await Conversation.OnAsync(database.Setting);
        var acknowledged = Enumerable.Range(1, 300).Where(id => works[id - 1].IsCompletedSuccessfully).ToList();
        Assert.NotEmpty(acknowledged);
        Assert.Subset((await NotesAsync(again)).ToHashSet(), acknowledged.ToHashSet());
    }

    protected static Task NoteAsync(Work work, int id, CancellationToken ct) => work.Sql.ExecuteAsync($"insert into notes (id, words) values ({id}, {"note"})", ct);

    protected static async Task<IReadOnlyList<int>> NotesAsync(Conversation chat) =>
        await chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ListAsync($"select id from notes order by id", row => row.Int(0), ct), CancellationToken.None);
}
