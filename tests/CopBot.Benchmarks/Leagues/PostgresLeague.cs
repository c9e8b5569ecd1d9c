using CopBot.Host;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace CopBot.Benchmarks.Leagues;

/// <summary>A league as it lies in a file, copied into an empty database of PostgreSQL.</summary>
public static class PostgresLeague
{
    private static readonly string[] Tables = ["squads", "people", "handles", "claims"];

    /// <summary>Makes the schema, and copies people and what they logged; neither ledger nor standings.</summary>
    public static async Task CopyAsync(League league, string database)
    {
        await using (var bot = League.Bot(database))
        {
            using var held = await bot.OpenDatabaseAsync(CancellationToken.None);
        }

        await using var from = new SqliteConnection($"Data Source={league.File};Pooling=false;Mode=ReadOnly");
        await from.OpenAsync();
        await using var to = new NpgsqlConnection(database);
        await to.OpenAsync();
        var progress = new Progress("tables copied", Tables.Length);
        for (var table = 0; table < Tables.Length; table++)
        {
            await CopyAsync(from, to, Tables[table]);
            progress.At(table);
        }

        await using var settle = new NpgsqlCommand($"update communities set next_claim = {league.Entries + 1}; analyze", to) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync();
        progress.Done();
    }

    private static async Task CopyAsync(SqliteConnection from, NpgsqlConnection to, string table)
    {
        using var select = from.CreateCommand();
        select.CommandText = $"select * from {table}";
        using var rows = select.ExecuteReader();
        var types = await TypesAsync(to, table);
        var columns = Enumerable.Range(0, rows.FieldCount).Where(column => types.ContainsKey(rows.GetName(column))).ToList();
        await using var writer = await to.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns.Select(rows.GetName))}) from stdin (format binary)");
        while (rows.Read())
        {
            await writer.StartRowAsync();
            foreach (var column in columns)
                await WriteAsync(writer, rows.GetValue(column), types[rows.GetName(column)]);
        }

        await writer.CompleteAsync();
    }

    private static async Task<Dictionary<string, string>> TypesAsync(NpgsqlConnection to, string table)
    {
        await using var command = new NpgsqlCommand("select column_name, data_type from information_schema.columns where table_name = $1 and is_generated = 'NEVER'", to) { Parameters = { new() { Value = table } } };
        await using var rows = await command.ExecuteReaderAsync();
        var types = new Dictionary<string, string>();
        while (await rows.ReadAsync())
            types.Add(rows.GetString(0), rows.GetString(1));
        return types;
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object value, string type) => value is DBNull ? writer.WriteNullAsync() : type switch
    {
        "uuid" => writer.WriteAsync(new Guid((byte[])value, bigEndian: true), NpgsqlDbType.Uuid),
        "bigint" => writer.WriteAsync((long)value, NpgsqlDbType.Bigint),
        "integer" => writer.WriteAsync((int)(long)value, NpgsqlDbType.Integer),
        "smallint" => writer.WriteAsync((short)(long)value, NpgsqlDbType.Smallint),
        "boolean" => writer.WriteAsync((long)value != 0, NpgsqlDbType.Boolean),
        "text" => writer.WriteAsync((string)value, NpgsqlDbType.Text),
        _ => throw new InvalidOperationException($"The league has nothing of type {type}."),
    };
}
