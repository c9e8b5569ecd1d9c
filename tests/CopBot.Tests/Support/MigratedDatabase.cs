using CopBot.Core.Storage;
using CopBot.Host.Databases;

namespace CopBot.Tests.Support;

/// <summary>Databases that have the newest schema already: copies of a file that the migrator made once, or lent ones.</summary>
public static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(async () =>
    {
        await using var file = await TestDatabase.CreateAsync(Product.Sqlite);
        await new Migrator(Database.Open(file.Setting), TimeProvider.System).MigrateAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(file.Setting);
    });

    /// <summary>A database of its own for one test.</summary>
    public static async Task<TestDatabase> TakeAsync(Product product)
    {
        if (product == Product.Postgres)
            return await LentDatabases.TakeAsync();

        var file = await TestDatabase.CreateAsync(product);
        await File.WriteAllBytesAsync(file.Setting, await Migrated.Value);
        return file;
    }
}
