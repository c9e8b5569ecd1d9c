using CopBot.Core.Storage;
using CopBot.Host.Databases;

namespace CopBot.Tests.Support;

/// <summary>What the same suites run on.</summary>
public enum Product
{
    Sqlite,
    Postgres,

    /// <summary>SQLite; and every word goes through Slack, there and back.</summary>
    Slack,

    /// <summary>SQLite; and every word goes through Discord, there and back.</summary>
    Discord,
}

/// <summary>A database of its own for one test, gone afterwards.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>What the setting CopBot__Database would say.</summary>
    public abstract string Setting { get; }

    /// <summary>A new, empty database; the test is skipped with the reason where the product is not to be had.</summary>
    public static async Task<TestDatabase> CreateAsync(Product product) =>
        product != Product.Postgres ? new SqliteFile() : await PostgresServer.CreateDatabaseAsync();

    /// <summary>One that has the newest schema already: a copy of a file that the migrator made once, or a lent database.</summary>
    public static async Task<TestDatabase> CreateWithSchemaAsync(Product product)
    {
        if (product == Product.Postgres)
            return await LentDatabases.TakeAsync();

        var file = new SqliteFile();
        await File.WriteAllBytesAsync(file.Setting, await Migrated.Value);
        return file;
    }

    public abstract ValueTask DisposeAsync();

    private static readonly Lazy<Task<byte[]>> Migrated = new(async () =>
    {
        await using var file = new SqliteFile();
        await new Migrator(Database.Open(file.Setting), TimeProvider.System).MigrateAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(file.Setting);
    });

    private sealed class SqliteFile : TestDatabase
    {
        private readonly DirectoryInfo folder = FastFolder.Create("copbot-test-");

        public override string Setting => Path.Combine(folder.FullName, "copbot.db");

        public override ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
