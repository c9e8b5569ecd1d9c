using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Conversations;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// What becomes of teams, channels and members, as far as the League has to know (bots/how-to/conversations/subscribe-to-conversation-events). Noting
/// something twice is noting it once, so a late or repeated activity does no harm.
/// </summary>
public sealed class TeamsChanges(Store store, Communities communities, TeamsConversations conversations, TeamsTeams teams, TeamsMembers members, MainChannels mains)
{
    /// <summary>Notes it, where it concerns the bot.</summary>
    public async Task NoteAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        var data = activity.Object("channelData");
        var bot = activity.Object("recipient").Text("id");
        var (came, went) = (activity.Objects("membersAdded").ToList(), activity.Objects("membersRemoved").ToList());
        var (added, taken) = (activity.Text("action") is "add" or "add-upgrade" || came.Any(one => one.Text("id") == bot), activity.Text("action") is "remove" or "remove-upgrade" || went.Any(one => one.Text("id") == bot));
        if (data.Object("team").TextOrNull("id") is not { } team)
        {
            if (TeamsSpeech.IsPersonal(activity))
                await PersonalAsync(activity, service, taken, ct);
            else if (taken)
                await LeftAsync(activity.Object("conversation").Text("id"), "I was taken out of the chat", ct);
            else if (added)
                await ChatAsync(activity, service, ct);
            return;
        }

        if (taken || data.Text("eventType") is "teamDeleted" or "teamHardDeleted")
        {
            await LeftAsync(team, "I was taken out of the team", ct);
            return;
        }

        if (data.Text("eventType") is "channelDeleted" && data.Object("channel").TextOrNull("id") is { } channel)
            await GoneAsync(channel, "it was deleted", ct);
        if (added || conversations.Find(team) is null || data.Text("eventType").StartsWith("channel", StringComparison.Ordinal) || data.Text("eventType") is "teamRenamed" or "teamRestored" or "teamUnarchived")
            await TeamAsync(data.Object("team"), service, ct);
        foreach (var (account, left) in came.Select(one => (one, false)).Concat(went.Select(one => (one, true))).Where(one => one.Item1.Text("id") != bot))
        {
            var member = await members.NoteAsync(account, service, null, ct);

            // Whoever leaves one of several teams is still here.
            if (left && await members.IsInAnyAsync(conversations.Teams.Where(other => other.Team != team), account.Text("id"), ct))
                continue;
            await WriteAsync((work, token) => work.Get<IDirectory>().SetLeftAsync(member.Handle, left, token), ct);
        }
    }

    private async Task PersonalAsync(JsonObject activity, Uri service, bool taken, CancellationToken ct)
    {
        var member = await members.NoteAsync(activity.Object("from"), service, taken ? null : activity.Object("conversation").TextOrNull("id"), ct);
        if (taken)
            await conversations.TakenOutAsync(member.Handle.UserId, ct);
    }

    // A chat of several people is in no team: it stands for itself.
    private async Task ChatAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        var chat = activity.Object("conversation").Text("id");
        await conversations.SetTeamAsync(chat, [new(chat, chat, "", activity.Object("conversation").TextOrNull("name") ?? "the group chat", service)], ct);
        await WriteAsync((work, token) => work.Get<GonePlaces>().ReturnAsync(PlaceOf(chat), token), ct);
    }

    // Where the bot is back what waited goes out.
    private async Task TeamAsync(JsonObject team, Uri service, CancellationToken ct)
    {
        await teams.LookAsync(team, service, ct);
        foreach (var channel in conversations.Channels.Where(channel => channel.Team == team.Text("id")))
            await WriteAsync((work, token) => work.Get<GonePlaces>().ReturnAsync(PlaceOf(channel.Id), token), ct);
    }

    private async Task LeftAsync(string team, string reason, CancellationToken ct)
    {
        foreach (var channel in conversations.Channels.Where(channel => channel.Team == team))
            await GoneAsync(channel.Id, reason, ct);
        await conversations.SetTeamAsync(team, [], ct);
    }

    // A team has many channels that are nothing to the League; only of its main one, and where it ever said something, somebody is told.
    private async Task GoneAsync(string channel, string reason, CancellationToken ct)
    {
        var place = PlaceOf(channel);
        var isMain = conversations.Named(await mains.OfAsync(TeamsPlatform.PlatformName, conversations.Tenant, ct))?.Id == channel;
        await WriteAsync(async (work, token) =>
        {
            if (isMain || await work.Sql.ScalarAsync<int>($"select count(*) from (select 1 as one from outbox where platform = {place.Platform} and workspace = {place.Workspace} and place = {place.Id} limit 1) said", token) > 0)
                await work.Get<GonePlaces>().SetAsync(place, reason, token);
        }, ct);
    }

    private Place PlaceOf(string channel) => new(TeamsPlatform.PlatformName, conversations.Tenant, channel);

    private Task WriteAsync(Func<Work, CancellationToken, Task> write, CancellationToken ct) => store.WriteAsync(communities.Of(TeamsPlatform.PlatformName, conversations.Tenant), write, ct);
}
