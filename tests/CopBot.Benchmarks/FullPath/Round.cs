using System.Diagnostics;

namespace CopBot.Benchmarks.FullPath;

/// <summary>One measured run of commands.</summary>
/// <param name="PerSecond">Commands that were completed, in one second.</param>
/// <param name="Median">Half of the members waited no longer, in milliseconds.</param>
/// <param name="Late">Ninety-nine of a hundred waited no longer, in milliseconds.</param>
/// <param name="Processor">Processor time of the whole process for one command, in microseconds: it depends least on what else the machine does.</param>
public sealed record Round(double PerSecond, double Median, double Late, double Processor)
{
    /// <summary>Runs the commands, which give how long each member waited, in milliseconds.</summary>
    public static async Task<Round> MeasureAsync(int commands, Func<Task<double[]>> run)
    {
        GC.Collect();
        var used = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var waits = await run();
        var took = Stopwatch.GetElapsedTime(start);
        return new(commands / took.TotalSeconds, Figures.At(waits, 0.5), Figures.At(waits, 0.99), (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / commands);
    }
}
