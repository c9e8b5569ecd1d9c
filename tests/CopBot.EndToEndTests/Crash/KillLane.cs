using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CopBot.EndToEndTests.Crash;

/// <summary>A database of its own, whose process is killed time and again.</summary>
internal sealed partial class KillLane(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("copbot-kill-");

    private string Database => Path.Combine(folder.FullName, "copbot.db");

    public async Task KillAsync(int kills, Random random)
    {
        var answered = new HashSet<string>();
        var slowest = TimeSpan.Zero;

        // How long it takes to be ready differs between machines and from one moment to the next.
        var expected = TimeSpan.FromSeconds(1);
        for (var kill = 0; kill < kills; kill++)
        {
            var (titles, ready) = await StreamUntilKilledAsync(kill, random, expected);
            expected = ready == TimeSpan.Zero ? expected * 1.1 : (expected + ready) / 2;
            answered.UnionWith(titles);
            if (ready > slowest)
                slowest = ready;
        }

        var stored = await TitlesAsync();
        output.WriteLine($"{kills} kills, {answered.Count} answered, {stored.Count} stored, slowest start {slowest.TotalMilliseconds:0} ms");
        Assert.True(answered.Count > kills, "too little was answered for the test to mean anything");
        Assert.Empty(answered.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal("ok", await ScalarAsync("pragma integrity_check"));
        Assert.Equal("0", await ScalarAsync("select count(*) from (select claim_id from ledger group by claim_id, rule having count(*) > 1)"));
        Assert.Equal(0, await VerifyAsync());
        Assert.True(slowest < StartLimit, $"the slowest start took {slowest}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [GeneratedRegex("“story (?<title>[0-9a-z ]+)”")]
    private static partial Regex Title();

    // Lines are typed without waiting for answers; the process dies somewhere on the way, sometimes before it has said anything.
    private async Task<(List<string> Answered, TimeSpan Ready)> StreamUntilKilledAsync(int kill, Random random, TimeSpan expected)
    {
        using var process = Process.Start(StartInfo("chat", "--as", $"p{kill % 7}"))!;
        var began = Stopwatch.GetTimestamp();
        var ready = TimeSpan.Zero;
        var answered = new List<string>();
        var reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (ready == TimeSpan.Zero)
                    ready = Stopwatch.GetElapsedTime(began);
                if (line.StartsWith('#') && Title().Match(line) is { Success: true } title)
                    answered.Add(title.Groups["title"].Value);
            }
        });
        var typing = Task.Run(async () =>
        {
            try
            {
                for (var number = 0; number < 100_000; number++)
                    await process.StandardInput.WriteLineAsync($"win \"story {Words(random)}\"");
            }
            catch (IOException)
            {
                // The pipe broke with the process, as it should.
            }
        });

        // From well before it is ready to well within the stream.
        await Task.Delay(expected * 0.3 + random.NextDouble() * (expected * 0.7 + TimeSpan.FromSeconds(1)), TimeProvider.System);
        process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(reading, typing);
        return (answered, ready);
    }

    private static string Words(Random random)
    {
        lock (random)
            return string.Join(' ', Enumerable.Range(0, 4).Select(_ => random.NextInt64(1L << 40).ToString("x", CultureInfo.InvariantCulture)));
    }

    private async Task<List<string>> TitlesAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select title from claims";
        await using var reader = await command.ExecuteReaderAsync();
        var titles = new List<string>();
        while (await reader.ReadAsync())
            titles.Add(reader.GetString(0)["story ".Length..]);
        return titles;
    }

    private async Task<string?> ScalarAsync(string text)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<int> VerifyAsync()
    {
        using var process = Process.Start(StartInfo("db", "verify"))!;
        output.WriteLine(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private ProcessStartInfo StartInfo(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true };

        // Without this a killed runtime leaves its sockets in the folder for temporary files.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "copbot.dll"), .. arguments, "--database", Database])
            info.ArgumentList.Add(argument);
        return info;
    }
}
