using System.Data;
using System.Data.Common;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CopBot.Host.Databases;

/// <summary>PostgreSQL, for several processes on one community.</summary>
public sealed class PostgresDatabase : IDatabase, IAsyncDisposable
{
    // Any fixed number apart from other programs' locks; the community is the second half of the key.
    private const int LockSpace = 0x43_6f_70;
    private readonly NpgsqlDataSource source;

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 };
        source = NpgsqlDataSource.Create(settings);
        Describe = $"PostgreSQL database {settings.Database} on {settings.Host}";
    }

    public string Product => "postgres";

    public string Describe { get; }

    public bool IdsAsBytes => false;

    public async Task<DbConnection> OpenWriterAsync(CancellationToken ct)
    {
        try
        {
            return await source.OpenConnectionAsync(ct);
        }
        catch (NpgsqlException problem) when (problem is not PostgresException { IsTransient: true })
        {
            throw Explain(problem);
        }
    }

    public Task<DbConnection> OpenReaderAsync(CancellationToken ct) => OpenWriterAsync(ct);

    public async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "set transaction read only";
        await command.ExecuteNonQueryAsync(ct);
        return transaction;
    }

    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct)
    {
        await using var connection = await OpenReaderAsync(ct);
        return await new Sql(connection, this).ListAsync($"select tablename::text from pg_tables where schemaname = current_schema()", row => row.Text(0), ct);
    }

    public async Task SerializeAsync(DbConnection connection, DbTransaction transaction, int community, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select pg_advisory_xact_lock($1, $2)";
        command.Parameters.Add(new NpgsqlParameter { Value = LockSpace });
        command.Parameters.Add(new NpgsqlParameter { Value = community });
        await command.ExecuteNonQueryAsync(ct);
    }

    public void Configure(DbContextOptionsBuilder options, DbConnection connection) => options.UseNpgsql(connection);

    public DatabaseFault FaultOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => DatabaseFault.AlreadyThere,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable } => DatabaseFault.Transient,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction } => DatabaseFault.Unwritable,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => DatabaseFault.Lost,
        PostgresException => DatabaseFault.Other,
        NpgsqlException => DatabaseFault.Lost,
        _ => DatabaseFault.Other,
    };

    public DatabaseProblem Explain(Exception exception) => new(
        FaultOf(exception) == DatabaseFault.Unwritable
            ? $"{Describe} cannot be written: {exception.Message} Make room, or let this user write, and start again; nothing that was acknowledged is lost."
            : $"{Describe} cannot be used: {exception.Message.TrimEnd('.')}. Check CopBot__Database and that the server runs.", exception);

    // The server reclaims deleted rows by itself; VACUUM cannot run inside a transaction and is the administrator's.
    public Task ScrubAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
