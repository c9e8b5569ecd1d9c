using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Api;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>Asks which channels a team has (bots/how-to/get-teams-context, “Get the list of channels in a team”).</summary>
public sealed class TeamsTeams(TeamsApi api, TeamsConversations conversations)
{
    /// <summary>Takes over the channels of a team. False where Teams does not say; then its first channel alone is known.</summary>
    /// <param name="about">What an activity tells of the team: its id, and at times its name and its id in Microsoft Graph.</param>
    /// <param name="service">The service that the activity came from.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<bool> LookAsync(JsonObject about, Uri service, CancellationToken ct)
    {
        var team = about.Text("id");
        var known = conversations.Find(team);
        var (name, group) = (about.TextOrNull("name") ?? known?.TeamName, about.TextOrNull("aadGroupId") ?? known?.Group);
        if (name is null || group is null)
        {
            var told = (await api.CallAsync(service, TeamsCall.Team(team), null, ct)).Body;
            (name, group) = (name ?? told.TextOrNull("name") ?? "the team", group ?? told.TextOrNull("aadGroupId"));
        }

        var listed = await api.CallAsync(service, TeamsCall.Channels(team), null, ct);
        var channels = listed.Body.Objects("conversations").Where(channel => channel.Text("id").Length > 0)
            .Select(channel => new TeamsChannel(channel.Text("id"), team, name, NameOf(channel, team), service, group)).ToList();
        if (listed.IsDone && channels.Count > 0)
            await conversations.SetTeamAsync(team, channels, ct);
        else if (known is null)
            await conversations.SetTeamAsync(team, [new(team, team, name, TeamsChannel.First, service, group)], ct);
        return listed.IsDone;
    }

    private static string NameOf(JsonObject channel, string team) =>
        channel.TextOrNull("name") is { Length: > 0 } name ? name : channel.Text("id") == team ? TeamsChannel.First : channel.Text("id");
}
