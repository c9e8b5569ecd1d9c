using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Gateway;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Gateway = CopBot.Platforms.Discord.Gateway.DiscordGateway;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>The whole bot at work on Discord, as the serving process has it: gateway, inbox, outbox. It can be stopped, and another started on its database.</summary>
public sealed partial class RunningDiscord : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ServiceProvider services;
    private readonly IDisposable? held;
    private readonly TestDatabase database;
    private readonly List<Task> work;
    private bool stopped;

    private RunningDiscord(DiscordServer discord, ServiceProvider services, IDisposable? held, TestDatabase database, Told told, bool listens)
    {
        (Discord, this.services, this.held, this.database, Log) = (discord, services, held, database, told);
        work = [services.GetRequiredService<InboxWorker>().RunAsync(stop.Token), services.GetRequiredService<OutboxDispatcher>().RunAsync(stop.Token), services.GetRequiredService<GroupSyncWorker>().RunAsync(stop.Token)];
        if (listens)
            work.AddRange([services.GetRequiredService<CommandRegistration>().RunAsync(stop.Token), Listening = services.GetRequiredService<Gateway>().RunAsync(stop.Token)]);
    }

    public DiscordServer Discord { get; }

    public IServiceProvider Services => services;

    /// <summary>What it logged.</summary>
    public Told Log { get; }

    /// <summary>The gateway at work; over when the bot has stopped listening for good.</summary>
    public Task Listening { get; } = Task.CompletedTask;

    public Gateway Gateway => services.GetRequiredService<Gateway>();

    public GatewayBook Book => services.GetRequiredService<GatewayBook>();

    /// <summary>Starts it against a server that is there already, on a new database or on that of one that was stopped.</summary>
    /// <param name="paced">Whether fifty requests a second are the most; by a fast clock that is many.</param>
    /// <param name="ready">Whether to wait until it hears what is said.</param>
    public static async Task<RunningDiscord> StartAsync(DiscordServer discord, RunningDiscord? after = null, bool paced = true, bool ready = true, bool listens = true)
    {
        var database = after?.database ?? await TestDatabase.CreateAsync(Product.Sqlite);
        var told = new Told();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(told).SetMinimumLevel(LogLevel.Information));
        collection.AddBot(new BotSettings { Database = database.Setting, Content = PackReader.DefaultFolder, Zone = "Europe/Madrid" }, discord.Clock);
        collection.AddDiscord(new DiscordSettings { Token = discord.Token, ApiBase = new Uri(discord.ApiBase + "/") });
        if (!paced)
            collection.AddSingleton(new RateLimits(TimeProvider.System) { Most = int.MaxValue });
        var services = collection.BuildServiceProvider();
        var held = await services.OpenDatabaseAsync(CancellationToken.None);
        var bot = new RunningDiscord(discord, services, held, database, told, listens);
        if (ready && listens)
            await discord.UntilAsync(() => bot.Gateway.Up > 0 && services.GetRequiredService<DiscordPlatform>().Workspaces.Count > 0, "the bot listens");
        return bot;
    }

    /// <summary>Stops it as a planned restart does, and starts another on its database.</summary>
    public async Task<RunningDiscord> RestartAsync(Func<Task>? meanwhile = null, bool ready = true)
    {
        await StopAsync();
        if (meanwhile is not null)
            await meanwhile();
        return await StartAsync(Discord, this, ready: ready);
    }

    public async Task StopAsync()
    {
        if (stopped)
            return;
        stopped = true;
        await stop.CancelAsync();
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.DisposeAsync();
        held?.Dispose();
        stop.Dispose();
    }

    /// <summary>One value from the database.</summary>
    public Task<T?> ScalarAsync<T>(Statement statement) =>
        services.GetRequiredService<Store>().ReadAsync(Community.First, (one, ct) => one.Sql.ScalarAsync<T>(statement, ct), CancellationToken.None);

    /// <summary>Writes something in one transaction.</summary>
    public Task WriteAsync(Func<Work, CancellationToken, Task> write) => services.GetRequiredService<Store>().WriteAsync(Community.First, write, CancellationToken.None);

    /// <summary>Waits until all that Discord told is stored, the inbox is done, and the outbox has nothing more to send.</summary>
    public Task QuietAsync() =>
        Quiet.WaitAsync(
            async () => (Heard() ? 0 : 1) + await ScalarAsync<int>($"select (select count(*) from inbox where state = 0) + (select count(*) from outbox where state in (0, 1))"),
            async () => $"heard {string.Join(",", Gateway.Stored)} of {string.Join(",", Discord.Gateway.Sessions.Select(session => session.Sequence))}, {await ScalarAsync<int>($"select count(*) from inbox where state = 0")} in, {await ScalarAsync<int>($"select count(*) from outbox where state in (0, 1)")} out, last {string.Join("; ", Discord.Requests.TakeLast(4))}; {string.Join("; ", Log.Lines.TakeLast(6))}");

    private bool Heard() => work.Count < 5 || (Discord.Gateway.Sessions is [.., var last] && Gateway.Stored is [var stored] && stored >= last.Sequence);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await database.DisposeAsync();
    }

    /// <summary>Every title that messages for all or in private speak of, with how often.</summary>
    public static Dictionary<string, int> StoriesOf(DiscordServer discord) =>
        discord.Posts.Where(post => !post.Deleted).SelectMany(post => Title().Matches(TextOf(post)).Select(match => match.Value).Distinct()).GroupBy(title => title).ToDictionary(group => group.Key, group => group.Count());

    public static string TextOf(DiscordMessage post) => string.Join('\n', post.Embeds.Select(embed => (string?)embed?["description"] ?? "").Prepend(post.Text));

    /// <summary>A title that nobody gave before and that resembles no other.</summary>
    public static string NewTitle(Random random)
    {
        lock (random)
            return "story " + string.Join(' ', Enumerable.Range(0, 4).Select(_ => random.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex("story( [0-9a-f]{10}){4}")]
    private static partial Regex Title();
}

/// <summary>Keeps what is logged.</summary>
public sealed class Told : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = new();

    public IReadOnlyList<string> Lines => [.. lines.Select(one => $"{one.Level}: {one.Line}")];

    public IReadOnlyList<string> Critical => [.. lines.Where(one => one.Level == LogLevel.Critical).Select(one => one.Line)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue((logLevel, formatter(state, exception) + (exception is null ? "" : " " + exception.Message)));

    public void Dispose()
    {
    }
}
