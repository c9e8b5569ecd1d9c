using System.Diagnostics;
using CopBot.Benchmarks.Leagues;
using CopBot.Core.Chat;
using CopBot.Host;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Benchmarks.FullPath;

/// <summary>The product: members speak at the same time, each waits until what they said is done and durable, then says the next line.</summary>
public static class BotSide
{
    public static async Task<Round> RunAsync(string file, Mix mix, int warmUp, int commands, int members)
    {
        await using var bot = League.Bot(file);
        using var held = await bot.OpenDatabaseAsync(CancellationToken.None);
        await SpeakAsync(bot, mix, 0, warmUp, members);
        return await Round.MeasureAsync(commands, () => SpeakAsync(bot, mix, warmUp, commands, members));
    }

    private static async Task<double[]> SpeakAsync(ServiceProvider bot, Mix mix, int first, int commands, int members)
    {
        var worker = bot.GetRequiredService<InboxWorker>();
        var waits = new double[commands];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, members).Select(_ => Task.Run(MemberAsync)));
        return waits;

        async Task MemberAsync()
        {
            for (var index = Interlocked.Increment(ref next); index < commands; index = Interlocked.Increment(ref next))
            {
                var said = mix.Of(first + index);
                var start = Stopwatch.GetTimestamp();
                if (await worker.AcceptAsync(said.Event(TimeProvider.System), CancellationToken.None) is not { Done: true })
                    throw new InvalidOperationException($"{said.Line} was not done at once");
                waits[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
    }
}
