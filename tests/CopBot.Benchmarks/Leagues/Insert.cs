using Microsoft.Data.Sqlite;

namespace CopBot.Benchmarks.Leagues;

/// <summary>A statement that is prepared once and run for every row.</summary>
public sealed class Insert : IDisposable
{
    private readonly SqliteCommand command;

    public Insert(SqliteConnection connection, string text, params string[] parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + parameter });
        command.Prepare();
    }

    /// <summary>An insert of these columns.</summary>
    public static Insert Into(SqliteConnection connection, string table, params string[] columns) =>
        new(connection, $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(column => "@" + column))})", columns);

    public void Run(params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
