using CopBot.Platforms.Slack.Api;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>The single workspace whose token is a setting.</summary>
public sealed partial class OneWorkspace(SlackSettings settings, SlackApi api, Comebacks channels, Workspaces workspaces, TimeProvider time, ILogger<OneWorkspace> log) : IInstallations
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(6);

    // Without its channels the bot says nothing of its own accord. The rate is kept elsewhere.
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ready => ready.Task;

    public async Task RunAsync(CancellationToken ct)
    {
        Workspace? mine = null;
        var known = false;
        for (var wait = TimeSpan.FromSeconds(1); !ct.IsCancellationRequested; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            (mine, var asked) = await AskAsync(ct);
            if (mine is not null)
            {
                workspaces.Set(mine);
                known = await channels.LoadAsync(mine, ct);
                ready.TrySetResult();
                break;
            }

            await Task.Delay(asked?.ToTimeSpan() ?? wait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Events tell of changes; what was missed while nobody listened is caught up with now and then.
        while (mine is not null && !ct.IsCancellationRequested)
        {
            await Task.Delay(known ? Refresh : Unknown, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested)
                known = await channels.LoadAsync(mine, ct);
        }
    }

    public Task RevokedAsync(Workspace workspace, CancellationToken ct)
    {
        // A token that is a setting is for whoever set it to mend; what is to be said waits for hours.
        Log.Revoked(log, workspace.Team);
        return Task.CompletedTask;
    }

    private async Task<(Workspace? Workspace, Duration? RetryAfter)> AskAsync(CancellationToken ct)
    {
        var answer = await api.CallAsync(SlackMethod.AuthTest, settings.BotToken, [], ct);
        if (!answer.IsDone)
        {
            Log.NotKnown(log, answer.Error);
            return (null, answer.RetryAfter);
        }

        return (new Workspace(answer.Body.TextOrNull("team_id") ?? answer.Body.Text("enterprise_id"), answer.Body.Text("enterprise_id"), answer.Body.Text("team"), answer.Body.Text("user_id")) { Token = settings.BotToken! }, null);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Slack does not take the bot's token (CopBot__Slack__BotToken): {Error}. `copbot doctor` says how to mend it; it is tried again in a moment")]
        public static partial void NotKnown(ILogger log, string? error);

        [LoggerMessage(LogLevel.Error, "Slack says that the app was taken out of {Team}, or its token revoked. Install it again and set CopBot__Slack__BotToken anew")]
        public static partial void Revoked(ILogger log, string team);
    }
}
