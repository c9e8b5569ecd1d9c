using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Storage;

/// <summary>The one way to the data. Writing has an implementation per product; reading runs beside it.</summary>
public abstract class Store(IDatabase database, IServiceScopeFactory scopes) : IAsyncDisposable
{
    /// <summary>How many works may wait; more are refused at once.</summary>
    protected const int MaxWaiting = 8192;

    private const int KeptReaders = 8;
    private readonly ConcurrentBag<Sql> readers = [];

    /// <summary>What differs between products.</summary>
    protected IDatabase Database => database;

    /// <summary>
    /// Does the work as one durable transaction of which all or nothing happens; returns after the commit.
    /// Throws what the work threw, <see cref="StoreBusy"/> when too much waits, <see cref="DatabaseProblem"/> when the database takes nothing,
    /// <see cref="OutcomeUnknown"/> when the answer to the commit was lost.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct);

    /// <summary>As <see cref="WriteAsync{T}"/>, without a result.</summary>
    public Task WriteAsync(int community, Func<Work, CancellationToken, Task> work, CancellationToken ct) =>
        WriteAsync(community, async (at, token) =>
        {
            await work(at, token);
            return true;
        }, ct);

    /// <summary>Reads from one consistent view of what is committed.</summary>
    public async Task<T> ReadAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (!readers.TryTake(out var sql))
            sql = new Sql(await database.OpenReaderAsync(ct), database);
        try
        {
            await using var transaction = await database.BeginReadAsync(sql.Connection, ct);
            sql.Transaction = transaction;
            await using var at = Open(community, sql, guarded: false);
            return await work(at, ct);
        }
        catch when (sql.Connection.State != System.Data.ConnectionState.Open)
        {
            await sql.Connection.DisposeAsync();
            throw;
        }
        finally
        {
            sql.Transaction = null;
            if (sql.Connection.State == System.Data.ConnectionState.Open && readers.Count < KeptReaders)
                readers.Add(sql);
            else
                await sql.Connection.DisposeAsync();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        while (readers.TryTake(out var sql))
            await sql.Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a caller is told of a failure before the commit: a database that takes nothing is named, all else stays as it is.</summary>
    protected Exception Told(Exception problem) => Database.FaultOf(problem) == DatabaseFault.Unwritable ? Database.Explain(problem) : problem;

    /// <summary>A work in the transaction that <paramref name="sql"/> is in. One that is guarded can undo a part of what it has written.</summary>
    protected Work Open(int community, Sql sql, bool guarded) => new(community, sql, database, scopes, guarded);
}
