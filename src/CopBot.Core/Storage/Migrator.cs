using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace CopBot.Core.Storage;

/// <summary>Brings a database to the newest schema: numbered scripts, each applied once in its own transaction, under a lock.</summary>
public sealed class Migrator(IDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private const string Versions = "schema_versions";

    /// <summary>Applies what is missing and returns the names of the scripts applied. Throws <see cref="DatabaseProblem"/> on a newer database or one that cannot be had.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await IsOursAsync(both.Token);
            return await ApplyAsync(both.Token);
        }
        catch (Exception problem) when ((problem is OperationCanceledException && !ct.IsCancellationRequested) || problem is DbException { InnerException: TimeoutException })
        {
            throw new DatabaseProblem($"{database.Describe} is held by another process that changes its schema, and did not come free in time. Stop that process and start again; nothing was changed.", problem);
        }
        catch (DbException problem)
        {
            throw database.Explain(problem);
        }
    }

    /// <summary>Makes sure that a database has exactly this version's schema and changes nothing. Throws <see cref="DatabaseProblem"/> when it has not.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            var made = await IsOursAsync(ct);
            await using var connection = await database.OpenReaderAsync(ct);
            var present = made ? await PresentAsync(new Sql(connection, database), ct) : 0;
            if (present < Scripts(database.Product)[^1].Version)
                throw new DatabaseProblem($"{database.Describe} does not have this version's schema yet. `copbot db migrate` brings it up to date; nothing was changed.");
        }
        catch (DbException problem)
        {
            throw database.Explain(problem);
        }
    }

    /// <summary>The scripts for a product, in order.</summary>
    public static IReadOnlyList<(int Version, string Name, string Text)> Scripts(string product)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"scripts/{product}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[prefix.Length..];
                return (int.Parse(file[..4], CultureInfo.InvariantCulture), file, reader.ReadToEnd());
            })];
    }

    // Whoever mistypes a name is not to find our tables in another program's database.
    private async Task<bool> IsOursAsync(CancellationToken ct)
    {
        var tables = await database.TablesAsync(ct);
        return tables.Count == 0 || tables.Contains(Versions)
            ? tables.Count > 0
            : throw new DatabaseProblem($"{database.Describe} belongs to another program: it has tables, and none that CopBot made. Nothing was changed; name another database with --database.");
    }

    private async Task<int> PresentAsync(Sql sql, CancellationToken ct)
    {
        var present = await sql.ScalarAsync<int>($"select coalesce(max(version), 0) from schema_versions", ct);
        var newest = Scripts(database.Product)[^1].Version;
        return present <= newest ? present : throw new DatabaseProblem(string.Create(CultureInfo.InvariantCulture,
            $"{database.Describe} was written by a newer CopBot (schema {present}; this one knows {newest}). Start the newer version, or name another database with --database."));
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken token)
    {
        await using var connection = await database.OpenWriterAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await database.SerializeAsync(connection, transaction, 0, token);
        var sql = new Sql(connection, database) { Transaction = transaction };

        await sql.ExecuteAsync($"create table if not exists schema_versions (version integer not null primary key, name text not null, applied_at bigint not null)", token);
        var present = await PresentAsync(sql, token);
        var applied = new List<string>();
        foreach (var script in Scripts(database.Product).Where(script => script.Version > present))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = script.Text;
            await command.ExecuteNonQueryAsync(token);
            await sql.ExecuteAsync($"insert into schema_versions (version, name, applied_at) values ({script.Version}, {script.Name}, {time.GetUtcNow().ToUnixTimeMilliseconds()})", token);
            applied.Add(script.Name);
        }

        await transaction.CommitAsync(token);
        return applied;
    }
}
