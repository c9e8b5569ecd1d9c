using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopBot.Benchmarks.Leagues;

namespace CopBot.Benchmarks.Start;

/// <summary>From the start of the published program until it answers over HTTP, and what memory it holds when nobody speaks.</summary>
public sealed class StartBenchmark(Options options)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-start-{Environment.ProcessId}"));
        try
        {
            var program = Path.Combine(options.Published ?? await PublishAsync(folder), OperatingSystem.IsWindows() ? "copbot.exe" : "copbot");
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

    private static async Task<string> PublishAsync(DirectoryInfo folder)
    {
        var target = Path.Combine(folder.FullName, "published");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(Root(), "src", "CopBot.Host"), "-c", "Release", "-o", target, "-v", "quiet"]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? target : throw new InvalidOperationException($"Publishing failed: {said}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CopBot.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks run from within the repository, or with --published DIR.");
        return folder.FullName;
    }

    private static async Task<Started> StartAsync(string program, string database)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        using var client = new HttpClient { BaseAddress = new(url) };
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, ["serve", "--url", url, "--database", database]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (!await AnswersAsync(client))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
                    throw new InvalidOperationException($"{program} did not become ready: {await process.StandardError.ReadToEndAsync()}");
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            var ready = Stopwatch.GetElapsedTime(start);
            await Task.Delay(Idle, TimeProvider.System);
            process.Refresh();
            return new(ready.TotalMilliseconds, process.WorkingSet64 / 1e6);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("healthz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Started(double Ready, double Resident);
}
