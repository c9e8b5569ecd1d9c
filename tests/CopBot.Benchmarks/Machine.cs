using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CopBot.Benchmarks;

/// <summary>What the figures were measured on: absolute ones mean nothing without it.</summary>
public static class Machine
{
    public static async Task DescribeAsync(string folder)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        var (median, late) = FlushTimes(folder);
        Console.WriteLine($"Processor    {Processor()}, {Environment.ProcessorCount} cores");
        Console.WriteLine($"Memory       {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20):N0} MiB");
        Console.WriteLine($"System       {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        Console.WriteLine($"Runtime      {RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector");
        Console.WriteLine($"SQLite       {connection.ServerVersion}");
        Console.WriteLine($"File system  {FileSystem(folder)}; 4 KiB written and flushed to disk: p50 {median:0} µs, p99 {late:0} µs");
    }

    private static string Processor()
    {
        var line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }

    private static string FileSystem(string folder)
    {
        var path = Path.GetFullPath(folder);
        var drive = DriveInfo.GetDrives().Where(drive => path.StartsWith(drive.Name, StringComparison.Ordinal)).MaxBy(drive => drive.Name.Length);
        return drive?.DriveFormat ?? "unknown";
    }

    // How dear durability is here: on many disks a hundred times dearer than on others.
    private static (double Median, double Late) FlushTimes(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var times = new List<double>();
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            var page = new byte[4096];
            for (var index = 0; index < 500; index++)
            {
                var start = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        return (Figures.At(times, 0.5), Figures.At(times, 0.99));
    }
}
