using System.Data.Common;
using System.Globalization;

namespace CopBot.EndToEndTests.Crash;

/// <summary>Schedules put straight into a database, each with one occurrence, and what became of them.</summary>
public sealed class SeededSchedules(DbConnection connection, bool idsAsBytes)
{
    private int number;

    /// <summary>Adds schedules that were meant for the last full minute; the clock takes each up at the instant that its number gives.</summary>
    public async Task AddAsync(int count, Func<int, DateTimeOffset> wakesAt)
    {
        var now = TimeProvider.System.GetUtcNow();
        var meant = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
        await using var transaction = await connection.BeginTransactionAsync();
        for (var added = 0; added < count; added++)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                """
                insert into schedules (id, community_id, number, effect, title, rule, lateness, within_minutes, state, created_at, next_at, wake_at, failures)
                values (@id, 1, @number, 'announcement', @title, @rule, 0, 360, 0, @now, @next, @wake, 0)
                """;
            var id = Guid.CreateVersion7();
            Bind(command, "id", idsAsBytes ? id.ToByteArray(bigEndian: true) : id);
            Bind(command, "number", ++number);
            Bind(command, "title", string.Create(CultureInfo.InvariantCulture, $"Number {number}"));
            Bind(command, "rule", meant.ToString("'once 'yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            Bind(command, "now", now.ToUnixTimeMilliseconds());
            Bind(command, "next", meant.ToUnixTimeMilliseconds());
            Bind(command, "wake", wakesAt(added).ToUnixTimeMilliseconds());
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>How many have run, and how many messages of theirs have and have not gone out.</summary>
    public async Task<(long Ran, long Sent, long Waiting)> ProgressAsync() => (
        await CountAsync("select count(*) from occurrences where state = 0"),
        await CountAsync("select count(*) from outbox where schedule_id is not null and state = 2"),
        await CountAsync("select count(*) from outbox where schedule_id is not null and state <> 2"));

    /// <summary>Schedules that did not run exactly once, or whose message did not go out exactly once.</summary>
    public Task<long> WrongAsync() => CountAsync(
        """
        select count(*) from schedules s where s.community_id = 1 and (
            (select count(*) from occurrences o where o.schedule_id = s.id and o.state = 0) <> 1
            or (select count(*) from outbox m where m.schedule_id = s.id and m.state = 2) <> 1
            or (select count(*) from outbox m where m.schedule_id = s.id) <> 1)
        """);

    /// <summary>Waits until all have run and every message has gone out.</summary>
    public async Task SettleAsync(TimeSpan limit)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await ProgressAsync() is var (ran, sent, waiting) && (ran < number || sent < number || waiting > 0))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < limit, $"after {limit} of {number} occurrences {ran} ran and {sent} messages went out");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public async Task<long> CountAsync(string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task RunAsync(string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
