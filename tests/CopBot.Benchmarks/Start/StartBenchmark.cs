namespace CopBot.Benchmarks.Start;

public sealed class StartBenchmark(Options options)
{
    public Task RunAsync() => Task.FromResult(options);
}
