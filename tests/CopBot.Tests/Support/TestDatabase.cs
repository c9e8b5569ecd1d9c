using CopBot.Core.Storage;

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

    /// <summary>SQLite; and every word goes through Teams, there and back.</summary>
    Teams,
}

/// <summary>A database of its own for one test, gone afterwards.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>What the setting CopBot__Database would say.</summary>
    public abstract string Setting { get; }

    /// <summary>A new, empty database; the test is skipped with the reason where the product is not to be had.</summary>
    public static async Task<TestDatabase> CreateAsync(Product product) =>
        product != Product.Postgres ? new SqliteFile() : await PostgresServer.CreateDatabaseAsync();

    public abstract ValueTask DisposeAsync();

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
