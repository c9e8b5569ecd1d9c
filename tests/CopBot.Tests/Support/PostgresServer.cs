using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CopBot.Tests.Support;

/// <summary>A PostgreSQL server of the tests' own, started once on loopback from the machine's binaries and stopped at the end.</summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string?>> Started = new(StartAsync);
    private static int created;

    /// <summary>A new database on the server.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync()
    {
        var server = await Started.Value;
        Required.Unless(server is not null, "no PostgreSQL server: install postgresql, or name one in COPBOT_TEST_POSTGRES");
        var name = string.Create(CultureInfo.InvariantCulture, $"copbot_{Environment.ProcessId}_{Interlocked.Increment(ref created)}");
        await ExecuteAsync(server!, $"create database {name}");
        return new PostgresTestDatabase(server!, name);
    }

    private static async Task ExecuteAsync(string server, string text)
    {
        await using var connection = new NpgsqlConnection(server + ";Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("COPBOT_TEST_POSTGRES") is { Length: > 0 } given)
            return given;

        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        if (binaries is null)
            return null;

        var folder = FastFolder.Create("copbot-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        var port = LoopbackPort.Free();

        // The server refuses to run as root.
        string[] asUser = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (asUser.Length > 0)
            await RunAsync(["chown", "postgres", folder]);
        await RunAsync([.. asUser, Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        await RunAsync([.. asUser, Path.Combine(binaries, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port} -k {folder} -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB -c autovacuum=off -c fsync=off -c full_page_writes=off -c synchronous_commit=off", "start"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            using var stop = Process.Start(StartInfo([.. asUser, Path.Combine(binaries, "pg_ctl"), "-D", data, "-m", "immediate", "stop"]))!;
            stop.WaitForExit();
            Directory.Delete(folder, recursive: true);
        };
        return $"Host={folder};Port={port};Username=postgres";
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0]) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
            info.ArgumentList.Add(argument);
        return info;
    }

    private static async Task RunAsync(IReadOnlyList<string> command)
    {
        using var process = Process.Start(StartInfo(command))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}");
    }

    private sealed class PostgresTestDatabase(string server, string name) : TestDatabase
    {
        public override string Setting => $"{server};Database={name};Maximum Pool Size=20";

        public override async ValueTask DisposeAsync() => await ExecuteAsync(server, $"drop database {name} with (force)");
    }
}
