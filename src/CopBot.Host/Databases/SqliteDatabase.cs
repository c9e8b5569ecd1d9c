using System.Data.Common;
using CopBot.Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Host.Databases;

/// <summary>SQLite in one file that one process owns.</summary>
/// <remarks>
/// One connection writes and it alone checkpoints: the library is of a version in which two that do both can corrupt the log
/// (https://sqlite.org/wal.html#walresetbug). Readers never checkpoint and cannot write.
/// </remarks>
public sealed class SqliteDatabase(string file) : IDatabase
{
    private const int BusySeconds = 2;

    public string Product => "sqlite";

    public string Describe => file;

    public bool IdsAsBytes => true;

    public async Task<DbConnection> OpenWriterAsync(CancellationToken ct)
    {
        try
        {
            var connection = await OpenAsync(SqliteOpenMode.ReadWriteCreate, ct);
            await RunAsync(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma foreign_keys = on; pragma wal_autocheckpoint = 10000; pragma temp_store = memory; pragma cache_size = -65536", ct);
            return connection;
        }
        catch (SqliteException problem)
        {
            throw Explain(problem);
        }
    }

    public async Task<DbConnection> OpenReaderAsync(CancellationToken ct)
    {
        var connection = await OpenAsync(SqliteOpenMode.ReadWrite, ct);
        await RunAsync(connection, "pragma query_only = on; pragma secure_delete = on; pragma wal_autocheckpoint = 0; pragma temp_store = memory; pragma cache_size = -32768", ct);
        return connection;
    }

    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct)
    {
        if (!File.Exists(file))
            return [];
        await using var connection = await OpenReaderAsync(ct);
        return await new Sql(connection, this).ListAsync($"select name from sqlite_master where type = 'table'", row => row.Text(0), ct);
    }

    public Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken ct) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    // One writer, one process: everything is in a row already.
    public Task SerializeAsync(DbConnection connection, DbTransaction transaction, int community, CancellationToken ct) => Task.CompletedTask;

    // EF defines its functions anew for every context, which SQLite refuses while the full-text index has a statement open: as soon as something was
    // logged in this transaction. A savepoint makes the index let go of it.
    public void Configure(DbContextOptionsBuilder options, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "savepoint context; release savepoint context";
        command.ExecuteNonQuery();
        options.UseSqlite(connection);
    }

    public DatabaseFault FaultOf(Exception exception) => exception is not SqliteException problem ? DatabaseFault.Other : problem.SqliteErrorCode switch
    {
        19 when problem.SqliteExtendedErrorCode is 2067 or 1555 => DatabaseFault.AlreadyThere,
        5 or 6 => DatabaseFault.Transient,
        8 or 10 or 13 or 14 => DatabaseFault.Unwritable,
        _ => DatabaseFault.Other,
    };

    public DatabaseProblem Explain(Exception exception) => new((exception as SqliteException)?.SqliteErrorCode switch
    {
        26 => $"{file} is not a SQLite database. Move it aside, or name another file with --database.",
        5 or 6 => $"{file} is locked by another program. Stop that program, or name another file with --database.",
        8 => $"{file} is read-only for this user. Give the process the right to write it and its folder, or name another file with --database.",
        14 => $"{file} cannot be opened: the folder must exist and this user must be allowed to write there. Create it, or name another file with --database.",
        13 => $"{file} cannot grow: the disk is full. Make room and start again; nothing that was acknowledged is lost.",
        11 => $"{file} is damaged. Restore the newest backup, or name another file with --database.",
        10 => $"{file} cannot be read or written: the disk or its connection has a fault. See to that and start again; nothing that was acknowledged is lost.",
        _ => $"{file} cannot be used: {exception.Message} Name another file with --database, or restore a backup.",
    }, exception);

    public Task ScrubAsync(DbConnection connection, CancellationToken ct) => RunAsync(connection, "pragma wal_checkpoint(truncate)", ct);

    private async Task<SqliteConnection> OpenAsync(SqliteOpenMode mode, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (SqliteException problem)
        {
            await connection.DisposeAsync();
            throw Explain(problem);
        }
    }

    private static async Task RunAsync(DbConnection connection, string text, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(ct);
    }
}
