using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CopBot.Benchmarks.Schedules;

/// <summary>How late announcements are said when a tenth of many schedules falls due in one minute, and what the program costs while nothing does.</summary>
public sealed class SchedulesBenchmark(Options options)
{
    private const int Schedules = 10_000;
    private const int DueAtOnce = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-schedules-{Environment.ProcessId}"));
        try
        {
            var program = await PublishedHost.ProgramAsync(options, folder);
            var rounds = new List<Round>();
            for (var round = 0; round < options.Rounds; round++)
            {
                rounds.Add(await RoundAsync(program, Path.Combine(folder.FullName, $"round-{round}.db")));
                Console.Error.WriteLine($"  round {round + 1}: {rounds[^1]}");
            }

            Console.WriteLine($"{Schedules:N0} schedules, {DueAtOnce:N0} of them due at the same instant; {options.Rounds} rounds. Lateness is from the instant until the message is handed to its platform.");
            Console.WriteLine();
            Console.WriteLine("| lateness p50, s | p99, s | worst, s | processor while idle, % of one core |");
            Console.WriteLine("|---|---|---|---|");
            Console.WriteLine($"| {Show(rounds.Select(one => one.Median))} | {Show(rounds.Select(one => one.P99))} | {Show(rounds.Select(one => one.Worst))} | {Show(rounds.Select(one => one.Processor))} |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Round> RoundAsync(string program, string database)
    {
        // The first start makes the database.
        await using (await PublishedHost.StartAsync(program, database))
        {
        }

        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync();
        var wake = await FillAsync(connection);
        await using var host = await PublishedHost.StartAsync(program, database);

        // What the start leaves behind, chiefly compiling in the background, is not idleness.
        await Task.Delay(Settling, TimeProvider.System);
        host.Process.Refresh();
        var before = host.Process.TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        host.Process.Refresh();
        var processor = (host.Process.TotalProcessorTime - before) / Idle * 100;

        var began = TimeProvider.System.GetTimestamp();
        List<double> lateness;
        while ((lateness = await LatenessAsync(connection, wake)).Count < DueAtOnce)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"only {lateness.Count} of {DueAtOnce} were said");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        return new(Figures.Median(lateness), Figures.At(lateness, 0.99), lateness.Max(), processor);
    }

    // A tenth is taken up at one instant, far enough away for the start and the idle time; the others on the days after.
    private static async Task<long> FillAsync(SqliteConnection connection)
    {
        var now = TimeProvider.System.GetUtcNow();
        var meant = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
        var wake = now + Settling + Idle + TimeSpan.FromSeconds(15);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var zone = connection.CreateCommand())
        {
            zone.CommandText = "update communities set zone = 'UTC'";
            await zone.ExecuteNonQueryAsync();
        }

        for (var number = 1; number <= Schedules; number++)
        {
            var due = number % (Schedules / DueAtOnce) == 0;
            var at = due ? meant : meant.AddDays(1 + number % 7);
            await using var insert = connection.CreateCommand();
            insert.CommandText =
                """
                insert into schedules (id, community_id, number, effect, title, rule, lateness, within_minutes, state, created_at, next_at, wake_at, failures)
                values ($id, 1, $number, 'announcement', $title, $rule, 0, 360, 0, $now, $next, $wake, 0)
                """;
            insert.Parameters.AddWithValue("$id", Guid.CreateVersion7().ToByteArray(bigEndian: true));
            insert.Parameters.AddWithValue("$number", number);
            insert.Parameters.AddWithValue("$title", $"Number {number}");
            insert.Parameters.AddWithValue("$rule", at.ToString("'once 'yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            insert.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
            insert.Parameters.AddWithValue("$next", at.ToUnixTimeMilliseconds());
            insert.Parameters.AddWithValue("$wake", (due ? wake : at).ToUnixTimeMilliseconds());
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return wake.ToUnixTimeMilliseconds();
    }

    private static async Task<List<double>> LatenessAsync(SqliteConnection connection, long wake)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select sent_at - $wake from outbox where schedule_id is not null and sent_at is not null";
        command.Parameters.AddWithValue("$wake", wake);
        await using var reader = await command.ExecuteReaderAsync();
        var lateness = new List<double>();
        while (await reader.ReadAsync())
            lateness.Add(reader.GetInt64(0) / 1000d);
        return lateness;
    }

    private static string Show(IEnumerable<double> values)
    {
        var all = values.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.Median(all):0.00} [{all.Min():0.00}..{all.Max():0.00}]");
    }

    private sealed record Round(double Median, double P99, double Worst, double Processor);
}
