using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>
/// One shard, for as long as the process runs: connection after connection, going on with its session where that can be. What came is given on, and
/// its number noted once it is stored; so nothing that Discord still has is lost, over a restart too.
/// </summary>
internal sealed partial class GatewayShard(DiscordSettings settings, GatewayBook book, DiscordGuilds guilds, DiscordIntake intake, TimeProvider time, ILogger log, ShardPlan plan) : IDisposable
{
    private const int MostAtOnce = 512;

    // After the second time that going on leads nowhere the session is given up.
    private const int MostResumes = 2;

    // A network that is away for a while says nothing about the session. After so many calls in vain it is seen whether only its address is away; then
    // it is called once more, and given up.
    private const int MostUnreached = 2;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private const int MostTries = 3;

    private readonly ConcurrentDictionary<long, int> tries = new();
    private readonly SemaphoreSlim room = new(MostAtOnce);
    private GatewaySession? session;
    private GatewayProgress progress = new(0);
    private long saved = -1;
    private int failures;
    private int resumes;
    private int unreached;

    /// <summary>The number of the last event up to which everything is stored.</summary>
    public long Stored => progress.Safe;

    public async Task RunAsync(CancellationToken ct)
    {
        session = await book.LoadAsync(plan, ct);

        // A session that is gone on with does not tell again in which servers the bot is.
        if (session is not null && guilds.AnyOf(plan.Shard, plan.Shards) is null && !await plan.KnowServersAsync(ct))
            session = null;
        progress = new(session?.Sequence ?? 0);
        using var stopped = new CancellationTokenSource();
        var saving = SaveAsync(stopped.Token);
        try
        {
            while (!ct.IsCancellationRequested && await ConnectAsync(ct))
                await WaitAsync(Backoff(), ct);
        }
        finally
        {
            // What is under way is stored first, so that the next process goes on behind it.
            for (var taken = 0; taken < MostAtOnce; taken++)
                await room.WaitAsync(CancellationToken.None);
            await stopped.CancelAsync();
            await saving;
            await SaveNowAsync();
        }
    }

    public void Dispose() => room.Dispose();

    // Gives whether to go on.
    private async Task<bool> ConnectAsync(CancellationToken ct)
    {
        var goesOn = session is not null && resumes < MostResumes && unreached <= MostUnreached;
        if (goesOn && unreached == MostUnreached && !await plan.IsReachableAsync(ct))
        {
            failures++;
            return true;
        }

        if (!goesOn && await plan.MayIdentifyAsync(ct) is var wait && wait > Duration.Zero)
        {
            // Where not even that can be asked the network is away, and the session may be there after it.
            unreached = Math.Min(unreached, MostUnreached);
            await WaitAsync(TimeSpan.FromTicks(Math.Min(wait.BclCompatibleTicks, TimeSpan.FromMinutes(1).Ticks)), ct);
            return true;
        }

        if (!goesOn)
        {
            (session, resumes, unreached, progress) = (null, 0, 0, new(0));
            await book.ForgetAsync(plan, ct);
        }
        else
        {
            // What was not stored is asked for again.
            progress = new(progress.Safe);
        }

        var began = time.GetTimestamp();
        var (end, connection) = await LiveAsync(goesOn, ct);
        if (end == GatewayEnd.Stopping)
            return false;
        if (end == GatewayEnd.Stop)
        {
            Log.Refused(log, connection?.Refusal ?? 0, ShardPlan.Explain(connection?.Refusal));
            plan.Refused(connection?.Refusal);
            return false;
        }

        // Who was never let in did not introduce themself either.
        var reached = connection is { Greeted: true };
        if (!reached && !goesOn)
            await book.GiveBackAsync(ct);
        var good = connection is { Brought: > 0 } && (time.GetElapsedTime(began) > Lasts || connection.Brought > 1);
        failures = good && !connection!.Unstored ? 0 : failures + 1;
        unreached = !reached && goesOn ? unreached + 1 : 0;

        // A database that takes nothing is no fault of the session's, and what it did not take is asked for again.
        var failed = reached && !good && !connection!.Unstored;
        resumes = end == GatewayEnd.Begin ? MostResumes : good ? 0 : goesOn && failed ? resumes + 1 : resumes;
        return true;
    }

    private async Task<(GatewayEnd End, GatewayConnection? Connection)> LiveAsync(bool goesOn, CancellationToken ct)
    {
        var address = goesOn ? session!.Address : plan.Address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || !settings.Trusts(parsed))
            return (GatewayEnd.Begin, null);

