namespace CopBot.Benchmarks.Reads;

public sealed class ReadsBenchmark(Options options)
{
    public Task RunAsync() => Task.FromResult(options);
}
