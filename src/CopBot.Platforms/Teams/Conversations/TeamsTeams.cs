using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Api;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>Asks which channels a team has (bots/how-to/get-teams-context, “Get the list of channels in a team”).</summary>
public sealed class TeamsTeams(TeamsApi api, TeamsConversations conversations)
{
    /// <summary>Takes over the channels of a team. False where Teams does not say; then its first channel alone is known.</summary>
    public async Task<bool> LookAsync(string team, string? name, Uri service, CancellationToken ct)
    {
        var known = conversations.Find(team);
        name ??= known?.TeamName ?? (await api.CallAsync(service, TeamsCall.Team(team), null, ct)).Body.TextOrNull("name") ?? "the team";
        var listed = await api.CallAsync(service, TeamsCall.Channels(team), null, ct);
        var channels = listed.Body.Objects("conversations").Where(channel => channel.Text("id").Length > 0)
            .Select(channel => new TeamsChannel(channel.Text("id"), team, name, NameOf(channel, team), service)).ToList();
        if (listed.IsDone && channels.Count > 0)
            await conversations.SetTeamAsync(team, channels, ct);
        else if (known is null)
            await conversations.SetTeamAsync(team, [new(team, team, name, TeamsChannel.First, service)], ct);
        return listed.IsDone;
    }

    private static string NameOf(JsonObject channel, string team) =>
        channel.TextOrNull("name") is { Length: > 0 } name ? name : channel.Text("id") == team ? TeamsChannel.First : channel.Text("id");
}
