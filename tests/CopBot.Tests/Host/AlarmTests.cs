using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.Rehearsals;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Quartz;

namespace CopBot.Tests.Host;

/// <summary>The alarm clock of the host, by the clock on the wall.</summary>
public sealed class AlarmTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Work_that_falls_due_while_the_host_waits_is_done_at_its_time_and_once()
    {
        await using var database = await TestDatabase.CreateAsync(Product.Sqlite);
        await using var services = new ServiceCollection().AddLogging()
            .AddBot(new BotSettings { Database = database.Setting, Content = PackReader.DefaultFolder }, TimeProvider.System)
            .AddSingleton<IPlatform>(new RehearsalPlatform())
            .AddQuartz()
            .AddHostedService<Alarm>()
            .BuildServiceProvider();
        using var held = await services.OpenDatabaseAsync(CancellationToken.None);
        var store = services.GetRequiredService<Store>();
        var alarm = services.GetServices<IHostedService>().OfType<Alarm>().Single();
        await alarm.StartAsync(CancellationToken.None);
        var due = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromSeconds(2);

        // People choose minutes; a test does not want to wait for one.
        await store.WriteAsync(Community.First, async (work, ct) =>
        {
            var rule = RecurrenceText.Read("cron * * * * *");
            var schedule = await work.Get<ScheduleBook>().AddAsync("announcement", "Wake up", rule, Lateness.RunOnce, Duration.FromHours(1), null, null, ct);
            await work.Sql.ExecuteAsync($"update schedules set wake_at = {due}, next_at = {due - Duration.FromMinutes(1)} where id = {schedule.Id}", ct);
        }, CancellationToken.None);

        var began = TimeProvider.System.GetTimestamp();
        Instant? said;
        while ((said = await SaidAtAsync(store)) is null && TimeProvider.System.GetElapsedTime(began) < Limit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        await alarm.StopAsync(CancellationToken.None);

        Assert.NotNull(said);

        // Without the bell it would be looked at after half a minute only.
        Assert.InRange((said.Value - due).TotalSeconds, 0, 25);
        Assert.Equal(1, await store.ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from outbox", ct), CancellationToken.None));
    }

    private static Task<Instant?> SaidAtAsync(Store store) =>
        store.ReadAsync(Community.First, (work, ct) => work.Sql.FirstAsync($"select created_at from outbox", row => (Instant?)row.Instant(0), ct), CancellationToken.None);
}
