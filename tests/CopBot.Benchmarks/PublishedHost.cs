using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopBot.Tests.Support;

namespace CopBot.Benchmarks;

/// <summary>The published program as a process that serves a database; killed at the end.</summary>
public sealed class PublishedHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PublishedHost(Process process, Uri url, TimeSpan ready)
    {
        Url = url;
        Process = process;
        Ready = ready;
    }

    public Process Process { get; }

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>How long it took until <c>/healthz</c> answered.</summary>
    public TimeSpan Ready { get; }

    /// <summary>The path of the program: the one that was named, or one published into the folder.</summary>
    public static async Task<string> ProgramAsync(Options options, DirectoryInfo folder) =>
        Path.Combine(options.Published ?? await PublishAsync(folder), OperatingSystem.IsWindows() ? "copbot.exe" : "copbot");

    /// <summary>Starts the program on a free port and waits until it is ready.</summary>
    public static async Task<PublishedHost> StartAsync(string program, string database, params (string Name, string Value)[] settings)
    {
        var url = $"http://127.0.0.1:{LoopbackPort.Free()}";
        using var client = new HttpClient { BaseAddress = new(url) };
        var start = Stopwatch.GetTimestamp();
        var how = new ProcessStartInfo(program, ["serve", "--url", url, "--database", database]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            how.Environment[name] = value;
        var process = Process.Start(how)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!await AnswersAsync(client))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
                throw new InvalidOperationException($"{program} did not become ready: {await process.StandardError.ReadToEndAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return new(process, client.BaseAddress, Stopwatch.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

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
}
