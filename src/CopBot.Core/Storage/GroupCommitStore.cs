using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Core.Storage;

/// <summary>
/// Writing where one process owns the file: a single writer takes what waits and commits it together, each work in its own savepoint.
/// One flush to the disk then serves up to 256 works, and one that fails harms no other.
/// </summary>
public sealed partial class GroupCommitStore : Store
{
    private const int MaxGroup = 256;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly ILogger<GroupCommitStore> log;
    private readonly Task writer;
    private Sql? sql;
    private bool committing;

    public GroupCommitStore(IDatabase database, IServiceScopeFactory scopes, ILogger<GroupCommitStore> log)
        : base(database, scopes)
    {
        this.log = log;
        writer = Task.Run(WriteGroupsAsync);
    }

    public override Task<T> WriteAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var waiting = new Waiting<T>(this, community, work, ct);
        if (!queue.Writer.TryWrite(waiting))
            throw new StoreBusy();
        return waiting.Result;
    }

    /// <summary>Finishes what waits and closes the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        if (sql is not null)
            await sql.Connection.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<Waiting>(MaxGroup);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            try
            {
                await WriteGroupAsync(group);
            }
            catch (Exception problem)
            {
                // Nothing of the group is acknowledged. Once the commit was begun, only a new look can say whether it is on the disk.
                if (Told(problem) is DatabaseProblem told)
                    Log.Unwritable(log, group.Count, told.Message);
                else
                    Log.GroupFailed(log, group.Count, problem);
                foreach (var waiting in group)
                    waiting.Fail(committing || problem is not (DbException or DatabaseProblem) ? new OutcomeUnknown(problem) : problem as DatabaseProblem ?? Database.Explain(problem));
                await CloseAsync();
            }
        }
    }

    private async Task WriteGroupAsync(List<Waiting> group)
    {
        if (sql is null)
        {
            // One is taken first, so that a database that cannot be opened answers somebody instead of spinning.
            group.Add(await queue.Reader.ReadAsync());
            sql = new Sql(await Database.OpenWriterAsync(CancellationToken.None), Database);
        }

        var scrub = false;
        committing = false;
        await using (var transaction = await sql.Connection.BeginTransactionAsync())
        {
            sql.Transaction = transaction;
            for (var taken = 0; taken < MaxGroup; taken++)
            {
                if (taken >= group.Count)
                {
                    if (!queue.Reader.TryRead(out var next))
                        break;
                    group.Add(next);
                }

                await group[taken].RunAsync(sql);
                scrub |= group[taken].Scrub;
            }

            committing = true;
            await transaction.CommitAsync();
            sql.Transaction = null;
        }

        if (scrub)
            await Database.ScrubAsync(sql.Connection, CancellationToken.None);
        foreach (var waiting in group)
            waiting.Finish();
    }

    private async Task CloseAsync()
    {
        var broken = sql;
        sql = null;
        if (broken is null)
            return;

        try
        {
            await broken.Connection.DisposeAsync();
        }
        catch (DbException problem)
        {
            Log.CloseFailed(log, problem);
        }
    }

    private abstract class Waiting
    {
        public abstract bool Scrub { get; }

        public abstract Task RunAsync(Sql sql);

        public abstract void Finish();

        public abstract void Fail(Exception problem);
    }

    private sealed class Waiting<T>(GroupCommitStore store, int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct) : Waiting
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Work? at;
        private T? result;
        private Exception? failure;

        public Task<T> Result => done.Task;

        public override bool Scrub => at?.Scrub ?? false;

        public override async Task RunAsync(Sql sql)
        {
            if (ct.IsCancellationRequested)
            {
                failure = new OperationCanceledException(ct);
                return;
            }

            await sql.ExecuteAsync($"savepoint work", CancellationToken.None);
            try
            {
                at = store.Open(community, sql);
                result = await work(at, CancellationToken.None);
                await sql.ExecuteAsync($"release savepoint work", CancellationToken.None);
            }
            catch (Exception problem)
            {
                failure = store.Told(problem);
                await UndoAsync(sql);
            }
            finally
            {
                if (at is not null)
                    await at.DisposeAsync();
            }
        }

        public override void Finish()
        {
            if (failure is not null)
            {
                done.TrySetException(failure);
                return;
            }

            try
            {
                at?.Committed();
                done.TrySetResult(result!);
            }
            catch (Exception problem)
            {
                done.TrySetException(problem);
            }
        }

        public override void Fail(Exception problem) => done.TrySetException(failure ?? problem);

        // A full disk rolls back the whole transaction by itself. Then there is nothing left to undo, and the group is given up for that reason.
        private async Task UndoAsync(Sql sql)
        {
            try
            {
                await sql.ExecuteAsync($"rollback to savepoint work", CancellationToken.None);
                await sql.ExecuteAsync($"release savepoint work", CancellationToken.None);
            }
            catch (Exception) when (failure is DatabaseProblem full)
            {
                throw full;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A group of {Count} writes could not be committed")]
        public static partial void GroupFailed(ILogger log, int count, Exception problem);

        [LoggerMessage(LogLevel.Error, "A group of {Count} writes could not be committed: {Problem}")]
        public static partial void Unwritable(ILogger log, int count, string problem);

        [LoggerMessage(LogLevel.Warning, "A broken connection did not close cleanly")]
        public static partial void CloseFailed(ILogger log, Exception problem);
    }
}
