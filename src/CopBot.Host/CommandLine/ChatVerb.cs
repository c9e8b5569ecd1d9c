using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Host.Terminal;
using CopBot.Platforms.Terminal;
using NodaTime;
using Spectre.Console;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot chat --as NAME</c>.</summary>
public static class ChatVerb
{
    public static async Task<int> RunAsync(BotSettings settings, string name, CancellationToken ct)
    {
        if (!LocalNames.IsName(name))
            throw new WrongSetting($"--as is “{name}”, which is no name. Give letters, digits, dots, dashes and underscores, such as --as ana.");

        var from = LocalNames.Handle(name);
        var interactive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        var platform = new TerminalPlatform(from.UserId, interactive ? new ColourScreen(AnsiConsole.Console) : new PlainScreen(Console.Out));
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning))
            .AddBot(settings, TimeProvider.System)
            .AddSingleton<IPlatform>(platform)
            .BuildServiceProvider();
        using var held = await services.OpenDatabaseAsync(ct);

        // What a kill left undone comes first, then what was said to them while they were away.
        await services.GetRequiredService<InboxWorker>().CatchUpAsync(ct);
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
        var editor = new LineEditor($"{name}> ");

        // Reading a console cannot be called off; whoever stops the process does not wait for a line.
        while (await Task.Run(() => interactive ? editor.Read() : Console.In.ReadLine(), ct).WaitAsync(ct) is { } line)
        {
            if (line.Trim() is "exit" or "quit")
                break;
            if (line.Trim().Length == 0)
                continue;

            var now = TimeProvider.System.GetUtcNow();
            await services.SayAsync(
                new Incoming { EventId = Guid.CreateVersion7(now).ToString("N"), Place = platform.Place, From = from, Text = line, At = Instant.FromDateTimeOffset(now) }, ct);
        }

        return ExitCodes.Done;
    }
}
