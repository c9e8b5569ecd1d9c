using System.Data.Common;
using System.Text.Json.Nodes;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>
/// Refreshes tokens that end (https://docs.slack.dev/authentication/using-token-rotation): Slack takes what a token is refreshed with once, and gives
/// another with the new token. So one process at a time does it for an installation, and what Slack gave is stored before it is used.
/// </summary>
public sealed partial class TokenRefresh(SlackSettings settings, SlackApi api, InstallationTable table, TokenSeal seal, TimeProvider time, ILogger<TokenRefresh> log)
{
    /// <summary>How long before its end a token is refreshed; it lasts twelve hours.</summary>
    public static readonly Duration Ahead = Duration.FromHours(2);

    // Longer than an answer of Slack may take; a process that died with it loses it then.
    private static readonly Duration Claim = Duration.FromMinutes(1);

    private const int StoreTries = 40;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>Whether it is time to refresh the token of an installation.</summary>
    public bool IsDue(Installation one) => one is { Token: not null, Refresh: not null, ExpiresAt: { } end } && end - Ahead <= Now();

    /// <summary>The installation with its new token; null where another process sees to it, or Slack did not give one now.</summary>
    public async Task<Installation?> RefreshAsync(Installation one, CancellationToken ct)
    {
        var now = Now();
        if (seal.Open(one.Refresh!, TokenKind.Refresh, one.Enterprise, one.Team) is not { } refresh || !await table.ClaimAsync(one, now, now + Claim, ct))
            return null;

        // From here on it is seen through, even if the process is asked to stop: what Slack gives, it gives once.
        var args = new JsonObject { ["client_id"] = settings.ClientId, ["client_secret"] = settings.ClientSecret, ["grant_type"] = "refresh_token", ["refresh_token"] = refresh };
        var answer = await api.CallAsync(SlackMethod.Access, null, args, CancellationToken.None);
        if (answer.IsDone && TokenKind.Read(answer.Body, one, seal, Now()) is { } renewed)
            return await KeepAsync(renewed) ? renewed : null;

        switch (answer.Outcome)
        {
            case SlackOutcome.Permanent when answer.Error is "invalid_refresh_token":
                Log.Ended(log, one.Team, one.ExpiresAt);
                await table.GiveUpAsync(one, CancellationToken.None);
                break;
            case SlackOutcome.Permanent:
                Log.Refused(log, one.Team, answer.Error, one.ExpiresAt);
                break;
            case SlackOutcome.Done or SlackOutcome.Unknown:
                // The claim is left to lapse: in a minute Slack tells whether it has done it already.
                Log.AnswerLost(log, one.Team, one.ExpiresAt);
                break;
            default:
                await table.ReleaseAsync(one, CancellationToken.None);
                break;
        }

        return null;
    }

    private async Task<bool> KeepAsync(Installation renewed)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await table.RenewAsync(renewed, CancellationToken.None);
            }
            catch (Exception problem) when (problem is StoreBusy or DatabaseProblem or OutcomeUnknown or DbException && attempt < StoreTries)
            {
                Log.NotStored(log, renewed.Team, problem);
                await Task.Delay(BetweenTries, time);
            }
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The token of {Team} cannot be refreshed any more: Slack has given another for it already, and its answer was lost. It is good until {End}; install the app there again before that (/slack/install)")]
        public static partial void Ended(ILogger log, string team, Instant? end);

        [LoggerMessage(LogLevel.Error, "Slack does not refresh the token of {Team}: {Error}. Are CopBot__Slack__ClientId and CopBot__Slack__ClientSecret the app's? It is tried again every minute; the token is good until {End}")]
        public static partial void Refused(ILogger log, string team, string? error, Instant? end);

        [LoggerMessage(LogLevel.Warning, "Slack's answer to refreshing the token of {Team} was lost. It is asked again in a minute; the token is good until {End}")]
        public static partial void AnswerLost(ILogger log, string team, Instant? end);

        [LoggerMessage(LogLevel.Error, "The new token of {Team} could not be stored; it is tried again, and not used before")]
        public static partial void NotStored(ILogger log, string team, Exception problem);
    }
}
