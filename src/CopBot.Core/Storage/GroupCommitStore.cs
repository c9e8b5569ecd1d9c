using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Core.Storage;

/// <summary>
/// Writing where one process owns the file: a single writer takes what waits and commits it together, so that one flush to the disk
/// serves up to 256 works. One that fails harms no other.
/// </summary>
/// <remarks>
/// A savepoint copies every page that is touched after it, and hardly any work fails once it has written. So a group is done without them first.
/// Only when something has to be undone, all of it is rolled back and done again, each work in its savepoint: a work may run twice before it is committed.
/// </remarks>
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

        committing = false;
        if (!await TryGroupAsync(sql, group, guarded: false))
            await TryGroupAsync(sql, group, guarded: true);
        if (group.Any(waiting => waiting.Scrub))
            await Database.ScrubAsync(sql.Connection, CancellationToken.None);
        foreach (var waiting in group)
            waiting.Finish();
    }

    // False when something that was written has to be undone; then nothing of the group is there.
    private async Task<bool> TryGroupAsync(Sql at, List<Waiting> group, bool guarded)
    {
        await using var transaction = await at.Connection.BeginTransactionAsync();
        at.Transaction = transaction;
        for (var taken = 0; taken < MaxGroup; taken++)
        {
            if (taken >= group.Count)
            {
                if (!queue.Reader.TryRead(out var next))
                    break;
                group.Add(next);
            }

            if (!await group[taken].RunAsync(at, guarded))
                return false;
        }

        committing = true;
        await transaction.CommitAsync();
        at.Transaction = null;
        return true;
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

        /// <summary>False when it failed after it had written, and there was no savepoint to go back to.</summary>
        public abstract Task<bool> RunAsync(Sql sql, bool guarded);

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

        public override async Task<bool> RunAsync(Sql sql, bool guarded)
        {
            failure = ct.IsCancellationRequested ? new OperationCanceledException(ct) : null;
            if (failure is not null)
                return true;

            if (guarded)
                await sql.ExecuteAsync($"savepoint work", CancellationToken.None);
            var writes = sql.Writes;
            try
            {
                at = store.Open(community, sql, guarded);
                result = await work(at, CancellationToken.None);
                if (guarded)
                    await sql.ExecuteAsync($"release savepoint work", CancellationToken.None);
                return true;
            }
            catch (Exception problem)
            {
                failure = store.Told(problem);

                // After an error of the database its transaction may be gone, whatever was asked of it.
                if (!guarded)
                    return sql.Writes == writes && problem is not DbException;
                await UndoAsync(sql);
                return true;
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
