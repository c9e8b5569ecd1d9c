using CopBot.Benchmarks;
using CopBot.Benchmarks.DiscordAck;
using CopBot.Benchmarks.FullPath;
using CopBot.Benchmarks.Library;
using CopBot.Benchmarks.Reads;
using CopBot.Benchmarks.Schedules;
using CopBot.Benchmarks.SlackAck;
using CopBot.Benchmarks.Start;

const string Usage = "Usage: dotnet run -c Release --project tests/CopBot.Benchmarks -- [full-path|reads|library|start|schedules|slack|discord|all] [--folder DIR] [--rounds N] [--members 1|8|64|512] [--entries N] [--people N] [--database SETTING] [--published DIR]";

if (!Options.TryRead(args, out var options) || options.Parts.Count == 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

await Machine.DescribeAsync(options.Folder);
foreach (var part in options.Parts)
{
    Console.WriteLine();
    await (part switch
    {
        "full-path" => new FullPathBenchmark(options).RunAsync(),
        "reads" => new ReadsBenchmark(options).RunAsync(),
        "library" => new LibraryBenchmark(options).RunAsync(),
        "discord" => new DiscordAckBenchmark(options).RunAsync(),
        "slack" => new SlackAckBenchmark(options).RunAsync(),
        "schedules" => new SchedulesBenchmark(options).RunAsync(),
        _ => new StartBenchmark(options).RunAsync(),
    });
}

return 0;
