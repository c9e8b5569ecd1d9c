using System.Net;
using CopBot.Core.Chat;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using CopBot.Host.Calendars;
using CopBot.Host.Dashboard;
using CopBot.Host.Discord;
using CopBot.Host.Reports;
using CopBot.Host.Slack;
using CopBot.Host.Teams;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Teams;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot serve</c>.</summary>
public static partial class ServeVerb
{
    private const int LargestBody = 64 * 1024;

    public static async Task<int> RunAsync(BotSettings settings, CancellationToken ct)
    {
        if (settings.IsLocal)
            CheckLocal(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddBot(settings, TimeProvider.System);
        if (settings.IsLocal)
            builder.Services.AddWebChat(settings);
        if (settings.Slack.IsOn)
            builder.Services.AddSlack(settings.Slack).AddHostedService<SlackWorker>();
        if (settings.Slack.Installs)
            builder.Services.AddSlackInstall(settings);
        if (settings.Discord.IsOn)
            builder.Services.AddDiscord(settings.Discord).AddHostedService<DiscordWorker>();
        if (settings.Teams.IsOn)
            builder.Services.AddTeams(settings.Teams).AddHostedService<TeamsWorker>();
        builder.Services.AddCalendars(settings);
        builder.Services.TryAddSingleton<PageRenderer>();
        builder.Services.AddHostedService<Workers>();
        builder.Services.AddQuartz();
        builder.Services.AddHostedService<Alarm>();
        builder.Services.AddHostedService<WarmUp>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
        await using var app = builder.Build();
        using var held = await app.Services.OpenDatabaseAsync(ct);
        app.MapGet("/healthz", () => "ready");
        if (settings.IsLocal)
            app.MapWebChat();
        else
            app.MapGet("/", () => Results.Text("CopBot is at work in your chat. Its own page is for installations without a chat platform.\n"));
        if (settings.Slack.UsesHttp)
            app.MapSlackEvents();
        if (settings.Slack.Installs)
            app.MapSlackInstall();
        if (settings.Teams.IsOn)
            app.MapTeams();
        app.MapCalendars();
        app.MapReports();
        app.MapGet("/assets/{name}", StaticFiles.Serve);
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, settings));
        try
        {
            await app.RunAsync(ct);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            throw new WrongSetting($"CopBot__Url (--url) is “{settings.Url}”, and something else listens there already. Stop that, or give another address such as --url http://localhost:5081.");
        }

        return ExitCodes.Done;
    }

    private static void Announce(WebApplication app, BotSettings settings)
    {
        var database = app.Services.GetRequiredService<IDatabase>().Describe;
        if (settings.IsLocal)
            Log.Ready(app.Logger, settings.Url, database);
        else
            Log.Serving(app.Logger, string.Join(" and to ", Heard(settings)), settings.Url, database);
    }

    private static IEnumerable<string> Heard(BotSettings settings)
    {
        if (settings.Slack.IsOn)
            yield return (settings.Slack.UsesSockets, settings.Slack.UsesHttp) switch { (true, true) => "Slack by Socket Mode and HTTP", (true, false) => "Slack by Socket Mode", _ => "Slack by HTTP" };
        if (settings.Discord.IsOn)
            yield return "Discord by its gateway";
        if (settings.Teams.IsOn)
            yield return "Teams by HTTP";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "CopBot is ready and listens to {Chats}; {Url}/healthz says whether it lives. The database is {Database}. Ctrl+C stops it.")]
        public static partial void Serving(ILogger log, string chats, string url, string database);

        [LoggerMessage(LogLevel.Information, "CopBot is ready: open {Url}. The database is {Database}. Ctrl+C stops it.")]
        public static partial void Ready(ILogger log, string url, string database);
    }

    // In the local mode a name is all one needs: it is for this machine alone.
    private static void CheckLocal(BotSettings settings)
    {
        // Taken apart as the server will do it: it listens everywhere for any name but this one.
        var url = BindingAddress.Parse(settings.Url);
        var here = url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
        if (!here)
            throw new WrongSetting($"CopBot__Url (--url) is “{settings.Url}”, which others can reach. In web chat whoever chooses a name is that person, so it answers on this machine alone: give an address such as http://localhost:5080.");
        if (url.Scheme != Uri.UriSchemeHttp || url.PathBase.Length > 0)
            throw new WrongSetting($"CopBot__Url (--url) is “{settings.Url}”; on this machine web chat speaks plain http, without a path. Give an address such as http://localhost:5080.");
    }

    /// <summary>Works through inbox and outbox until the process is asked to stop; then finishes what is under way.</summary>
    private sealed class Workers(InboxWorker inbox, OutboxDispatcher outbox, GroupSyncWorker groups, EventSyncWorker events, TurnNoticeWorker notices) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Task.WhenAll(inbox.RunAsync(stoppingToken), outbox.RunAsync(stoppingToken), groups.RunAsync(stoppingToken), events.RunAsync(stoppingToken), notices.RunAsync(stoppingToken));
    }

    /// <summary>Builds the model once the first page can be had, so that the first one to confirm something does not wait for it.</summary>
    private sealed partial class WarmUp(Store store, IHostApplicationLifetime process, ILogger<WarmUp> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = process.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            try
            {
                await store.ReadAsync(Community.First, (work, _) => Task.FromResult(work.Db.Model), stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Whoever comes first finds the same trouble and is told.
                Log.Cold(log, problem);
            }
        }

        private static partial class Log
        {
            [LoggerMessage(LogLevel.Warning, "The model could not be built ahead of its first use")]
            public static partial void Cold(ILogger log, Exception problem);
        }
    }
}
