using System.Diagnostics;
using CopBot.Benchmarks.Leagues;
using CopBot.Benchmarks.Reads;
using CopBot.Core.Features.Library;
using CopBot.Core.Storage;
using CopBot.Host;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Benchmarks.Library;

/// <summary>Searching among 100,000 shares, and as many wins and failures: from the typed line to the answer as it would be stored.</summary>
public sealed class LibraryBenchmark(Options options)
{
    private const int WarmUp = 50;
    private const int Asked = 500;

    // Two entries of five are shares.
    private const int Entries = 250_000;
    private const int People = 5_000;

    private static readonly (string What, Func<int, string> Line)[] Questions =
    [
        ("the whole title", number => $"library search \"{Titles.Of(1 + number)}\""),
        ("a word of one title in 37", _ => "library search canaries"),
        ("two words of one in 1,369", number => $"library search \"{Titles.Of(1 + number).Split(" in ")[0]}\""),
        ("a word that every title has", _ => "library search in"),
        ("the beginning of a word", _ => "library search cano"),
        ("a common and a rare word", _ => "library search \"in billing\""),
        ("a topic that every entry has", _ => "library search topic=delivery"),
        ("by one author", number => $"library search by=@member{number % People}"),
        ("a word by one author", number => $"library search in by=@member{number % People}"),
        ("nothing", _ => "library search xylophone"),
        ("`library used`", _ => "library used"),
    ];

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-library-{Environment.ProcessId}"));
        try
        {
            var league = new League { File = Path.Combine(folder.FullName, "league.db"), People = People, Entries = Entries, ActiveThisWeek = People / 5 };
            await league.CreateAsync();
            if (options.Database is { } postgres)
                await PostgresLeague.CopyAsync(league, postgres);
            await using var bot = League.Bot(options.Database ?? league.File);
            using var held = await bot.OpenDatabaseAsync(CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            await bot.GetRequiredService<Store>().WriteAsync(1, async (work, ct) =>
            {
                await work.Get<Shelving>().CatchUpAsync(ct);
                return true;
            }, CancellationToken.None);
            Console.WriteLine($"All entries were entered into the index in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s.");
            var shares = await bot.GetRequiredService<Store>().ReadAsync(1, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from claims where kind = {"share"}", ct), CancellationToken.None);
            Console.WriteLine($"Library: {shares:N0} shares among {Entries:N0} entries. {Asked:N0} questions each, one after the other.");
            Console.WriteLine();
            Console.WriteLine("| `library search` | p50 ms | p99 ms | worst ms |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var (what, line) in Questions)
            {
                var random = new Random(1);
                var times = new double[Asked];
                for (var asked = -WarmUp; asked < Asked; asked++)
                {
                    var number = random.Next(Entries - 1);
                    var asks = Stopwatch.GetTimestamp();
                    await ReadsBenchmark.AskAsync(bot, number % People, _ => line(number));
                    if (asked >= 0)
                        times[asked] = Stopwatch.GetElapsedTime(asks).TotalMilliseconds;
                }

                Console.WriteLine($"| {what} | {Figures.At(times, 0.5):0.00} | {Figures.At(times, 0.99):0.00} | {times.Max():0.00} |");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
