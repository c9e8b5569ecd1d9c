using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;
using NodaTime;

namespace CopBot.Platforms.Slack;

/// <summary>
/// A user group per rotation and workspace, so that <c>@core-team</c> reaches whoever serves now (https://docs.slack.dev/reference/methods/usergroups.users.update).
/// It is made by the bot; a group of that name which somebody else made is left alone.
/// </summary>
public sealed partial class SlackGroups(SlackApi api, Workspaces.Workspaces workspaces, Store store) : IGroupSync
{
    // Slack's own limit for names of groups is not published; handles are as long as those of channels.
    private const int LongestHandle = 60;
    private const string Mark = "Kept by CopBot";

    public string Platform => SlackPlatform.PlatformName;

    public async Task<SyncOutcome> SetAsync(GroupMembers group, CancellationToken ct)
    {
        var outcome = SyncOutcome.Done;
        foreach (var workspace in workspaces.All)
        {
            var users = group.Members.Where(member => member.Workspace == workspace.Team).Select(member => member.UserId).Distinct().ToList();
            var one = await SetAsync(workspace, group, users, ct);

            // What one workspace refuses for good keeps no other from being asked again soon.
            if (one.Kind == SyncOutcomeKind.Later || outcome.Kind == SyncOutcomeKind.Done)
                outcome = one;
        }

        return outcome;
    }

    private async Task<SyncOutcome> SetAsync(Workspace workspace, GroupMembers group, IReadOnlyList<string> users, CancellationToken ct)
    {
        var listed = await api.CallAsync(SlackMethod.Groups, workspace.Token, new JsonObject { ["include_disabled"] = true }, ct);
        if (!listed.IsDone)
            return OutcomeOf(listed);

        var known = await KnownAsync(workspace, group, ct);
        var handle = HandleOf(group.Name);
        var there = listed.Body.Objects("usergroups").FirstOrDefault(one => one.Text("id") == known) ?? listed.Body.Objects("usergroups").FirstOrDefault(one => one.Text("handle") == handle);
        if (there is not null && there.Text("id") != known && !there.Text("description").StartsWith(Mark, StringComparison.Ordinal))
            return new SyncOutcome(SyncOutcomeKind.Refused, Problem: $"{workspace.Name} has a user group @{handle} that somebody else made; rename one of the two");
        if (there is null && users.Count == 0)
            return SyncOutcome.Done;

        if (there is null)
        {
            var created = await api.CallAsync(SlackMethod.CreateGroup, workspace.Token, new JsonObject { ["name"] = group.Name, ["handle"] = handle, ["description"] = $"{Mark}: who serves in “{group.Name}” now" }, ct);
            if (!created.IsDone)
                return OutcomeOf(created);
            there = created.Body.Object("usergroup");
        }

        var id = there.Text("id");
        await NoteAsync(workspace, group, id, ct);
        var answer = await FillAsync(workspace, group, there, id, handle, users, ct);
        return answer is null ? SyncOutcome.Done : OutcomeOf(answer);
    }

    // Gives the first answer that is not good; null when all is as it should be.
    private async Task<SlackAnswer?> FillAsync(Workspace workspace, GroupMembers group, JsonObject there, string id, string handle, IReadOnlyList<string> users, CancellationToken ct)
    {
        var disabled = there["date_delete"]?.ToString() is { } deleted && deleted != "0";
        if (users.Count == 0)
            return disabled ? null : Bad(await CallAsync(SlackMethod.DisableGroup, []));
        if (disabled && Bad(await CallAsync(SlackMethod.EnableGroup, [])) is { } notEnabled)
            return notEnabled;
        if (there.Text("name") != group.Name && Bad(await CallAsync(SlackMethod.UpdateGroup, new JsonObject { ["name"] = group.Name, ["handle"] = handle })) is { } notRenamed)
            return notRenamed;

        var now = await CallAsync(SlackMethod.GroupMembers, []);
        if (!now.IsDone)
            return now;
        return now.Body.Texts("users").ToHashSet().SetEquals(users) ? null : Bad(await CallAsync(SlackMethod.SetGroupMembers, new JsonObject { ["users"] = string.Join(',', users) }));

        Task<SlackAnswer> CallAsync(SlackMethod method, JsonObject args)
        {
            args["usergroup"] = id;
            return api.CallAsync(method, workspace.Token, args, ct);
        }

        static SlackAnswer? Bad(SlackAnswer answer) => answer.IsDone ? null : answer;
    }

    private Task<string?> KnownAsync(Workspace workspace, GroupMembers group, CancellationToken ct) =>
        store.ReadAsync(group.Community, (work, token) => work.Sql.FirstAsync($"select group_id from slack_groups where rotation_id = {group.Follows} and team = {workspace.Team}", row => row.Text(0), token), ct);

    private Task NoteAsync(Workspace workspace, GroupMembers group, string id, CancellationToken ct) =>
        store.WriteAsync(group.Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into slack_groups (community_id, rotation_id, team, group_id) values ({group.Community}, {group.Follows}, {workspace.Team}, {id})
            on conflict (rotation_id, team) do update set group_id = excluded.group_id
            """, token), ct);

    private static SyncOutcome OutcomeOf(SlackAnswer answer) => answer.Outcome != SlackOutcome.Permanent
        ? new SyncOutcome(SyncOutcomeKind.Later, answer.RetryAfter, answer.Error)
        : new SyncOutcome(SyncOutcomeKind.Refused, Problem: answer.Error switch
        {
            "plan_upgrade_required" => "user groups need a paid plan of Slack",
            "permission_denied" => "the workspace lets only some people edit user groups: an administrator allows it to apps under “Permissions”, “User Groups”",
            "missing_scope" => "the app lacks usergroups:read or usergroups:write: add them and install it again",
            var other => other,
        });

    // Handles are lower-case letters, digits and dashes.
    private static string HandleOf(string name)
    {
        var plain = Others().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return plain.Length == 0 ? "copbot" : plain[..Math.Min(plain.Length, LongestHandle)].TrimEnd('-');
    }

    [GeneratedRegex(@"[^\p{Ll}\p{Lo}\p{N}]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
