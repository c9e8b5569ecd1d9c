using System.Collections.Concurrent;
using CopBot.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(LentDatabases))]

namespace CopBot.Tests.Support;

/// <summary>
/// PostgreSQL databases that conversations have one after the other: emptying one takes a hundredth of what making one takes.
/// Whoever changes the schema takes a database of their own instead.
/// </summary>
public sealed class LentDatabases : IAsyncDisposable
{
    private static readonly ConcurrentBag<TestDatabase> Returned = [];

    /// <summary>An empty database, with or without the schema.</summary>
    public static async Task<TestDatabase> TakeAsync()
    {
        if (!Returned.TryTake(out var database))
            return new Lent(await PostgresServer.CreateDatabaseAsync());

        await EmptyAsync(database.Setting);
        return new Lent(database);
    }

    /// <summary>Drops them all, at the end of the run.</summary>
    public async ValueTask DisposeAsync()
    {
        while (Returned.TryTake(out var database))
            await database.DisposeAsync();
    }

    private static async Task EmptyAsync(string setting)
    {
        await using var connection = new NpgsqlConnection(setting + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            do $$
            declare
                tables text;
            begin
                select string_agg(format('%I', tablename), ', ') into tables from pg_tables where schemaname = current_schema() and tablename <> 'schema_versions';
                if tables is not null then
                    alter table ledger disable trigger user;
                    execute 'truncate ' || tables || ' restart identity';
                    alter table ledger enable trigger user;
                end if;
            end
            $$
            """;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Lent(TestDatabase database) : TestDatabase
    {
        public override string Setting => database.Setting;

        public override ValueTask DisposeAsync()
        {
            Returned.Add(database);
            return ValueTask.CompletedTask;
        }
    }
}
