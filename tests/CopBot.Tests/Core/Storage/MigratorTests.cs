using System.Data.Common;
using CopBot.Core.Storage;
using CopBot.Host.Databases;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Storage;

public abstract class MigratorTests(Product product)
{
    [Fact]
    public async Task A_new_database_gets_every_script_once()
    {
        await using var place = await TestDatabase.CreateAsync(product);
        await using var database = new Opened(place.Setting);
        var scripts = Migrator.Scripts(database.It.Product);

        Assert.Equal(scripts.Select(script => script.Name), await database.MigrateAsync());
        Assert.Empty(await database.MigrateAsync());
        Assert.Equal(Enumerable.Range(1, scripts.Count), scripts.Select(script => script.Version));
    }

    [Fact]
    public async Task A_starter_that_dies_in_the_middle_leaves_nothing_that_stops_the_next()
    {
        await using var place = await TestDatabase.CreateAsync(product);
        await using var database = new Opened(place.Setting);
        var script = Migrator.Scripts(database.It.Product)[0].Text;
        await using (var connection = await database.It.OpenWriterAsync(CancellationToken.None))
        {
            await connection.BeginTransactionAsync(CancellationToken.None);
            await RunAsync(connection, script[..script.IndexOf("create table ledger", StringComparison.Ordinal)]);
        }

        Assert.NotEmpty(await database.MigrateAsync());
    }

    [Fact]
    public async Task Starters_at_the_same_time_apply_each_script_once()
    {
        await using var place = await TestDatabase.CreateAsync(product);
        await using var database = new Opened(place.Setting);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.MigrateAsync())));

        Assert.Single(applied, scripts => scripts.Count > 0);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_both_numbers_and_the_way_out()
    {
        await using var place = await TestDatabase.CreateAsync(product);
        await using var database = new Opened(place.Setting);
        await database.MigrateAsync();
        await database.RunAsync("insert into schema_versions (version, name, applied_at) values (9999, 'from the future', 0)");
        var told = await Assert.ThrowsAsync<DatabaseProblem>(database.MigrateAsync);

        Assert.Contains(database.It.Describe, told.Message, StringComparison.Ordinal);
        Assert.Contains("schema 9999", told.Message, StringComparison.Ordinal);
        Assert.Contains("--database", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_program_is_named_and_left_as_it_was()
    {
        await using var place = await TestDatabase.CreateAsync(product);
        await using var database = new Opened(place.Setting);
        await database.RunAsync("create table football (squads integer)");
        var told = await Assert.ThrowsAsync<DatabaseProblem>(database.MigrateAsync);

        Assert.Equal($"{database.It.Describe} belongs to another program: it has tables, and none that CopBot made. Nothing was changed; name another database with --database.", told.Message);
        Assert.Equal(["football"], await database.It.TablesAsync(CancellationToken.None));
        await database.RunAsync("create table communities (never integer); create table schema_versions (created integer)");
    }

    /// <summary>Runs statements outside of any store.</summary>
    protected static async Task RunAsync(DbConnection connection, string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A database without a host around it.</summary>
    protected sealed class Opened(string setting) : IAsyncDisposable
    {
        public IDatabase It { get; } = Database.Open(setting);

        public Task<IReadOnlyList<string>> MigrateAsync() => new Migrator(It, TimeProvider.System).MigrateAsync(CancellationToken.None);

        public async Task RunAsync(string text)
        {
            await using var connection = await It.OpenWriterAsync(CancellationToken.None);
            await MigratorTests.RunAsync(connection, text);
        }

        public async ValueTask DisposeAsync()
        {
            if (It is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
    }
}

public sealed class MigratorOnSqliteTests() : MigratorTests(Product.Sqlite);
