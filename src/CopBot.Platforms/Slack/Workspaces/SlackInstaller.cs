using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Api;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>How an installation ended: what was installed, or Slack's word for why it was not.</summary>
public sealed record SlackInstallResult(Installation? Installed, SlackAnswer Answer);

/// <summary>Installs the app in a workspace by OAuth (https://docs.slack.dev/authentication/installing-with-oauth).</summary>
public sealed class SlackInstaller(SlackSettings settings, SlackApi api, InstalledWorkspaces workspaces)
{
    /// <summary>Slack's page on which somebody consents.</summary>
    /// <param name="redirect">Where Slack sends them back to; it stands in the app's settings.</param>
    /// <param name="state">What proves that they come back from where they were sent.</param>
    public Uri Consent(Uri redirect, string state) => new(settings.ApiBase,
        $"/oauth/v2/authorize?client_id={Uri.EscapeDataString(settings.ClientId!)}&scope={Uri.EscapeDataString(SlackScopes.Asked)}&redirect_uri={Uri.EscapeDataString(redirect.AbsoluteUri)}&state={Uri.EscapeDataString(state)}");

    /// <summary>Gives Slack the code that they came back with, good for ten minutes and once, and keeps the tokens it gives for it.</summary>
    public async Task<SlackInstallResult> FinishAsync(string code, Uri redirect, CancellationToken ct)
    {
        var args = new JsonObject { ["client_id"] = settings.ClientId, ["client_secret"] = settings.ClientSecret, ["code"] = code, ["redirect_uri"] = redirect.AbsoluteUri };
        var answer = await api.CallAsync(SlackMethod.Access, null, args, ct);
        return new(answer.IsDone ? await workspaces.AddAsync(answer.Body, ct) : null, answer);
    }
}
