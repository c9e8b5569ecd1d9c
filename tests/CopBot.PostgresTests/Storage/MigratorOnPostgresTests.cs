using System.Data.Common;
using CopBot.Core.Storage;
using CopBot.Host.Databases;
using CopBot.Tests.Core.Storage;
using CopBot.Tests.Support;

namespace CopBot.PostgresTests.Storage;

public sealed class MigratorOnPostgresTests() : MigratorTests(Product.Postgres)
{
    [Theory]
    [InlineData("")]
    [InlineData(";Command Timeout=1")]
    public async Task A_migration_that_never_ends_elsewhere_is_told_and_does_not_hang_the_start(string setting)
    {
        await using var place = await TestDatabase.CreateAsync(Product.Postgres);
        await using var database = new Opened(place.Setting + setting);
        await using var other = await database.It.OpenWriterAsync(CancellationToken.None);
        await using var transaction = await other.BeginTransactionAsync(CancellationToken.None);
        await database.It.SerializeAsync(other, transaction, 0, CancellationToken.None);
        var told = await Assert.ThrowsAsync<DatabaseProblem>(() => new Migrator(database.It, setting.Length > 0 ? TimeProvider.System : new HurriedTime()).MigrateAsync(CancellationToken.None));

        Assert.Contains("held by another process", told.Message, StringComparison.Ordinal);
    }

    // A minute of this clock is a fifth of a second.
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 300, period);
    }
}
