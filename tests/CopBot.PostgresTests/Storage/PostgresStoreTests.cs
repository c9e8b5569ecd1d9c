using System.Data.Common;
using CopBot.Core.Storage;
using CopBot.Tests.Core.Storage;
using CopBot.Tests.Support;

namespace CopBot.PostgresTests.Storage;

public sealed class PostgresStoreTests() : StoreContract(Product.Postgres)
{
    [Fact]
    public async Task A_connection_that_is_lost_before_the_commit_is_tried_again_and_the_work_done_once()
    {
        await using var chat = await OpenAsync();
        var attempts = 0;
        await chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await NoteAsync(work, 1, ct);
            if (++attempts == 1)
                await work.Sql.ExecuteAsync($"select pg_terminate_backend(pg_backend_pid())", ct);
        }, CancellationToken.None);

        Assert.Equal(2, attempts);
        Assert.Equal([1], await NotesAsync(chat));
    }

    [Fact]
    public async Task A_reader_whose_connection_was_lost_is_replaced()
    {
        await using var chat = await OpenAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"select pg_terminate_backend(pg_backend_pid())", ct), CancellationToken.None));

        Assert.Empty(await NotesAsync(chat));
    }

    [Fact]
    public async Task The_ledger_cannot_be_emptied_in_one_go_either()
    {
        await using var chat = await OpenAsync();
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => chat.Store.WriteAsync(Community.First, (work, ct) => work.Sql.ExecuteAsync($"truncate ledger", ct), CancellationToken.None));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }
}
