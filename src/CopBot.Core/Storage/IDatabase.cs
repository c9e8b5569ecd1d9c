using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Storage;

/// <summary>What differs between database products. Host has one implementation per product.</summary>
public interface IDatabase
{
    /// <summary>The folder of the numbered scripts: <c>sqlite</c> or <c>postgres</c>.</summary>
    string Product { get; }

    /// <summary>Which database this is, for people; never with a password.</summary>
    string Describe { get; }

    /// <summary>Whether identifiers are kept as 16 bytes rather than as the product's own type.</summary>
    bool IdsAsBytes { get; }

    /// <summary>Opens a connection that may write and settles how durable it is.</summary>
    Task<DbConnection> OpenWriterAsync(CancellationToken ct);

    /// <summary>Opens a connection that only reads.</summary>
    Task<DbConnection> OpenReaderAsync(CancellationToken ct);

    /// <summary>Begins a transaction for reading, one consistent view of the data.</summary>
    Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Lets nobody else write for this community until the transaction ends; migrations use community 0.</summary>
    Task SerializeAsync(DbConnection connection, DbTransaction transaction, int community, CancellationToken ct);

    /// <summary>Points Entity Framework at the product on an open connection.</summary>
    void Configure(DbContextOptionsBuilder options, DbConnection connection);

    /// <summary>What an exception of the provider means.</summary>
    DatabaseFault FaultOf(Exception exception);

    /// <summary>An exception of the provider as people need it: which database, what is wrong, the way out.</summary>
    DatabaseProblem Explain(Exception exception);

    /// <summary>Makes sure that nothing deleted is left in the files.</summary>
    Task ScrubAsync(DbConnection connection, CancellationToken ct);
}

/// <summary>The classes of database error that call for different answers.</summary>
public enum DatabaseFault
{
    /// <summary>A defect or a refusal: trying again would fail again.</summary>
    Other,

    /// <summary>A unique key exists already.</summary>
    AlreadyThere,

    /// <summary>Rolled back for the sake of another transaction; trying again is right.</summary>
    Transient,

    /// <summary>The connection was lost; what was in flight may or may not have been done.</summary>
    Lost,

    /// <summary>The disk is full, unreadable or read-only.</summary>
    Unwritable,
}
