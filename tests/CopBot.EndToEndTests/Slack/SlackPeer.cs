using System.ComponentModel;
using System.Diagnostics;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.EndToEndTests.Slack;

/// <summary>A small app made with Slack's official libraries (Bolt): somebody else's reading of Slack's protocols.</summary>
public sealed class SlackPeer : IDisposable
{
    private readonly DirectoryInfo folder = FastFolder.Create("copbot-slack-");
    private readonly SemaphoreSlim installing = new(1, 1);
    private bool installed;

    /// <summary>Starts the app in a mode (<c>socket</c>, <c>http</c>, <c>oauth</c>) against a server; the test is skipped with the reason where Node is missing.</summary>
    public async Task<RunningPeer> StartAsync(SlackServer slack, string mode)
    {
        await InstallAsync();
        var start = new ProcessStartInfo("node", ["app.mjs"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["MODE"] = mode,
            ["API"] = slack.ApiBase.AbsoluteUri,
            ["AUTHORIZE"] = slack.AuthorizeUrl.AbsoluteUri,
            ["APP_TOKEN"] = slack.AppToken,
            ["BOT_TOKEN"] = slack.Workspace.BotToken,
            ["SIGNING_SECRET"] = slack.SigningSecret,
            ["CLIENT_ID"] = slack.ClientId,
            ["CLIENT_SECRET"] = slack.ClientSecret,
        })
            start.Environment[name] = value;
        var peer = new RunningPeer(Process.Start(start)!);
        var port = await peer.ReadyAsync();
        if (mode == "socket")
            await slack.SocketsAsync(1);
        else
            slack.EventsUrl = new($"http://127.0.0.1:{port}/slack/events");
        return peer;
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
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Slack", "peer")))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
            foreach (var needed in (string[])["node", "npm"])
                Required.Unless((await RunAsync(needed, "--version")).Code == 0, $"no {needed}: install the packages nodejs and npm");
            var (code, error) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Required.Unless(code == 0, $"npm cannot install Slack's libraries: {error}");
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
