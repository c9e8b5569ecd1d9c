using CopBot.Core.Chat;
using CopBot.Core.Scheduling;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot serve</c>.</summary>
public static class ServeVerb
{
    public static async Task<int> RunAsync(BotSettings settings, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddBot(settings, TimeProvider.System);
        builder.Services.AddHostedService<Workers>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
        await using var app = builder.Build();
        using var held = await app.Services.OpenDatabaseAsync(ct);
        app.MapGet("/healthz", () => "ready");
        await app.RunAsync(ct);
        return ExitCodes.Done;
    }

    /// <summary>Works through inbox, outbox and what falls due until the process is asked to stop; then finishes what is under way.</summary>
    private sealed class Workers(InboxWorker inbox, OutboxDispatcher outbox, DueWorker due) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Task.WhenAll(inbox.RunAsync(stoppingToken), outbox.RunAsync(stoppingToken), due.RunAsync(stoppingToken));
    }
}
