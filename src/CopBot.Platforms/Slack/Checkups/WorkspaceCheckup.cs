using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Checkups;

/// <summary>Looks at one workspace: whether the token works, what it allows, where the bot is, whether it may keep user groups.</summary>
public sealed class WorkspaceCheckup(SlackApi api, SlackChannels channels, MainChannels mains)
{
    /// <summary>Looks.</summary>
    /// <param name="from">The setting that the token is from, or how to get another.</param>
    /// <param name="test">Slack's answer to <c>auth.test</c> with this token.</param>
    public async IAsyncEnumerable<Finding> LookAsync(string token, string from, SlackAnswer test, [EnumeratorCancellation] CancellationToken ct)
    {
        var again = from.StartsWith("CopBot__", StringComparison.Ordinal) ? $"In the app's settings, “OAuth & Permissions”, install it to the workspace and set {from} to the Bot User OAuth Token (xoxb-…)." : from;
        if (!test.IsDone)
        {
            yield return Token(test, again);
            yield break;
        }

        var workspace = new Workspace(test.Body.TextOrNull("team_id") ?? test.Body.Text("enterprise_id"), test.Body.Text("enterprise_id"), test.Body.Text("team"), test.Body.Text("user_id")) { Token = token };
        if (test.Body.TextOrNull("bot_id") is null)
        {
            yield return Finding.Wrong($"The token is good in {workspace.Name} ({workspace.Team}), but it is a person's and not the bot's.", again);
            yield break;
        }

        yield return Finding.Well($"The bot's token works: it is @{test.Body.Text("user")} ({workspace.BotUser}) in {workspace.Name} ({workspace.Team}).");
        var missing = SlackScopes.MissingIn(test.Body.Text("granted_scopes"));
        if (missing.Count == 0)
            yield return Finding.Well($"All {SlackScopes.All.Count} permissions are granted.");
        foreach (var scope in missing)
            yield return Finding.Wrong($"The permission {scope.Name} is not granted ({scope.Reason.TrimEnd('.')}): {scope.Without}.", from.StartsWith("CopBot__", StringComparison.Ordinal) ? "In the app's settings, “OAuth & Permissions”, “Bot Token Scopes”, add it and install the app again." : from);

        yield return await ChannelAsync(workspace, ct);
        if (missing.All(scope => scope.Name != "usergroups:read"))
            yield return Groups(await api.CallAsync(SlackMethod.Groups, token, new JsonObject { ["include_disabled"] = true }, ct));
    }

    private static Finding Token(SlackAnswer answer, string again) => answer.Error switch
    {
        "account_inactive" or "token_revoked" => Finding.Wrong($"The app was taken out of the workspace, or its token revoked ({answer.Error}).", again),
        "token_expired" => Finding.Wrong("The token has ended (token_expired).", $"Is `copbot serve` running? It refreshes tokens two hours ahead. Else: {again}"),
        "team_access_not_granted" or "org_login_required" => Finding.Wrong($"The organisation does not allow it now ({answer.Error}).", "An administrator of the organisation allows the app in this workspace."),
        _ when answer.Outcome == SlackOutcome.Permanent => Finding.Wrong($"Slack does not know the bot's token ({answer.Error}).", again),
        _ => Finding.Wrong($"Slack gave no answer about the token ({answer.Error}).", "Run `copbot doctor` again in a minute."),
    };

    private async Task<Finding> ChannelAsync(Workspace workspace, CancellationToken ct)
    {
        var name = "#" + (await mains.OfAsync(SlackPlatform.PlatformName, workspace.Team, ct)).TrimStart('#');
        if (!await channels.LoadAsync(workspace, ct))
            return Finding.Wrong("Slack does not tell which channels the bot is in.", "With channels:read and groups:read granted, run `copbot doctor` again in a minute.");
        return channels.Find(workspace.Team, name) is not null
            ? Finding.Well($"It is in {name}, the community's main channel.")
            : Finding.Wrong($"It is not in {name}, the community's main channel: what is for everybody is said nowhere.", $"In {name}, type `/invite @CopBot`; or choose another channel with `/cop settings channel=…`.");
    }

    private static Finding Groups(SlackAnswer answer) => answer.Error switch
    {
        null => Finding.Well("User groups can be read; whether the workspace lets the bot edit them shows when the first rotation has members."),
        "plan_upgrade_required" => Finding.Note("User groups need a paid plan of Slack: rotations work, only no @group follows them."),
        "permission_denied" => Finding.Wrong("The workspace lets only some people edit user groups, so no @group follows the rotations.", "An administrator allows it to apps: “Settings & administration”, “Workspace settings”, “Permissions”, “User Groups”."),
        "missing_scope" => Finding.Wrong("The permission for user groups is not granted.", "In the app's settings, “OAuth & Permissions”, add usergroups:read and usergroups:write, and install the app again."),
        var other => Finding.Wrong($"Slack does not tell the user groups ({other}).", "Run `copbot doctor` again in a minute."),
    };
}
