using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json.Nodes;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>
/// The workspaces that installed the app by themselves, and the one whose token is a setting where there is one. The rows are looked at again and
/// again, so that each of several processes knows within a minute what another did.
/// </summary>
public sealed partial class InstalledWorkspaces(
    SlackSettings settings, SlackApi api, InstallationTable table, TokenSeal seal, TokenRefresh refresh, Comebacks channels, Workspaces workspaces, OneWorkspace single, TimeProvider time, ILogger<InstalledWorkspaces> log) : IInstallations, IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);
    private static readonly Duration ChannelsEvery = Duration.FromHours(6);

    // Slack waits three seconds for an acknowledgement.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // How long the others wait for the workspace whose token is a setting.
    private static readonly TimeSpan SingleWithin = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Served> served = [];
    private readonly ConcurrentDictionary<Installation, bool> unreadable = [];
    private readonly ConcurrentDictionary<string, bool> suspected = [];
    private readonly SemaphoreSlim gate = new(1);

    public Task Ready => ready.Task;

    public void Dispose() => gate.Dispose();

    public async Task RunAsync(CancellationToken ct)
    {
        var one = settings.BotToken is null ? Task.CompletedTask : single.RunAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await LookAsync(ct);
                if (!ready.Task.IsCompleted)
                {
                    if (settings.BotToken is not null)
                        await Task.WhenAny(single.Ready, Task.Delay(SingleWithin, time, ct));
                    ready.TrySetResult();
                }
            }
            catch (Exception problem) when (problem is StoreBusy or DatabaseProblem or OutcomeUnknown or DbException)
            {
                Log.NotRead(log, problem);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(LookEvery, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await one;
    }

    /// <summary>Takes over what the rows say now, and refreshes the tokens whose time has come.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            // Where a workspace has joined an organisation since, its later installation counts.
            var rows = (await table.AllAsync(ct)).Where(row => row.Token is not null).GroupBy(row => row.Team).Select(same => same.MaxBy(row => row.InstalledAt)!).ToList();
            foreach (var team in served.Keys.Except(rows.Select(row => row.Team)).ToList())
                Leave(team);
            await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (row, token) => await ServeAsync(row, token));
        }
        finally
        {
            gate.Release();
        }

        foreach (var team in suspected.Keys)
            await SettleAsync(team, ct);
    }

    /// <summary>Keeps an installation that Slack has just granted, and serves it from now on.</summary>
    /// <param name="granted">Slack's answer to <c>oauth.v2.access</c>.</param>
    /// <returns>The installation; null where the answer names neither workspace nor token.</returns>
    public async Task<Installation?> AddAsync(JsonObject granted, CancellationToken ct)
    {
        var enterprise = granted.Object("enterprise");
        var place = granted["team"] is JsonObject team ? team : enterprise;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var asked = new Installation(enterprise.Text("id"), place.Text("id"), place.Text("name"), granted.Text("bot_user_id"), granted.Text("scope"), now);
        if (asked.Team.Length == 0 || TokenKind.Read(granted, asked, seal, now) is not { } row)
            return null;

        await gate.WaitAsync(ct);
        try
        {
            await table.PutAsync(row, ct);
            suspected.TryRemove(row.Team, out _);
            Log.Installed(log, row.Team);
            await ServeAsync(row, ct);
        }
        finally
        {
            gate.Release();
        }

        return row;
    }

    public async Task RevokedAsync(Workspace workspace, CancellationToken ct)
    {
        if (!served.ContainsKey(workspace.Team))
        {
            await single.RevokedAsync(workspace, ct);
            return;
        }

        suspected[workspace.Team] = true;
        await SettleAsync(workspace.Team, ct);
    }

    // The event may be late, and the app be back since: whether the token still works settles it. Where Slack does not say, it is asked again.
    private async Task SettleAsync(string team, CancellationToken ct)
    {
        if (!served.TryGetValue(team, out var known))
        {
            suspected.TryRemove(team, out _);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        SlackAnswer answer;
        try
        {
            answer = await api.CallAsync(SlackMethod.AuthTest, known.Workspace.Token, [], limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return;
        }

        if (answer.IsDone)
        {
            suspected.TryRemove(team, out _);
        }
        else if (answer.Error is "account_inactive" or "token_revoked" or "invalid_auth" or "not_authed")
        {
            suspected.TryRemove(team, out _);
            if (await table.RevokeAsync(known.Row, Instant.FromDateTimeOffset(time.GetUtcNow()), ct))
            {
                Log.Revoked(log, team);
                Leave(team);
            }
            else
            {
                await LookAsync(ct);
            }
        }
    }

    private async Task ServeAsync(Installation row, CancellationToken ct)
    {
        if (refresh.IsDue(row))
            row = await refresh.RefreshAsync(row, ct) ?? row;
        if (seal.Open(row.Token!, TokenKind.Bot, row.Enterprise, row.Team) is not { } token)
        {
            if (unreadable.TryAdd(row with { Token = null, Refresh = null, ExpiresAt = null }, true))
                Log.Unreadable(log, row.Team);
            Leave(row.Team);
            return;
        }

        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (served.TryGetValue(row.Team, out var known) && known.Row.InstalledAt == row.InstalledAt && known.Row.Enterprise == row.Enterprise)
        {
            known.Workspace.Token = token;
            if (known.ChannelsAt + ChannelsEvery <= now && await channels.LoadAsync(known.Workspace, ct))
                known = known with { ChannelsAt = now };
            served[row.Team] = known with { Row = row };
            return;
        }

        var workspace = new Workspace(row.Team, row.Enterprise, row.Name, row.BotUser) { Token = token };
        workspaces.Set(workspace);

        // Where Slack does not tell the channels now, it is asked again at the next look.
        served[row.Team] = new Served(row, workspace, await channels.LoadAsync(workspace, ct) ? now : Instant.MinValue + ChannelsEvery);
    }

    private void Leave(string team)
    {
        if (served.TryRemove(team, out _))
            workspaces.Remove(team);
    }

    private sealed record Served(Installation Row, Workspace Workspace, Instant ChannelsAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The app was installed in {Team}")]
        public static partial void Installed(ILogger log, string team);

        [LoggerMessage(LogLevel.Warning, "The app was taken out of {Team}; its token is deleted. What is to be said there waits some hours for it to come back")]
        public static partial void Revoked(ILogger log, string team);

        [LoggerMessage(LogLevel.Error, "The token of {Team} cannot be opened: it was sealed with another client secret than CopBot__Slack__ClientSecret. Set the former one again, or have somebody install the app there once more (/slack/install). Until then {Team} is not served")]
        public static partial void Unreadable(ILogger log, string team);

        [LoggerMessage(LogLevel.Error, "The installations could not be read; it is tried again in a moment")]
        public static partial void NotRead(ILogger log, Exception problem);
    }
}
