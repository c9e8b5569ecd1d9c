using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CopBot.EndToEndTests.Support;

/// <summary>The real process, <c>copbot serve</c>, on a free port of loopback with a database of its own.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = FastFolder.Create("copbot-e2e-");
    private readonly string address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{LoopbackPort.Free()}");
    private readonly List<string> log = [];
    private readonly string database;
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;

    private HostProcess(string? database, IReadOnlyDictionary<string, string>? settings) => (this.database, this.settings) = (database ?? DatabaseFile, settings ?? new Dictionary<string, string>());

    /// <summary>Where it listens.</summary>
    public Uri Address => new(address);

    /// <summary>The file that its database is in, unless it was given another.</summary>
    public string DatabaseFile => Path.Combine(folder.FullName, "copbot.db");

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="database">As the setting would say; a file of its own when left out.</param>
    /// <param name="settings">More settings, by the names of their environment variables.</param>
    public static async Task<HostProcess> StartAsync(string? database = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = new HostProcess(database, settings);
        await host.RestartAsync();
        return host;
    }

    /// <summary>Runs the verb once and gives what it said and its exit code.</summary>
    public static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(Path.GetTempPath(), arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    /// <summary>Starts it again on the same address and database.</summary>
    public async Task RestartAsync()
    {
        Start();
        using var http = new HttpClient { BaseAddress = Address };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await http.GetStringAsync(new Uri("/healthz", UriKind.Relative)) == "ready")
                    return;
            }
            catch (HttpRequestException) when (!process!.HasExited && Stopwatch.GetElapsedTime(began) < StartLimit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    /// <summary>Starts the process and waits for nothing.</summary>
    public void Start()
    {
        process?.Dispose();
        var info = StartInfo(folder.FullName, "serve", "--url", address, "--database", database);
        foreach (var (name, value) in settings)
            info.Environment[name] = value;
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Kills it (SIGKILL), wherever it is.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop as a service manager would (SIGTERM) and tells how long that took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var began = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>What it has written to the log so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>How it ended.</summary>
    public int ExitCode => process!.ExitCode;

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(Log);
        folder.Delete(recursive: true);
    }

    // Shown with a test that fails.
    private void Note(string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }

    private static ProcessStartInfo StartInfo(string folder, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Without this a killed runtime leaves its sockets in the folder for temporary files.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "copbot.dll")))
            info.ArgumentList.Add(argument);
        return info;
    }
}
