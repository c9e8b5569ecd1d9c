using System.ComponentModel;
using System.Diagnostics;

namespace CopBot.EndToEndTests;

/// <summary>An app under <c>tests/peers</c>, made with somebody else's libraries for Node: installed once, started as often as asked.</summary>
public sealed class NodePeer(string files, string name) : IDisposable
{
    private readonly DirectoryInfo folder = FastFolder.Create($"copbot-{name}-");
    private readonly SemaphoreSlim installing = new(1, 1);
    private bool installed;

    /// <summary>Starts it with these settings; the test is skipped with the reason where Node is missing.</summary>
    public async Task<RunningPeer> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        await InstallAsync();
        var start = new ProcessStartInfo("node", ["app.mjs"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        return new(Process.Start(start)!);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        installing.Dispose();
    }

    private async Task InstallAsync()
    {
        await installing.WaitAsync();
        try
        {
            if (installed)
                return;
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, files)))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
            foreach (var needed in (string[])["node", "npm"])
                Required.Unless((await RunAsync(needed, "--version")).Code == 0, $"no {needed}: install the packages nodejs and npm");
            var (code, error) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Required.Unless(code == 0, $"npm cannot install the libraries of {name}: {error}");
            installed = true;
        }
        finally
        {
            installing.Release();
        }
    }

    private async Task<(int Code, string Error)> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            await output;
            return (process.ExitCode, await error);
        }
        catch (Win32Exception problem)
        {
            return (-1, problem.Message);
        }
    }
}

/// <summary>The app while it runs.</summary>
public sealed class RunningPeer(Process process) : IAsyncDisposable
{
    private readonly Task<string> errors = process.StandardError.ReadToEndAsync();

    /// <summary>Waits until it says that it is ready, and on which port.</summary>
    internal async Task<int> ReadyAsync()
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System) is { } line)
            if (line.Split(' ') is ["ready", var port])
                return int.Parse(port, System.Globalization.CultureInfo.InvariantCulture);
        throw new InvalidOperationException($"the app did not start: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
