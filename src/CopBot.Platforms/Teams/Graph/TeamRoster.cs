using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Conversations;
using Microsoft.Graph.Models;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>Somebody in a team.</summary>
/// <param name="User">Their id in the directory.</param>
/// <param name="Address">Where their calendar's invitations go; null where Microsoft does not say.</param>
public sealed record TeamMate(string User, string? Address);

/// <summary>
/// Who is in a team: by Microsoft Graph (graph/api/team-list-members), to which the team consents with the app; otherwise by the service of the team
/// (bots/how-to/get-teams-context, “Fetch the roster”). Asked when it is needed and kept nowhere.
/// </summary>
public sealed class TeamRoster(TeamsGraph graph, TeamsApi api)
{
    private const int PageSize = 500;

    /// <summary>A team may have 25,000 members; beyond that something is wrong with the pages.</summary>
    private const int MostPages = 100;

    /// <summary>Everybody in a team; null where nobody says.</summary>
    public async Task<IReadOnlyList<TeamMate>?> OfAsync(TeamsChannel team, CancellationToken ct) =>
        (team.Group is { } group ? await ByGraphAsync(group, ct) : null) ?? await ByServiceAsync(team, ct);

    private async Task<List<TeamMate>?> ByGraphAsync(string group, CancellationToken ct)
    {
        var mates = new List<TeamMate>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var after = next;
            var answer = await graph.AskAsync("members of a team", (client, token) => after is null
                ? client.Teams[group].Members.GetAsync(request => request.QueryParameters.Top = PageSize, token)
                : client.Teams[group].Members.WithUrl(after).GetAsync(cancellationToken: token), ct);
            if (!answer.IsDone || answer.Value?.Value is not { } members)
                return null;
            mates.AddRange(members.OfType<AadUserConversationMember>().Where(member => member.UserId is not null).Select(member => new TeamMate(member.UserId!, member.Email)));
            next = answer.Value.OdataNextLink;
            if (next is null)
                break;
        }

        return mates;
    }

    private async Task<List<TeamMate>?> ByServiceAsync(TeamsChannel team, CancellationToken ct)
    {
        var mates = new List<TeamMate>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await api.CallAsync(team.Service, TeamsCall.Members(team.Team, PageSize, next), null, ct);

            // Of a team that it is in no more nobody is asked for.
            if (answer.IsShutOut)
                return [];
            if (!answer.IsDone)
                return null;
            mates.AddRange(answer.Body.Objects("members").Select(member => new TeamMate(member.TextOrNull("aadObjectId") ?? member.Text("objectId"), member.TextOrNull("email") ?? member.TextOrNull("userPrincipalName"))).Where(mate => mate.User.Length > 0));
            next = answer.Body.TextOrNull("continuationToken");
            if (next is null)
                break;
        }

        return mates;
    }
}
