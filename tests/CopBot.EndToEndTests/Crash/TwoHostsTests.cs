using CopBot.EndToEndTests.Support;
using Npgsql;

namespace CopBot.EndToEndTests.Crash;

/// <summary>Two processes serve one PostgreSQL. Each occurrence is said once, by one of them.</summary>
[Collection(Alone.Name)]
public sealed class TwoHostsTests(ITestOutputHelper output)
{
    private const int Occurrences = 1_000;

    [Fact]
    public async Task Two_hosts_on_one_database_say_a_thousand_occurrences_once_each()
    {
        await using var database = await TestDatabase.CreateAsync(Product.Postgres);
        await using (var first = await HostProcess.StartAsync(database.Setting))
            await first.StopAsync();
        await using var connection = new NpgsqlConnection(database.Setting);
        await connection.OpenAsync();
        var schedules = new SeededSchedules(connection, idsAsBytes: false);
        await schedules.RunAsync(
            """
            update communities set zone = 'UTC';
            create table witnesses (host text);
            create function witness() returns trigger language plpgsql as $$ begin insert into witnesses values (current_setting('application_name')); return new; end $$;
            create trigger witness after insert on occurrences for each row execute function witness();
            """);

        // A hundred at each of ten instants, the first when both have long found it and set their clocks to it.
        var now = TimeProvider.System.GetUtcNow();
        await schedules.AddAsync(Occurrences, index => now + TimeSpan.FromSeconds(10 + index / 100));
        await using var one = await HostProcess.StartAsync($"{database.Setting};Application Name=one");
        await using var other = await HostProcess.StartAsync($"{database.Setting};Application Name=other");
        Assert.Equal(0, (await schedules.ProgressAsync()).Ran);
        await schedules.SettleAsync(TimeSpan.FromSeconds(90));

        Assert.Equal(0, await schedules.WrongAsync());
        var shares = (await schedules.CountAsync("select count(*) from witnesses where host = 'one'"), await schedules.CountAsync("select count(*) from witnesses where host = 'other'"));
        output.WriteLine($"{Occurrences} occurrences: {shares.Item1} by one host, {shares.Item2} by the other");
        Assert.Equal(Occurrences, shares.Item1 + shares.Item2);
        Assert.True(Math.Min(shares.Item1, shares.Item2) > 0, "one host did all the work; nothing was raced for");
    }
}
