using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace CopBot.Core.Storage;

/// <summary>Brings a database to the newest schema: numbered scripts, each applied once in its own transaction, under a lock.</summary>
public sealed class Migrator(IDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Applies what is missing and returns the names of the scripts applied. Throws <see cref="DatabaseProblem"/> on a newer database or one that cannot be had.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
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

    private async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken token)
    {
        await using var connection = await database.OpenWriterAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await database.SerializeAsync(connection, transaction, 0, token);
        var sql = new Sql(connection, database) { Transaction = transaction };

        await sql.ExecuteAsync($"create table if not exists schema_versions (version integer not null primary key, name text not null, applied_at bigint not null)", token);
        var present = await sql.ScalarAsync<int>($"select coalesce(max(version), 0) from schema_versions", token);
        var scripts = Scripts(database.Product);
        if (present > scripts[^1].Version)
        {
            throw new DatabaseProblem(string.Create(CultureInfo.InvariantCulture,
                $"{database.Describe} was written by a newer CopBot (schema {present}; this one knows {scripts[^1].Version}). Start the newer version, or name another database with --database."));
        }

        var applied = new List<string>();
        foreach (var script in scripts.Where(script => script.Version > present))
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
