using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using CopBot.Tests.Support;

namespace CopBot.EndToEndTests.Calendar;

/// <summary>The npm package <c>ical.js</c>: somebody else's reading of RFC 5545, and somebody else's data on time zones.</summary>
public sealed class IndependentParser : IAsyncDisposable
{
    private readonly DirectoryInfo folder = FastFolder.Create("copbot-ical-");
    private bool installed;

    /// <summary>What it finds in a calendar, with local times of the zone; the test is skipped with the reason where Node is missing.</summary>
    public async Task<ReadCalendar> ReadAsync(string calendar, string zone)
    {
        await InstallAsync();
        var file = Path.Combine(folder.FullName, "calendar.ics");
        await File.WriteAllTextAsync(file, calendar);
        var (code, output, error) = await RunAsync("node", "read.mjs", file, zone);
        Assert.True(code == 0, $"ical.js does not read it: {error}\n{calendar}");
        return JsonSerializer.Deserialize<ReadCalendar>(output, JsonSerializerOptions.Web)!;
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test, with the reason, where it cannot run.</summary>
    public async Task InstallAsync()
    {
        if (installed)
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Calendar", "parser")))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        foreach (var needed in (string[])["node", "npm"])
            Required.Unless((await RunAsync(needed, "--version")).Code == 0, $"no {needed}: install the packages nodejs and npm");
        var (code, _, error) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Required.Unless(code == 0, $"npm cannot install ical.js: {error}");
        installed = true;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception problem)
        {
            return (-1, "", problem.Message);
        }
    }
}

/// <summary>What the parser found.</summary>
public sealed record ReadCalendar(string Name, string Version, IReadOnlyList<ReadEvent> Events);

/// <summary>One event as the parser found it.</summary>
public sealed record ReadEvent(string Uid, int Sequence, string Summary, string Status, DateTimeOffset Begin, DateTimeOffset End, string Local);
