using CopBot.Benchmarks.Leagues;

namespace CopBot.Benchmarks.Start;

/// <summary>From the start of the published program until it answers over HTTP, and what memory it holds when nobody speaks.</summary>
public sealed class StartBenchmark(Options options)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-start-{Environment.ProcessId}"));
        try
        {
            var program = await PublishedHost.ProgramAsync(options, folder);
            var league = new League { File = Path.Combine(folder.FullName, "league.db"), People = 2_000, Entries = 20_000, ActiveThisWeek = 1_000 };
            await league.CreateAsync();
            var first = new List<Started>();
            var again = new List<Started>();
            for (var round = 0; round < options.Rounds; round++)
            {
                first.Add(await StartAsync(program, Path.Combine(folder.FullName, $"new-{round}.db")));
                again.Add(await StartAsync(program, league.File));
                Console.Error.WriteLine($"  round {round + 1}: {first[^1].Ready:0} ms with a new database, {again[^1].Ready:0} ms with one in use");
            }

            Console.WriteLine($"Start to ready of a published build (`dotnet publish -c Release`), {options.Rounds} rounds: the program is started, and ready when `/healthz` answers.");
            Console.WriteLine();
            Console.WriteLine($"| database | ready, ms | resident after {Idle.TotalSeconds:0} s idle, MB |");
            Console.WriteLine("|---|---|---|");
            Report("new", first);
            Report($"{league.People:N0} people, {league.Entries:N0} entries", again);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(string database, List<Started> rounds) =>
        Console.WriteLine($"| {database} | {Figures.Median(rounds.Select(round => round.Ready)):0} [{rounds.Min(round => round.Ready):0}..{rounds.Max(round => round.Ready):0}] | {Figures.Median(rounds.Select(round => round.Resident)):0} |");

    private static async Task<Started> StartAsync(string program, string database)
    {
        await using var host = await PublishedHost.StartAsync(program, database);
        await Task.Delay(Idle, TimeProvider.System);
        host.Process.Refresh();
        return new(host.Ready.TotalMilliseconds, host.Process.WorkingSet64 / 1e6);
    }

    private sealed record Started(double Ready, double Resident);
}
