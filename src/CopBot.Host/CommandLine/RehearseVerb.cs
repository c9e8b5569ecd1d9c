using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Host.Databases;
using CopBot.Host.Rehearsals;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot rehearse</c>: the whole bot without a chat platform.</summary>
public static class RehearseVerb
{
    /// <summary>Where a rehearsal takes place by default.</summary>
    public const string Zone = "Europe/Madrid";

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static async Task<int> RunAsync(BotSettings settings, bool keep, string file, string start, bool json, CancellationToken ct)
    {
        if (Minutes.Parse(start) is not { Success: true } local)
            throw new WrongSetting($"--start is “{start}”, which is no local time. Give one such as 2026-01-05T09:00.");
        if (file.StartsWith("--", StringComparison.Ordinal))
            throw new WrongSetting($"rehearse has no option {file}. See copbot rehearse --help.");
        if (file != "-" && !File.Exists(file))
            throw new WrongSetting($"There is no script {file}. Name a file, or - to read standard input.");

        var folder = keep ? null : Directory.CreateTempSubdirectory("copbot-rehearsal-");
        try
        {
            if (folder is not null)
                settings = settings with { Database = Path.Combine(folder.FullName, "rehearsal.db") };
            var clock = new VirtualClock(local.Value.InZoneLeniently(DateTimeZoneProviders.Tzdb[settings.Zone]).ToInstant());
            var platform = new RehearsalPlatform();

            // In a database that is kept, an id must not come twice.
            var ids = new OrderedIds(clock, keep ? null : new Random(0));
            await using var services = new ServiceCollection()
                .AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning))
                .AddBot(settings, clock)
                .AddSingleton<IPlatform>(platform)
                .AddSingleton(ids)
                .BuildServiceProvider();
            using var held = await services.OpenDatabaseAsync(ct);
            using var script = file == "-" ? Console.In : new StreamReader(file);
            await new Rehearsal(services, clock, platform, Console.Out, json).PlayAsync(script, ct);
            return ExitCodes.Done;
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }
}
