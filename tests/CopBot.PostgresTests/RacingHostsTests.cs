using CopBot.Core.Scheduling;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PostgresTests;

public sealed class RacingHostsTests
{
    [Fact]
    public async Task Two_hosts_on_one_database_run_each_occurrence_once()
    {
        const int Schedules = 20;
        await using var database = await LentDatabases.TakeAsync();
        await using var one = await Conversation.OnAsync(database.Setting);
        await using var other = await Conversation.OnAsync(database.Setting);
        foreach (var number in Enumerable.Range(1, Schedules))
            await one.SayAsync("lea", $"announce \"Number {number}\" every=day at=10:00");

        foreach (var chat in (Conversation[])[one, other])
            chat.Clock.MoveTo(chat.Clock.Now + Duration.FromHours(1));
        await Task.WhenAll(((Conversation[])[one, other]).Select(chat => chat.Services.GetRequiredService<DueWorker>().RunAsync(chat.Clock.Now, CancellationToken.None, beside: 4)));
        Assert.Equal(Schedules, await one.ScalarAsync<int>($"select count(*) from occurrences"));
        Assert.Equal(Schedules, await one.ScalarAsync<int>($"select count(*) from outbox where schedule_id is not null"));

        // A late piece of work that a third host still holds changes nothing.
        await one.Store.WriteAsync(1, (work, ct) => work.Sql.ExecuteAsync($"update schedules set next_at = next_at - {86_400_000}, wake_at = wake_at - {86_400_000}", ct), CancellationToken.None);
        var heard = await other.WaitAsync(Duration.Zero);
        Assert.Equal(Schedules, heard.Select(message => message.Text).Distinct().Count());
        Assert.Equal(Schedules, heard.Count);
    }
}
