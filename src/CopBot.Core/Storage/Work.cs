using System.Data.Common;
using CopBot.Core.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Storage;

/// <summary>One transaction at hand: statements, the model, and the features that work in it.</summary>
public sealed class Work : IAsyncDisposable
{
    private readonly IDatabase database;
    private readonly bool guarded;
    private readonly AsyncServiceScope scope;
    private readonly List<Action> afterCommit = [];
    private CopDb? db;

    internal Work(int communityId, Sql sql, IDatabase database, IServiceScopeFactory scopes, bool guarded)
    {
        CommunityId = communityId;
        Sql = sql;
        this.database = database;
        this.guarded = guarded;
        scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<WorkSlot>().Work = this;
    }

    /// <summary>The community whose rows this work sees.</summary>
    public int CommunityId { get; }

    /// <summary>Which database product it is, for the few statements that each product has its own of.</summary>
    public string Product => database.Product;

    /// <summary>Prepared statements in this transaction.</summary>
    public Sql Sql { get; }

    /// <summary>The model in this transaction; queries are not tracked unless asked.</summary>
    public CopDb Db => db ??= CreateDb();

    /// <summary>The community as it was read in this work; null until then, and again when it is changed.</summary>
    internal Community? Community { get; set; }

    /// <summary>Whether something that was deleted must not be left in the files.</summary>
    internal bool Scrub { get; private set; }

    /// <summary>Whether a part that has written should have been undone and there was no savepoint to go back to: the work has to be done again with one.</summary>
    internal bool Spoilt { get; private set; }

    /// <summary>A feature that works in this transaction.</summary>
    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A feature whose type is known at run time only.</summary>
    public object Get(Type type) => scope.ServiceProvider.GetRequiredService(type);

    /// <summary>Does something once what was written is durable, and not otherwise.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>Overwrites what this work deletes, once it is committed.</summary>
    public void ScrubAfterCommit() => Scrub = true;

    /// <summary>Runs a part that is undone alone when it throws.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> part, CancellationToken ct)
    {
        var (writes, actions) = (Sql.Writes, afterCommit.Count);
        if (guarded)
            await Sql.ExecuteAsync($"savepoint part", ct);
        try
        {
            var result = await part();
            if (guarded)
                await Sql.ExecuteAsync($"release savepoint part", ct);
            return result;
        }
        catch
        {
            db?.ChangeTracker.Clear();
            afterCommit.RemoveRange(actions, afterCommit.Count - actions);
            if (guarded)
                await UndoPartAsync();
            else
                Spoilt |= Sql.Writes > writes;
            throw;
        }
    }

    private async Task UndoPartAsync()
    {
        await Sql.ExecuteAsync($"rollback to savepoint part", CancellationToken.None);
        await Sql.ExecuteAsync($"release savepoint part", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (db is not null)
            await db.DisposeAsync();
        await scope.DisposeAsync();
    }

    internal void Committed() => afterCommit.ForEach(action => action());

    private CopDb CreateDb()
    {
        var options = new DbContextOptionsBuilder<CopDb>().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        database.Configure(options, Sql.Connection);
        var created = new CopDb(options.Options, CommunityId, database.IdsAsBytes);
        created.Database.AutoSavepointsEnabled = false;
        created.Database.UseTransaction(Sql.Transaction);
        return created;
    }
}

/// <summary>Where a scope of services finds the work it belongs to.</summary>
public sealed class WorkSlot
{
    public Work? Work { get; set; }
}
