using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.Slack;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Sockets;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>The whole bot at work, as the serving process has it: sockets or signed requests, inbox, outbox, groups, on a database of its own.</summary>
public sealed partial class RunningBot : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly WebApplication app;
    private readonly IDisposable? held;
    private readonly TestDatabase database;
    private readonly List<Task> work;

    private RunningBot(SlackServer slack, WebApplication app, IDisposable? held, TestDatabase database)
    {
        (Slack, this.app, this.held, this.database) = (slack, app, held, database);
        work =
        [
            app.Services.GetRequiredService<InboxWorker>().RunAsync(stop.Token),
            app.Services.GetRequiredService<OutboxDispatcher>().RunAsync(stop.Token),
            app.Services.GetRequiredService<GroupSyncWorker>().RunAsync(stop.Token),
        ];
    }

    public SlackServer Slack { get; }

    public SlackWorkspace Workspace => Slack.Workspace;

    public IServiceProvider Services => app.Services;

    /// <summary>Starts it against a workspace that is there already.</summary>
    /// <param name="http">Payloads come as signed requests; else over sockets.</param>
    /// <param name="paced">Whether it keeps to Slack's rates, by the clock; where that stands, nothing would ever be said.</param>
    /// <param name="ready">Whether to wait until it hears what is said.</param>
    public static async Task<RunningBot> StartAsync(SlackServer slack, bool http = false, bool paced = true, bool ready = true)
    {
        var database = await TestDatabase.CreateAsync(Product.Sqlite);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddBot(new BotSettings { Database = database.Setting, Content = PackReader.DefaultFolder, Zone = "Europe/Madrid" }, slack.Clock);
        builder.Services.AddSlack(new SlackSettings { BotToken = slack.Workspace.BotToken, AppToken = http ? null : slack.AppToken, SigningSecret = http ? slack.SigningSecret : null, ApiBase = slack.ApiBase });
        if (!paced)
            builder.Services.AddSingleton(new Pacer(TimeProvider.System) { Faster = 10_000 });
        builder.Services.AddHostedService<SlackWorker>();
        var app = builder.Build();
        var held = await app.Services.OpenDatabaseAsync(CancellationToken.None);
        if (http)
            app.MapSlackEvents();
        await app.StartAsync();
        var bot = new RunningBot(slack, app, held, database);
        if (http)
        {
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            (slack.EventsUrl, slack.CommandsUrl, slack.InteractionsUrl) = (new($"{address}/slack/events"), new($"{address}/slack/commands"), new($"{address}/slack/interactions"));
        }

        if (ready)
            await bot.ReadyAsync();
        return bot;
    }

    /// <summary>Waits until it hears what is said.</summary>
    public async Task ReadyAsync(TimeSpan? patience = null)
    {
        await Services.GetRequiredService<IInstallations>().Ready.WaitAsync(patience ?? TimeSpan.FromMinutes(1));
        if (Slack.EventsUrl is null)
            await Slack.SocketsAsync(SocketMode.Connections, patience);
    }

    /// <summary>One value from the database.</summary>
    public Task<T?> ScalarAsync<T>(Statement statement) =>
        Services.GetRequiredService<Store>().ReadAsync(Community.First, (one, ct) => one.Sql.ScalarAsync<T>(statement, ct), CancellationToken.None);

    /// <summary>Writes something in one transaction.</summary>
    public Task WriteAsync(Func<Work, CancellationToken, Task> write) => Services.GetRequiredService<Store>().WriteAsync(Community.First, write, CancellationToken.None);

    /// <summary>Waits until the inbox is done and the outbox has nothing more to send.</summary>
    public async Task QuietAsync()
    {
        await Quiet.WaitAsync(
            () => ScalarAsync<int>($"select (select count(*) from inbox where state = 0) + (select count(*) from outbox where state in (0, 1))"),
            async () => $"{await ScalarAsync<int>($"select count(*) from inbox where state = 0")} in, {await ScalarAsync<int>($"select count(*) from outbox where state in (0, 1)")} out, last {string.Join("; ", Slack.Calls.TakeLast(4).Select(call => $"{call.Method} {call.Fault?.Name} {call.Answer?.ToJsonString()}"))}");

        await Slack.IdleAsync();
    }

    /// <summary>Every title that public or private messages speak of, with how often.</summary>
    public Dictionary<string, int> Told() =>
        Workspace.Posts.SelectMany(post => Title().Matches(post.Text).Select(match => match.Value).Distinct()).GroupBy(title => title).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The row of the outbox that a message came from, by what it carries.</summary>
    public static long RowOf(SlackPost post) => long.Parse(KeyOf(post).Split('-')[0], CultureInfo.InvariantCulture);

    /// <summary>What a message carries to be known by; empty for what only one person sees.</summary>
    public static string KeyOf(SlackPost post) => (string?)post.Metadata?["event_payload"]?["key"] ?? "";

    /// <summary>A title that nobody gave before and that resembles no other.</summary>
    public static string NewTitle(Random random)
    {
        lock (random)
            return "story " + string.Join(' ', Enumerable.Range(0, 4).Select(_ => random.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture)));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        held?.Dispose();
        await database.DisposeAsync();
        stop.Dispose();
    }

    [GeneratedRegex("story( [0-9a-f]{10}){4}")]
    private static partial Regex Title();
}
