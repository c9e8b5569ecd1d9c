using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Host;
using CopBot.Host.Slack;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>A bot that workspaces install by themselves, its pages on a port of this machine, and a browser; all on one clock that stands.</summary>
public sealed class Installing : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WebApplication app;
    private readonly IDisposable? held;

    private Installing(SlackServer slack, VirtualClock clock, TestDatabase database, WebApplication app, IDisposable? held, Uri at, List<string> logged)
    {
        (Slack, Clock, this.database, this.app, this.held, At, Logged) = (slack, clock, database, app, held, at, logged);
        Browser = NewBrowser();
    }

    public SlackServer Slack { get; }
    public VirtualClock Clock { get; }
    public Uri At { get; }
    public HttpClient Browser { get; }

    /// <summary>What stands in the log.</summary>
    public List<string> Logged { get; }
    public IServiceProvider Services => app.Services;
    public InstalledWorkspaces Installed => Services.GetRequiredService<InstalledWorkspaces>();
    public Workspaces Served => Services.GetRequiredService<Workspaces>();

    public static async Task<Installing> StartAsync(Product product, bool rotation = false, string? publicUrl = null)
    {
        var clock = new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0));
        var slack = await SlackServer.StartAsync(clock);
        slack.OAuth.TokenRotation = rotation;
        var database = await TestDatabase.CreateAsync(product);
        var at = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        List<string> logged = [];
        var settings = new BotSettings
        {
            Database = database.Setting,
            Content = PackReader.DefaultFolder,
            Url = at.AbsoluteUri,
            PublicUrl = publicUrl,
            Slack = new SlackSettings { ApiBase = slack.ApiBase, SigningSecret = slack.SigningSecret, ClientId = slack.ClientId, ClientSecret = slack.ClientSecret },
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        builder.Logging.ClearProviders().AddProvider(new Lines(logged)).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddBot(settings, clock).AddSlack(settings.Slack).AddSlackInstall(settings);
        var app = builder.Build();
        var held = await app.Services.OpenDatabaseAsync(CancellationToken.None);
        app.MapSlackInstall();
        app.MapSlackEvents();
        await app.StartAsync();
        return new(slack, clock, database, app, held, at, logged);
    }

    /// <summary>Another process on the same database, with this client secret or another.</summary>
    public ServiceProvider Beside(string? clientSecret = null)
    {
        var settings = Services.GetRequiredService<SlackSettings>() with { ClientSecret = clientSecret ?? Slack.ClientSecret };
        return new ServiceCollection().AddLogging(logging => logging.AddProvider(new Lines(Logged))).AddSingleton<TimeProvider>(Clock).AddSingleton(Services.GetRequiredService<CopBot.Core.Storage.Store>()).AddSingleton(Services.GetRequiredService<CopBot.Core.Storage.Communities>()).AddSlack(settings).BuildServiceProvider();
    }

    /// <summary>A browser that keeps cookies and goes nowhere by itself.</summary>
    public static HttpClient NewBrowser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    /// <summary>Presses the button; gives where Slack sends the browser back to.</summary>
    public async Task<Uri> ConsentAsync(SlackWorkspace? chosen = null)
    {
        Slack.OAuth.Chosen = chosen;
        using var begun = await Browser.PostAsync(new Uri(At, SlackAddresses.Install), null);
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        using var consented = await Browser.GetAsync(begun.Headers.Location);
        return consented.Headers.Location!;
    }

    /// <summary>Installs the app in a workspace, as somebody in a browser does.</summary>
    public async Task<string> InstallAsync(SlackWorkspace? chosen = null)
    {
        var (status, page) = await GetAsync(await ConsentAsync(chosen));
        Assert.Equal(HttpStatusCode.OK, status);
        return page;
    }

    public async Task<(HttpStatusCode Status, string Page)> GetAsync(Uri address, HttpClient? with = null)
    {
        using var answer = await (with ?? Browser).GetAsync(address);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public Task LookAsync() => Installed.LookAsync(CancellationToken.None);

    public async Task<Installation> RowAsync(string team) => Assert.Single(await Services.GetRequiredService<InstallationTable>().AllAsync(CancellationToken.None), row => row.Team == team);

    /// <summary>How often Slack was asked for a new token.</summary>
    public int Refreshes => Slack.Calls.Count(call => call.Method == "oauth.v2.access" && (string?)call.Args["grant_type"] == "refresh_token");

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await app.DisposeAsync();
        held?.Dispose();
        await Slack.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add(formatter(state, exception) + exception);
        }

        public void Dispose()
        {
        }
    }
}
