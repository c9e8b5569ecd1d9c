using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Storage;

/// <summary>Writing where a server coordinates several processes: each work is its own transaction, one at a time per community.</summary>
public sealed class DirectStore(IDatabase database, IServiceScopeFactory scopes) : Store(database, scopes)
{
    private const int Attempts = 5;
    private readonly SemaphoreSlim writers = new(16);

    public override async Task<T> WriteAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await writers.WaitAsync(ct);
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
        finally
        {
            writers.Release();
        }
    }

    public override ValueTask DisposeAsync()
    {
        writers.Dispose();
        return base.DisposeAsync();
    }

    private async Task<T> WriteOnceAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await Database.OpenWriterAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Database.SerializeAsync(connection, transaction, community, ct);
        var sql = new Sql(connection, Database) { Transaction = transaction };
        await using var at = Open(community, sql);
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
