using System.Diagnostics;
using System.Globalization;

namespace CopBot.Tests.Host;

/// <summary>The real process, run to its end in a folder of its own.</summary>
public sealed class Copbot : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Where it runs; relative files are in here.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("copbot-host-");

    /// <summary>Settings given by the environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A command that starts it, such as one that takes rights away.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public string PathOf(string file) => Path.Combine(Folder.FullName, file);

    /// <summary>Runs a verb with some input and gives what it printed and its exit code.</summary>
    public async Task<Ran> RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        await EndAsync(process);
        return new(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    /// <summary>Starts a verb whose input stays open.</summary>
    public Process Start(params string[] arguments)
    {
        string[] command = [.. Before, "dotnet", Path.Combine(AppContext.BaseDirectory, "copbot.dll"), .. arguments];
        var info = new ProcessStartInfo(command[0]) { WorkingDirectory = Folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return Process.Start(info)!;
    }

    /// <summary>Asks a process to stop as a service manager would and gives how long that took.</summary>
    public static async Task<TimeSpan> StopAsync(Process process)
    {
        var began = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await EndAsync(process);
        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose() => Folder.Delete(recursive: true);

    private static async Task EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"copbot did not end within {Limit}");
        }
    }
}

/// <summary>How a run ended.</summary>
public sealed record Ran(int Code, string Output, string Error)
{
    /// <summary>Requires the exit code, and that a person was told these words and not shown a stack trace.</summary>
    public void Says(int code, params string[] words)
    {
        var all = Output + Error;
        Assert.True(Code == code, $"exit code {Code} instead of {code}:\n{all}");
        Assert.DoesNotContain("   at ", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", all, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, all, StringComparison.Ordinal));
    }
}
