using System.Diagnostics;

namespace CopBot.Benchmarks;

/// <summary>Tells, once in a while, how far long work has come. It goes to standard error, so that the report can be kept by itself.</summary>
public sealed class Progress(string what, long total)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly long start = Stopwatch.GetTimestamp();
    private long told = Stopwatch.GetTimestamp();

    public void At(long done)
    {
        if (Stopwatch.GetElapsedTime(told) < Pause)
            return;
        told = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"  {what}: {done:N0} of {total:N0}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }

    public void Done() => Console.Error.WriteLine($"  {what}: done in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
}
