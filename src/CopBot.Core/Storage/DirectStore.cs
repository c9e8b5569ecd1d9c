using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Storage;

/// <summary>Writing where a server coordinates several processes: each work is its own transaction, one at a time per community.</summary>
public sealed class DirectStore(IDatabase database, IServiceScopeFactory scopes) : Store(database, scopes)
{
    private const int Attempts = 5;
    private const int Writers = 16;
    private readonly SemaphoreSlim writers = new(Writers);
    private int waiting;

    public override async Task<T> WriteAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new StoreBusy();
        }

        try
        {
            await writers.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await WriteOnceAsync(community, work, ct);
                }
                catch (DbException problem) when (attempt < Attempts && Database.FaultOf(problem) is DatabaseFault.Transient or DatabaseFault.Lost)
                {
                    // Nothing was committed: a lost answer to the commit itself comes as OutcomeUnknown and is not tried again here.
                }
            }
        }
        catch (DbException problem) when (Database.FaultOf(problem) == DatabaseFault.Unwritable)
        {
            throw Told(problem);
        }
        finally
        {
            writers.Release();
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public override async ValueTask DisposeAsync()
    {
        for (var writer = 0; writer < Writers; writer++)
            await writers.WaitAsync();
        writers.Dispose();
        await base.DisposeAsync();
    }

    private async Task<T> WriteOnceAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await Database.OpenWriterAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Database.SerializeAsync(connection, transaction, community, ct);
        var sql = new Sql(connection, Database) { Transaction = transaction };
        await using var at = Open(community, sql, guarded: true);
        var result = await work(at, ct);
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (DbException problem) when (Database.FaultOf(problem) == DatabaseFault.Lost)
        {
            throw new OutcomeUnknown(problem);
        }

        if (at.Scrub)
            await Database.ScrubAsync(connection, CancellationToken.None);
        at.Committed();
        return result;
    }
}
