using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CopBot.Tests.Core.Storage;

public sealed class SqliteStoreTests() : StoreContract(Product.Sqlite)
{
    [Fact]
    public async Task A_full_disk_is_told_by_name_and_nothing_acknowledged_is_lost_and_with_room_it_goes_on()
    {
        await using var chat = await OpenAsync();
        await chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None);
        await LeaveRoomForAsync(chat, pages: 20);
        var acknowledged = new List<int> { 1 };
        Exception? told = null;
        for (var id = 2; told is null && id < 1000; id++)
        {
            try
            {
                await FillAsync(chat, id);
                acknowledged.Add(id);
            }
            catch (Exception problem)
            {
                told = problem;
            }
        }

        Assert.Contains("disk is full", Assert.IsType<DatabaseProblem>(told).Message, StringComparison.Ordinal);
        Assert.Contains("copbot.db", told.Message, StringComparison.Ordinal);
        Assert.InRange(acknowledged.Count, 2, 30);
        Assert.Equal(acknowledged, await NotesAsync(chat));
        Assert.Equal("ok", await chat.ScalarAsync<string>($"pragma integrity_check"));

        await LeaveRoomForAsync(chat, pages: 1_000_000);
        await FillAsync(chat, 5000);
        Assert.Equal([.. acknowledged, 5000], await NotesAsync(chat));
    }

    [Fact]
    public async Task A_group_that_meets_a_full_disk_stores_all_of_a_work_or_nothing_and_says_which()
    {
        await using var chat = await OpenAsync();
        await LeaveRoomForAsync(chat, pages: 20);
        await using var held = await HeldWriter.TakeAsync(chat);
        var works = Enumerable.Range(1, 60).Select(id => FillAsync(chat, id)).ToList();
        await held.DisposeAsync();
        await Task.WhenAll(works).ContinueWith(_ => { }, TaskScheduler.Default);

        var kept = await NotesAsync(chat);
        Assert.Contains(works, work => work.IsFaulted);
        for (var id = 1; id <= works.Count; id++)
        {
            Assert.Equal(works[id - 1].IsCompletedSuccessfully, kept.Contains(id));
            if (works[id - 1].IsFaulted)
                Assert.IsType<DatabaseProblem>(works[id - 1].Exception!.InnerException);
        }
    }

    [Fact]
    public async Task A_file_that_another_program_locks_is_told_by_name_and_once_it_lets_go_all_is_well()
    {
        await using var chat = await OpenAsync();
        var file = (await chat.ScalarAsync<string>($"select file from pragma_database_list where name = 'main'"))!;
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await other.OpenAsync(CancellationToken.None);
        await using (await other.BeginTransactionAsync(CancellationToken.None))
        {
            var told = await Assert.ThrowsAsync<DatabaseProblem>(() => chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None));
            Assert.Contains("locked by another program", told.Message, StringComparison.Ordinal);
            Assert.Contains(file, told.Message, StringComparison.Ordinal);
        }

        await chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 2, ct), CancellationToken.None);
        Assert.Equal([2], await NotesAsync(chat));
    }

    [Fact]
    public async Task A_connection_that_refuses_to_begin_is_replaced_before_anybody_notices()
    {
        await using var chat = await OpenAsync();
        await chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"pragma query_only = on", ct), CancellationToken.None);
        await chat.Store.WriteAsync(Community.First, (work, ct) => NoteAsync(work, 1, ct), CancellationToken.None);

        Assert.Equal([1], await NotesAsync(chat));
    }

    [Fact]
    public async Task The_writer_flushes_every_commit_and_overwrites_what_it_deletes()
    {
        await using var chat = await OpenAsync();
        var settings = await chat.Store.WriteAsync(Community.First, async (work, ct) => (
            Journal: await work.Sql.ScalarAsync<string>($"pragma journal_mode", ct),
            Flush: await work.Sql.ScalarAsync<int>($"pragma synchronous", ct),
            Overwrite: await work.Sql.ScalarAsync<int>($"pragma secure_delete", ct)), CancellationToken.None);
        var reader = await chat.Store.ReadAsync(Community.First, async (work, ct) => (
            Only: await work.Sql.ScalarAsync<int>($"pragma query_only", ct),
            Checkpoints: await work.Sql.ScalarAsync<int>($"pragma wal_autocheckpoint", ct)), CancellationToken.None);

        Assert.Equal(("wal", 2, 1), settings);
        Assert.Equal((1, 0), reader);
    }

    private static Task FillAsync(Conversation chat, int id) =>
        chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"insert into notes (id, words) values ({id}, {new string('x', 4000)})", ct), CancellationToken.None);

    private static Task LeaveRoomForAsync(Conversation chat, int pages) =>
        chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            var now = await work.Sql.ScalarAsync<int>($"pragma page_count", ct);
            await work.Sql.ExecuteAsync(FormattableText($"pragma max_page_count = {now + pages}"), ct);
        }, CancellationToken.None);
}
