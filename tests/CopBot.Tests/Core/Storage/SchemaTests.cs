using CopBot.Core.Storage;
using CopBot.Host.Databases;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Tests.Core.Storage;

/// <summary>One database from the scripts and one from the model have the same columns.</summary>
public abstract class SchemaTests(Product product)
{
    // Written and read by statements alone; no query of the model goes there.
    private static readonly HashSet<string> WithoutModel = ["communities", "discord_events", "discord_identifies", "discord_lines", "discord_roles", "discord_sessions", "feedback_days", "feedback_marks", "gone_places", "inbox", "outbox", "said_posts", "schema_versions", "shown_messages", "slack_groups", "slack_installations", "survey_counts", "survey_invitations", "survey_marks", "teams_channels", "teams_events", "teams_gaps", "teams_people", "teams_tags"];

    [Fact]
    public async Task The_scripts_and_the_model_agree_on_every_column()
    {
        var scripted = await ColumnsAsync(async database => await new Migrator(database, TimeProvider.System).MigrateAsync(CancellationToken.None));
        var modelled = await ColumnsAsync(async database =>
        {
            await using var connection = await database.OpenWriterAsync(CancellationToken.None);
            var options = new DbContextOptionsBuilder<CopDb>();
            database.Configure(options, connection);
            await using var db = new CopDb(options.Options, Community.First, database.IdsAsBytes);
            await db.Database.EnsureCreatedAsync();
        });

        Assert.NotEmpty(modelled);
        Assert.Equal(modelled, scripted.Where(column => !WithoutModel.Contains(column.Split('.')[0])));
        Assert.Equal(WithoutModel.Order(StringComparer.Ordinal), scripted.Select(column => column.Split('.')[0]).Distinct().Where(WithoutModel.Contains).Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> ColumnsAsync(Func<IDatabase, Task> create)
    {
        await using var place = await TestDatabase.CreateAsync(product);
        var database = Database.Open(place.Setting);
        await create(database);
        await using var connection = await database.OpenReaderAsync(CancellationToken.None);
        var sql = new Sql(connection, database);
        var columns = product == Product.Sqlite
            ? await sql.ListAsync(
                $"select m.name, c.name, c.type, c.\"notnull\" or c.pk > 0 from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'library_%'",
                row => $"{row.Text(0)}.{row.Text(1)} {Affinity(row.Text(2))} {(row.Bool(3) ? "not null" : "null")}", CancellationToken.None)
            : await sql.ListAsync(
                $"select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public' and table_name not like 'library_%'",
                row => $"{row.Text(0)}.{row.Text(1)} {row.Text(2)} {(row.Text(3) == "NO" ? "not null" : "null")}", CancellationToken.None);
        if (database is IAsyncDisposable disposable)
        {
            await connection.DisposeAsync();
            await disposable.DisposeAsync();
        }

        return [.. columns.Order(StringComparer.Ordinal)];
    }

    // What SQLite makes of a declared type (https://sqlite.org/datatype3.html#determination_of_column_affinity).
    private static string Affinity(string type) => type.ToLowerInvariant() switch
    {
        "boolean" => "integer",
        var other => other,
    };
}

public sealed class SchemaOnSqliteTests() : SchemaTests(Product.Sqlite);
