using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Platforms.Wording;
using Microsoft.Graph.Models;
using GroupMembers = CopBot.Core.Chat.GroupMembers;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>
/// A tag per rotation in each team, so that <c>@core team</c> reaches whoever serves now (graph/api/resources/teamworktag). It is made by the bot; a tag of that name
/// which somebody else made is left alone.
/// </summary>
public sealed class TeamTags(TeamsGraph graph, TeamRoster roster, TeamsConversations conversations, Store store) : IGroupSync
{
    private const int LongestName = 40;

    // What one call makes a tag with; a rotation has far fewer seats.
    private const int Most = 25;
    private const int MostListed = 100;

    // Stands for the id of a tag that Graph has been asked to make.
    private const string Making = "making";

    public string Platform => TeamsPlatform.PlatformName;

    public async Task<SyncOutcome> SetAsync(GroupMembers group, CancellationToken ct)
    {
        var outcome = SyncOutcome.Done;
        var users = group.Members.Where(member => member.Workspace == conversations.Tenant).Select(member => member.UserId).Distinct().ToList();
        foreach (var team in conversations.Teams.Where(team => team.Group is not null))
        {
            var one = await SetAsync(team, group, users, ct);

            // What one team refuses for good keeps no other from being asked again soon.
            if (one.Kind == SyncOutcomeKind.Later || outcome.Kind == SyncOutcomeKind.Done)
                outcome = one;
        }

        return outcome;
    }

    private async Task<SyncOutcome> SetAsync(TeamsChannel team, GroupMembers group, IReadOnlyList<string> serving, CancellationToken ct)
    {
        var known = await KnownAsync(team, group, ct);
        if (serving.Count == 0 && known is null)
            return SyncOutcome.Done;
        if (await roster.OfAsync(team, ct) is not { } mates)
            return new(SyncOutcomeKind.Later, Problem: $"Teams does not say who is in {team.TeamName}");
        var users = serving.Where(user => mates.Any(mate => mate.User == user)).Take(Most).ToList();

        // A tag with nobody in it is none.
        if (users.Count == 0)
            return known is null or Making ? SyncOutcome.Done : await RemoveAsync(team, group, known, ct);
        return (known is null or Making ? null : await ChangeAsync(team, known, users, ct)) ?? await MakeAsync(team, group, known is Making, users, ct);
    }

    private async Task<SyncOutcome> MakeAsync(TeamsChannel team, GroupMembers group, bool asked, IReadOnlyList<string> users, CancellationToken ct)
    {
        var listed = await graph.AskAsync("tags of a team", (client, token) => client.Teams[team.Group].Tags.GetAsync(request => request.QueryParameters.Top = MostListed, token), ct);
        if (!listed.IsDone)
            return listed.Outcome(TeamsPermissions.Tags);
        if (listed.Value?.Value?.FirstOrDefault(tag => Short(group.Name).Equals(tag.DisplayName, StringComparison.OrdinalIgnoreCase)) is { Id: { } there })
        {
            // It was about to make one when it last got no answer; there was none of that name before.
            if (!asked)
                return new(SyncOutcomeKind.Refused, Problem: $"{team.TeamName} has a tag “{group.Name}” that somebody else made; rename one of the two");
            await NoteAsync(team, group, there, ct);
            return await ChangeAsync(team, there, users, ct) ?? SyncOutcome.Done;
        }

        await NoteAsync(team, group, Making, ct);
        var tag = new TeamworkTag { DisplayName = Short(group.Name), Members = [.. users.Select(user => new TeamworkTagMember { UserId = user })] };
        var made = await graph.AskAsync("a tag", (client, token) => client.Teams[team.Group].Tags.PostAsync(tag, cancellationToken: token), ct);
        if (!made.IsDone || made.Value?.Id is not { } id)
        {
            if (made.Kind == SyncOutcomeKind.Refused)
                await ForgetAsync(team, group, ct);
            return made.Outcome(TeamsPermissions.Tags);
        }

        await NoteAsync(team, group, id, ct);
        return SyncOutcome.Done;
    }

    // Null where it is not there any more. Whoever comes is in it before those who go leave, for a tag without anybody ends.
    private async Task<SyncOutcome?> ChangeAsync(TeamsChannel team, string tag, IReadOnlyList<string> users, CancellationToken ct)
    {
        var members = await graph.AskAsync("members of a tag", (client, token) => client.Teams[team.Group].Tags[tag].Members.GetAsync(request => request.QueryParameters.Top = MostListed, token), ct);
        if (members.IsMissing)
            return null;
        if (!members.IsDone)
            return members.Outcome(TeamsPermissions.Tags);

        var before = members.Value?.Value ?? [];
        foreach (var user in users.Where(user => before.TrueForAll(member => member.UserId != user)))
        {
            var added = await graph.AskAsync("a member of a tag", (client, token) => client.Teams[team.Group].Tags[tag].Members.PostAsync(new TeamworkTagMember { UserId = user }, cancellationToken: token), ct);
            if (!added.IsDone && !added.IsThere)
                return added.Outcome(TeamsPermissions.Tags);
        }

        foreach (var gone in before.Where(member => member.Id is not null && !users.Contains(member.UserId!)))
        {
            var taken = await graph.AskAsync("a member of a tag", (client, token) => client.Teams[team.Group].Tags[tag].Members[gone.Id].DeleteAsync(cancellationToken: token), ct);
            if (!taken.IsDone && !taken.IsMissing)
                return taken.Outcome(TeamsPermissions.Tags);
        }

        return SyncOutcome.Done;
    }

    private async Task<SyncOutcome> RemoveAsync(TeamsChannel team, GroupMembers group, string id, CancellationToken ct)
    {
        var gone = await graph.AskAsync("the end of a tag", (client, token) => client.Teams[team.Group].Tags[id].DeleteAsync(cancellationToken: token), ct);
        if (!gone.IsDone && !gone.IsMissing)
            return gone.Outcome(TeamsPermissions.Tags);
        await ForgetAsync(team, group, ct);
        return SyncOutcome.Done;
    }

    private Task<string?> KnownAsync(TeamsChannel team, GroupMembers group, CancellationToken ct) =>
        store.ReadAsync(group.Community, (work, token) => work.Sql.FirstAsync($"select tag_id from teams_tags where rotation_id = {group.Follows} and team = {team.Team}", row => (string?)row.Text(0), token), ct);

    private Task NoteAsync(TeamsChannel team, GroupMembers group, string tag, CancellationToken ct) =>
        store.WriteAsync(group.Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into teams_tags (community_id, rotation_id, team, tag_id) values ({group.Community}, {group.Follows}, {team.Team}, {tag})
            on conflict (rotation_id, team) do update set tag_id = excluded.tag_id
            """, token), ct);

    private Task ForgetAsync(TeamsChannel team, GroupMembers group, CancellationToken ct) =>
        store.WriteAsync(group.Community, (work, token) => work.Sql.ExecuteAsync($"delete from teams_tags where rotation_id = {group.Follows} and team = {team.Team}", token), ct);

    private static string Short(string name) => CodePoints.Fit(name, LongestName);
}
