using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>Keeps the bot at Discord's gateway, in as many shards as Discord recommends.</summary>
public sealed partial class DiscordGateway(DiscordSettings settings, DiscordApi api, DiscordApplication application, GatewayBook book, DiscordGuilds guilds, GuildCensus census, DiscordIntake intake, TimeProvider time, ILogger<DiscordGateway> log) : IDisposable
{
    private const int TokenRefused = 4004;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // Introductions of one of Discord's buckets have to be so far apart.
    private static readonly TimeSpan BetweenIdentifies = TimeSpan.FromSeconds(5.1);

    private readonly SemaphoreSlim identifying = new(1);
    private readonly List<GatewayShard> running = [];
    private long? identified;
    private int up;

    /// <summary>How many shards are up.</summary>
    public int Up => Volatile.Read(ref up);

    /// <summary>For each shard the number of the last event up to which everything is stored: what came later is still under way.</summary>
    public IReadOnlyList<long> Stored
    {
        get
        {
            lock (running)
                return [.. running.Select(shard => shard.Stored)];
        }
    }

    /// <summary>The close code with which Discord turned the bot away for good; null while it does not.</summary>
    public int? Refusal { get; private set; }

    /// <summary>Goes on until stopped, or until Discord will have no more of it.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var (address, shards) = await AskAsync(ct);
        if (address is null)
            return;

        var intents = GatewayIntents.Guilds | GatewayIntents.Messages | GatewayIntents.Reactions | GatewayIntents.DirectMessages | (application.SeesMembers ? GatewayIntents.Members : 0);
        await Task.WhenAll(Enumerable.Range(0, shards).Select(async number =>
        {
            var isUp = false;
            using var shard = new GatewayShard(settings, book, guilds, intake, time, log, new ShardPlan(number, shards, address, settings.Token!, intents)
            {
                MayIdentifyAsync = MayIdentifyAsync,
                IsReachableAsync = async token => await api.CallAsync(DiscordRoute.Gateway, null, token) is { IsDone: true } or { IsTokenRefused: true },
                KnowServersAsync = token => census.TakeAsync(number, shards, token),
                Refused = code => Refusal = code,
                SetUp = now =>
                {
                    if (now != isUp)
                        Interlocked.Add(ref up, now ? 1 : -1);
                    isUp = now;
                },
            });
            lock (running)
                running.Add(shard);
            await shard.RunAsync(ct);
        }));
    }

    public void Dispose() => identifying.Dispose();

    private async Task<(string? Address, int Shards)> AskAsync(CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            var answer = await api.CallAsync(DiscordRoute.Gateway, null, ct);
            if (answer.IsDone && answer.Body.TextOrNull("url") is { } address && await application.LoadAsync(ct))
                return (address, answer.Body["shards"] is { } shards ? Math.Clamp((int)shards, 1, 64) : 1);

            // Asking again with a token that is not valid gets the address shut out in the end.
            if (answer.IsTokenRefused)
            {
                Refusal = TokenRefused;
                Log.Refused(log, ShardPlan.Explain(TokenRefused));
                return (null, 0);
            }

            var wait = answer.RetryAfter?.ToTimeSpan() ?? TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures++, 6))));
            Log.NotYet(log, answer.Problem ?? "it did not say who the bot is", wait);
            await WaitAsync(wait, ct);
        }

        return (null, 0);
    }

    // One after the other: that is right for every number of buckets.
    private async Task<Duration> MayIdentifyAsync(CancellationToken ct)
    {
        await identifying.WaitAsync(ct);
        try
        {
            var answer = await api.CallAsync(DiscordRoute.Gateway, null, ct);
            var limit = answer.Body.Object("session_start_limit");

            // With a token that is not valid any more the gateway itself says so, and for good.
            if (!answer.IsDone && !answer.IsTokenRefused)
                return answer.RetryAfter ?? Duration.FromSeconds(2);
            if (limit["remaining"] is { } remaining && (int)remaining <= 0)
                return Duration.FromMilliseconds(limit["reset_after"] is { } after ? (long)after : 60_000);

            if (identified is { } before && BetweenIdentifies - time.GetElapsedTime(before) is var wait && wait > TimeSpan.Zero)
                await WaitAsync(wait, ct);
            ct.ThrowIfCancellationRequested();
            var taken = await book.TakeIdentifyAsync(ct);
            if (taken == Duration.Zero)
                identified = time.GetTimestamp();
            else
                Log.Waits(log, taken);
            return taken;
        }
        finally
        {
            identifying.Release();
        }
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken ct) =>
        Task.Delay(wait, time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Discord does not say where its gateway is ({Problem}); it is asked again in {Wait}")]
        public static partial void NotYet(ILogger log, string problem, TimeSpan wait);

        [LoggerMessage(LogLevel.Critical, "Discord turned the bot away for good: {What} Nothing from Discord arrives until then")]
        public static partial void Refused(ILogger log, string what);

        [LoggerMessage(LogLevel.Error, "The bot introduced itself to Discord too often today and waits {Wait}; see what keeps ending its sessions")]
        public static partial void Waits(ILogger log, Duration wait);
    }
}
