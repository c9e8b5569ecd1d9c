using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CopBot.Tests.Host;

/// <summary>The command line with a folder of its own: in this process, which is quick, or as a process where only that proves it.</summary>
public sealed class Copbot : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Where a process runs; relative files are in here.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("copbot-host-");

    /// <summary>The database that a process takes when none is named.</summary>
    public string Database => PathOf("copbot.db");

    /// <summary>Settings given to a process by its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A command that starts the process, such as one that takes rights away.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public string PathOf(string file) => Path.Combine(Folder.FullName, file);

    /// <summary>Runs a verb within this process, whose folder and environment it sees.</summary>
    public Task<Ran> RunAsync(string input, params string[] arguments) => Task.Run(() =>
    {
        var (output, error) = ConsoleOf.This(input);
        var code = (int)typeof(Verbs).Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
        return new Ran(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    });

    /// <summary>Runs a verb as a process.</summary>
    public async Task<Ran> RunProcessAsync(string input, params string[] arguments)
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

    /// <summary>Starts a process whose input stays open.</summary>
    public Process Start(params string[] arguments)
    {
        string[] command = [.. Before, "dotnet", Path.Combine(AppContext.BaseDirectory, "copbot.dll"), .. arguments];
        var info = new ProcessStartInfo(command[0]) { WorkingDirectory = Folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
            info.ArgumentList.Add(argument);

        // Without this a killed runtime leaves its sockets in the folder for temporary files.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
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

    /// <summary>Somebody says something, and it is in the database.</summary>
    public async Task SayAsync(string name, string text)
    {
        await using var chat = await Conversation.OnAsync(Database);
        await chat.SayAsync(name, text);
    }

    /// <summary>Runs a statement as another program would.</summary>
    public async Task ExecuteAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
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
        Assert.False(all.Contains("   at ", StringComparison.Ordinal) || all.Contains("Unhandled", StringComparison.Ordinal), $"a stack trace was shown:\n{all}");
        Assert.All(words, word => Assert.Contains(word, all, StringComparison.Ordinal));
    }
}
