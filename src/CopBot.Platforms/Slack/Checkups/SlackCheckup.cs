using System.Globalization;
using System.Runtime.CompilerServices;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Checkups;

/// <summary>Looks at an installation's side of Slack and at Slack's side of it: what is reached, what is allowed, where the bot is.</summary>
public sealed class SlackCheckup(SlackSettings settings, SlackApi api, WorkspaceCheckup workspaces, PublicAddress address, IDatabase database, TimeProvider time, InstallationTable? table = null, TokenSeal? seal = null) : ICheckup
{
    // Slack refuses, and we refuse, what is signed five minutes off; below that nothing else minds.
    private static readonly TimeSpan ClockOff = TimeSpan.FromSeconds(60);

    public string Platform => "Slack";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var test = await api.CallAsync(SlackMethod.AuthTest, settings.BotToken, [], ct);
        if (Reach(test) is { } unreached)
        {
            yield return unreached;
            yield break;
        }

        yield return Finding.Well($"{settings.ApiBase.Host} answers.");
        if (Clock(test) is { } clock)
            yield return clock;
        if (settings.UsesSockets)
            yield return await SocketsAsync(ct);
        foreach (var finding in Http())
            yield return finding;
        if (settings.BotToken is { } token)
        {
            await foreach (var finding in workspaces.LookAsync(token, "CopBot__Slack__BotToken", test, ct))
                yield return finding;
        }

        if (settings.Installs)
        {
            await foreach (var finding in InstallationsAsync(ct))
                yield return finding;
        }
    }

    private static Finding? Reach(SlackAnswer answer) => answer switch
    {
        { IsDone: true } or { Outcome: SlackOutcome.Permanent } when answer.Error?.StartsWith("http_", StringComparison.Ordinal) != true => null,
        { Error: "ratelimited" or "paced" } => Finding.Wrong("Slack asks to be called less often.", "Wait a minute and run `copbot doctor` again."),
        { Error: "NameResolutionError" } => Finding.Wrong("Slack cannot be reached: its name is not found.", "Let this machine resolve slack.com, or set HTTPS_PROXY where a proxy does."),
        { Error: "SecureConnectionError" } => Finding.Wrong("Slack cannot be reached: no secure connection comes about.", "Something in between (a proxy that looks into traffic?) shows a certificate that this machine does not trust: add it to the system's certificates."),
        _ => Finding.Wrong($"Slack cannot be reached ({answer.Error}).", "Let this machine connect to https://slack.com and wss://wss-primary.slack.com on port 443, or set HTTPS_PROXY to a proxy that may."),
    };

    private Finding? Clock(SlackAnswer answer)
    {
        if (answer.At is not { } theirs)
            return null;

        var off = time.GetUtcNow() - theirs;
        return off.Duration() <= ClockOff
            ? Finding.Well("This machine's clock goes as Slack's does.")
            : Finding.Wrong(string.Create(CultureInfo.InvariantCulture, $"This machine's clock is {off.Duration().TotalSeconds:0} seconds {(off < TimeSpan.Zero ? "slow" : "fast")}: posts come at the wrong time, and from five minutes on Slack's requests are refused."), "Let it follow a time server (on Linux: `timedatectl set-ntp true`).");
    }

    private async Task<Finding> SocketsAsync(CancellationToken ct)
    {
        const string again = "In the app's settings, “Basic Information”, “App-Level Tokens”, make one with the scope connections:write and set CopBot__Slack__AppToken to it.";
        var answer = await api.CallAsync(SlackMethod.OpenConnection, settings.AppToken, [], ct);
        return answer.Error switch
        {
            null => Finding.Well("The app token opens connections: Socket Mode works."),
            "missing_scope" => Finding.Wrong("The app token lacks the scope connections:write, so nothing that people say arrives.", again),
            "not_allowed_token_type" => Finding.Wrong("CopBot__Slack__AppToken is a token of another kind.", again),
            "invalid_auth" or "not_authed" or "token_revoked" or "account_inactive" => Finding.Wrong($"Slack does not know the app token ({answer.Error}).", again),
            _ when answer.Outcome == SlackOutcome.Permanent => Finding.Wrong($"Slack opens no connection ({answer.Error}), so nothing that people say arrives.", "In the app's settings, “Socket Mode”, switch “Enable Socket Mode” on."),
            _ => Finding.Wrong($"Slack gave no answer about connections ({answer.Error}).", "Run `copbot doctor` again in a minute."),
        };
    }

    private IEnumerable<Finding> Http()
    {
        if (!settings.UsesHttp && !settings.Installs)
            yield break;

        if (settings.UsesHttp)
            yield return Finding.Well("The signing secret is set; whether it is the app's shows with the first request.");
        if (address.Base is not { } outside)
        {
            yield return Finding.Wrong("It is not said under which address Slack and people reach this process.", "Set CopBot__PublicUrl to it, such as https://copbot.example.org.");
            yield break;
        }

        if (outside.Scheme != Uri.UriSchemeHttps && !outside.IsLoopback)
            yield return Finding.Wrong($"CopBot__PublicUrl is {outside}, and Slack wants https.", "Put a reverse proxy with a certificate before this process, and set CopBot__PublicUrl to its address.");

        var at = outside.AbsoluteUri.TrimEnd('/');
        if (settings.UsesHttp && !settings.UsesSockets)
        {
            yield return Finding.Note($"Event Subscriptions, Request URL: {at}{SlackAddresses.Events}");
            yield return Finding.Note($"Interactivity & Shortcuts, Request URL and Options Load URL: {at}{SlackAddresses.Interactions}");
            yield return Finding.Note($"Slash Commands, /cop, Request URL: {at}{SlackAddresses.Commands}");
        }

        if (settings.Installs)
        {
            yield return Finding.Note($"OAuth & Permissions, Redirect URL: {at}{SlackAddresses.Callback}");
            yield return Finding.Note($"People install the app at {at}{SlackAddresses.Install}");
        }
    }

    private async IAsyncEnumerable<Finding> InstallationsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (table is null || seal is null)
            yield break;

        // Before the first start there is nothing to read.
        var rows = (await database.TablesAsync(ct)).Contains("slack_installations") ? await table.AllAsync(ct) : [];
        if (rows.All(row => row.Token is null))
            yield return Finding.Note("No workspace has installed the app yet.");
        foreach (var row in rows.Where(row => row.Token is not null))
        {
            var again = address.Base is { } outside ? $"Install the app there again: {outside.AbsoluteUri.TrimEnd('/')}{SlackAddresses.Install}" : $"Install the app there again ({SlackAddresses.Install}).";
            if (seal.Open(row.Token!, TokenKind.Bot, row.Enterprise, row.Team) is not { } token)
            {
                yield return Finding.Wrong($"{row.Name}: its token was sealed with another client secret.", $"Set CopBot__Slack__ClientSecret to the former one. Or: {again}");
                continue;
            }

            if (row.ExpiresAt is { } end && row.Refresh is null)
                yield return Finding.Wrong($"{row.Name}: its token is good until {end} and cannot be refreshed.", again);
            await foreach (var finding in workspaces.LookAsync(token, again, await api.CallAsync(SlackMethod.AuthTest, token, [], ct), ct))
                yield return finding;
        }
    }
}
