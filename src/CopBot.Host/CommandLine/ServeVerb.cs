using System.Net;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Host.Dashboard;
using Microsoft.AspNetCore.Connections;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot serve</c>.</summary>
public static class ServeVerb
{
    private const int LargestBody = 64 * 1024;

    public static async Task<int> RunAsync(BotSettings settings, CancellationToken ct)
    {
        CheckLocal(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddBot(settings, TimeProvider.System);
        builder.Services.AddWebChat(settings);
        builder.Services.AddHostedService<Workers>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
        await using var app = builder.Build();
        using var held = await app.Services.OpenDatabaseAsync(ct);
        app.MapGet("/healthz", () => "ready");
        app.MapWebChat();
        try
        {
            await app.RunAsync(ct);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            throw new WrongSetting($"CopBot__Url is “{settings.Url}”, and something else listens there already. Stop that, or give another address such as --url http://localhost:5081.");
        }

        return ExitCodes.Done;
    }

    // In the local mode a name is all one needs: it is for this machine alone.
    private static void CheckLocal(BotSettings settings)
    {
        var url = new Uri(settings.Url);
        var here = url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (!here)
            throw new WrongSetting($"CopBot__Url is “{settings.Url}”, which others can reach. In web chat whoever chooses a name is that person, so it answers on this machine alone: give an address such as http://localhost:5080.");
        if (url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/")
            throw new WrongSetting($"CopBot__Url is “{settings.Url}”; on this machine web chat speaks plain http, without a path. Give an address such as http://localhost:5080.");
    }

    /// <summary>Works through inbox, outbox and what falls due until the process is asked to stop; then finishes what is under way.</summary>
    private sealed class Workers(InboxWorker inbox, OutboxDispatcher outbox, DueWorker due) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Task.WhenAll(inbox.RunAsync(stoppingToken), outbox.RunAsync(stoppingToken), due.RunAsync(stoppingToken));
    }
}
