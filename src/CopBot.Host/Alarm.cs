using CopBot.Core.Scheduling;
using NodaTime;
using Quartz;

namespace CopBot.Host;

/// <summary>
/// Runs what falls due. Quartz is only the alarm clock: it is given the one instant that comes next and keeps nothing. Which instant that is,
/// and what is done already, the database knows.
/// </summary>
public sealed partial class Alarm(ISchedulerFactory clocks, DueWorker due, DueSignal signal, TimeProvider time, ILogger<Alarm> log) : BackgroundService
{
    // A clock may be set, and another process on the same PostgreSQL may change a schedule: never wait longer than this before looking again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // Works on SQLite share one flush when they come together.
    private const int Beside = 64;

    private static readonly TriggerKey Next = new("next");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Setting up the clock does not hold up the start.
        await Task.Yield();
        var clock = await clocks.GetScheduler(stoppingToken);
        await clock.AddJob(JobBuilder.Create<Bell>().WithIdentity(nameof(Bell)).StoreDurably().Build(), cancellationToken: stoppingToken);
        await clock.Start(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var woken = signal.Next;
                await RunDueAsync(clock, stoppingToken);
                await woken.WaitAsync(LongestWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await clock.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }

    private async Task RunDueAsync(IScheduler clock, CancellationToken ct)
    {
        try
        {
            await due.RunAsync(Now(), ct, Beside);
            if (await due.NextAsync(ct) is { } next && next < Now() + Duration.FromTimeSpan(LongestWait))
                await SetAsync(clock, next, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The process stops; what is due is found again at the next start.
        }
        catch (Exception problem)
        {
            Log.Failed(log, problem);
        }
    }

    private static async Task SetAsync(IScheduler clock, Instant at, CancellationToken ct)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(Next).ForJob(nameof(Bell)).StartAt(at.ToDateTimeOffset()).Build();
        await clock.ScheduleTrigger(trigger, TriggerConflict.Replace, ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private sealed class Bell(DueSignal signal) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            signal.Set();
            return ValueTask.CompletedTask;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Looking for work that is due failed; it is tried again within 30 seconds")]
        public static partial void Failed(ILogger log, Exception problem);
    }
}
