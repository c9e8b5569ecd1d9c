using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>
/// Statements on one connection, each prepared once. Holes of the interpolated string are parameters, never text:
/// <c>sql.ExecuteAsync($"update inbox set state = 1 where id = {id}", ct)</c>.
/// </summary>
public sealed class Sql(DbConnection connection, IDatabase database)
{
    private readonly Dictionary<string, Prepared> prepared = [];

    /// <summary>The transaction that the statements belong to.</summary>
    public DbTransaction? Transaction { get; set; }

    public DbConnection Connection => connection;

    /// <summary>How many statements were run that may have written something.</summary>
    public long Writes { get; private set; }

    /// <summary>Runs a statement and gives the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(Statement statement, CancellationToken ct) =>
        await Bind(statement).ExecuteNonQueryAsync(ct);

    /// <summary>The first column of the first row; the default where there is none or it is null.</summary>
    public async Task<T?> ScalarAsync<T>(Statement statement, CancellationToken ct)
    {
        var value = await Bind(statement).ExecuteScalarAsync(ct);
        return value is null or DBNull ? default : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>All rows.</summary>
    public async Task<List<T>> ListAsync<T>(Statement statement, Func<Row, T> map, CancellationToken ct)
    {
        var list = new List<T>();
        await using var reader = await Bind(statement).ExecuteReaderAsync(ct);
        var row = new Row(reader, database.IdsAsBytes);
        while (await reader.ReadAsync(ct))
            list.Add(map(row));
        return list;
    }

    /// <summary>The first row, or the default.</summary>
    public async Task<T?> FirstAsync<T>(Statement statement, Func<Row, T> map, CancellationToken ct)
    {
        await using var reader = await Bind(statement).ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? map(new Row(reader, database.IdsAsBytes)) : default;
    }

    private DbCommand Bind(Statement statement)
    {
        var text = statement.Text;
        if (!prepared.TryGetValue(text, out var found))
            prepared.Add(text, found = Prepare(text, statement.Values.Count));

        var command = found.Command;
        command.Transaction = Transaction;
        for (var index = 0; index < statement.Values.Count; index++)
            command.Parameters[index].Value = ToDatabase(statement.Values[index]);
        if (found.Writes)
            Writes++;
        return command;
    }

    private Prepared Prepare(string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var index = 0; index < parameters; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Statement.Name(index);
            command.Parameters.Add(parameter);
        }

        return new(command, !text.StartsWith("select", StringComparison.OrdinalIgnoreCase));
    }

    private object ToDatabase(object? value) => value switch
    {
        null => DBNull.Value,
        PersonId person => ToDatabase(person.Value),
        Guid id => database.IdsAsBytes ? id.ToByteArray(bigEndian: true) : id,
        Instant instant => instant.ToUnixTimeMilliseconds(),
        LocalDate date => date.ToNumber(),
        Enum choice => Convert.ToInt32(choice, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private sealed record Prepared(DbCommand Command, bool Writes);
}

/// <summary>SQL with its parameters, made from an interpolated string.</summary>
[InterpolatedStringHandler]
public sealed class Statement(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + formattedCount * 4);
    private readonly List<object?> values = new(formattedCount);

    internal string Text => text.ToString();

    internal List<object?> Values => values;

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted<T>(T value)
    {
        text.Append(Name(values.Count));
        values.Add(value);
    }

    internal static string Name(int index) => index < Names.Length ? Names[index] : "@p" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static readonly string[] Names = [.. Enumerable.Range(0, 40).Select(index => "@p" + index.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>The row at hand while a result is read.</summary>
public readonly struct Row(DbDataReader reader, bool idsAsBytes)
{
    public long Long(int column) => reader.GetInt64(column);

    public int Int(int column) => reader.GetInt32(column);

    public bool Bool(int column) => reader.GetBoolean(column);

    public string Text(int column) => reader.GetString(column);

    public Instant? InstantOrNull(int column) => reader.IsDBNull(column) ? null : Instant(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public int? IntOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public long? LongOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public byte[]? BytesOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public Guid Id(int column) => idsAsBytes ? new Guid(reader.GetFieldValue<byte[]>(column), bigEndian: true) : reader.GetGuid(column);

    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : Id(column);

    public PersonId Person(int column) => new(Id(column));

    public PersonId? PersonOrNull(int column) => reader.IsDBNull(column) ? null : Person(column);

    public Instant Instant(int column) => NodaTime.Instant.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public LocalDate Date(int column) => Dates.FromNumber(reader.GetInt32(column));
}