        var socket = new GatewaySocket();
        GatewayConnection? connection = null;
        await using var _ = connection = new GatewayConnection(socket, progress, time, payload => TakeAsync(payload, () => connection!.Fail()), Probe);
        try
        {
            using var patience = new CancellationTokenSource(ConnectWithin, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            await socket.ConnectAsync(new Uri(parsed, "?v=10&encoding=json"), limit.Token);
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or HttpRequestException or OperationCanceledException)
        {
            if (!ct.IsCancellationRequested)
                Log.NotConnected(log, problem.Message);
            return (ct.IsCancellationRequested ? GatewayEnd.Stopping : GatewayEnd.Resume, null);
        }

        var end = await connection.LiveAsync(goesOn ? plan.Resume(session!, progress.Last) : plan.Identify(), ct);
        plan.SetUp(false);
        if (end != GatewayEnd.Stopping)
            Log.Ended(log, connection.Reason);
        return (end, connection);
    }

    private async Task<bool> TakeAsync(JsonObject payload, Action fail)
    {
        var (sequence, kind, data) = ((long)payload["s"]!, payload.Text("t"), payload.Object("d"));
        progress.Begin(sequence);
        if (kind == "READY")
        {
            progress.Restart(sequence);
            tries.Clear();
            session = new(data.Text("session_id"), data.Text("resume_gateway_url"), sequence);
            saved = -1;
        }

        if (kind is "READY" or "RESUMED")
            plan.SetUp(true);

        // Who is there and which channels there are is known before anybody says something.
        try
        {
            guilds.Apply(kind, data);
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            Log.Malformed(log, kind, problem);
        }

        await room.WaitAsync(CancellationToken.None);
        _ = StoreAsync(progress, sequence, kind, data, fail);
        return true;
    }

    // What is late counts for the connection that brought it, and not for the same number of another session.
    private async Task StoreAsync(GatewayProgress of, long sequence, string kind, JsonObject data, Action fail)
    {
        try
        {
            await intake.AcceptAsync(kind, data, CancellationToken.None);
            of.Stored(sequence);
        }
        catch (Exception problem) when (IsMalformed(problem) && tries.AddOrUpdate(sequence, 1, static (_, before) => before + 1) == MostTries)
        {
            // However often it is asked for it gets no better, and nothing behind it would ever be safe.
            Log.Malformed(log, kind, problem);
            of.Stored(sequence);
        }
        catch (Exception problem)
        {
            Log.NotStored(log, problem);
            fail();
        }
        finally
        {
            room.Release();
        }
    }

    // A member that is not of the kind that Discord describes.
    private static bool IsMalformed(Exception problem) => problem is (InvalidOperationException and not ObjectDisposedException) or FormatException or ArgumentException or JsonException or KeyNotFoundException or OverflowException;

    private JsonObject? Probe() => guilds.AnyOf(plan.Shard, plan.Shards) is { } guild
        ? new JsonObject { ["guild_id"] = guild, ["user_ids"] = new JsonArray(guilds.BotUser), ["limit"] = 0 } : null;

    private async Task SaveAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await WaitAsync(SaveEvery, ct);
            try
            {
                await SaveNowAsync();
            }
            catch (Exception problem)
            {
                Log.NotStored(log, problem);
            }
        }
    }

    private async Task SaveNowAsync()
    {
        if (session is { } now && progress.Safe is var safe && safe != saved)
        {
            await book.SaveAsync(plan, now with { Sequence = safe }, CancellationToken.None);
            saved = safe;
        }
    }

    // At once after a connection that served, else twice as long each time and never all at the same moment.
    private TimeSpan Backoff() => failures == 0
        ? TimeSpan.FromMilliseconds(100 + Random.Shared.Next(400))
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(failures, 10))) * (0.5 + Random.Shared.NextDouble() / 2));

    private Task WaitAsync(TimeSpan wait, CancellationToken ct) =>
        Task.Delay(wait, time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Discord's gateway could not be reached: {Problem}")]
        public static partial void NotConnected(ILogger log, string problem);

        [LoggerMessage(LogLevel.Information, "The connection to Discord's gateway ended ({Reason}); it is made anew")]
        public static partial void Ended(ILogger log, string reason);

        [LoggerMessage(LogLevel.Critical, "Discord's gateway turned the bot away for good ({Code}): {What} Nothing from Discord arrives until then")]
        public static partial void Refused(ILogger log, int code, string what);

        [LoggerMessage(LogLevel.Error, "Discord sent a {Kind} that cannot be read; it is left out")]
        public static partial void Malformed(ILogger log, string kind, Exception problem);

        [LoggerMessage(LogLevel.Error, "Something from Discord could not be stored; it is asked for again")]
        public static partial void NotStored(ILogger log, Exception problem);
    }
}
