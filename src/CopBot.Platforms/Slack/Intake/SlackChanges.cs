using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>
/// What happens to accounts, channels and the installation itself (https://docs.slack.dev/reference/events). Noting something twice is noting it once,
/// so a late or repeated event does no harm.
/// </summary>
public sealed class SlackChanges(Store store, Communities communities, Members members, SlackChannels channels, IInstallations installations)
{
    /// <summary>Notes it, where it concerns the bot.</summary>
    public Task NoteAsync(Workspace workspace, JsonObject happened, CancellationToken ct)
    {
        var mine = happened.Text("user") == workspace.BotUser;
        return happened.Text("type") switch
        {
            "user_change" or "team_join" => AccountAsync(workspace, happened.Object("user"), ct),
            "channel_rename" or "group_rename" => Named(workspace, happened.Object("channel")),
            "channel_archive" or "group_archive" => GoneAsync(workspace, happened.Text("channel"), "it was archived", ct),
            "channel_deleted" or "group_deleted" => GoneAsync(workspace, happened.Text("channel"), "it was deleted", ct),
            "channel_left" or "group_left" => GoneAsync(workspace, happened.Text("channel"), "I was taken out of it", ct),
            "member_left_channel" when mine => GoneAsync(workspace, happened.Text("channel"), "I was taken out of it", ct),
            "member_joined_channel" when mine => BackAsync(workspace, happened.Text("channel"), ct),
            "channel_unarchive" or "group_unarchive" => BackAsync(workspace, happened.Text("channel"), ct),
            "app_uninstalled" or "tokens_revoked" => installations.RevokedAsync(workspace, ct),
            _ => Task.CompletedTask,
        };
    }

    private async Task AccountAsync(Workspace workspace, JsonObject user, CancellationToken ct)
    {
        if (user.Text("id").Length == 0)
            return;

        var member = members.Note(workspace.Team, user);
        await WriteAsync(workspace, (work, token) => work.Get<IDirectory>().SetLeftAsync(new Handle(SlackPlatform.PlatformName, workspace.Team, member.Id, member.Name), user.Flag("deleted"), token), ct);
    }

    private Task Named(Workspace workspace, JsonObject channel)
    {
        if (channels.Has(workspace.Team, channel.Text("id")))
            channels.Set(workspace.Team, channel.Text("id"), channel.Text("name"));
        return Task.CompletedTask;
    }

    private async Task GoneAsync(Workspace workspace, string channel, string reason, CancellationToken ct)
    {
        if (!channels.Has(workspace.Team, channel))
            return;

        // The leads are told by its name, so that goes last.
        await WriteAsync(workspace, (work, token) => work.Get<GonePlaces>().SetAsync(Place(workspace, channel), reason, token), ct);
        channels.Remove(workspace.Team, channel);
    }

    private async Task BackAsync(Workspace workspace, string channel, CancellationToken ct)
    {
        // Where Slack does not say which ones there are now, it is tried: what it does not take waits on.
        var told = await channels.LoadAsync(workspace, ct);
        if (!told || channels.Has(workspace.Team, channel))
            await WriteAsync(workspace, (work, token) => work.Get<GonePlaces>().ReturnAsync(Place(workspace, channel), token), ct);

        // Its name is to be known as well: the event comes again.
        if (!told)
            throw new NotYetReady();
    }

    private Task WriteAsync(Workspace workspace, Func<Work, CancellationToken, Task> write, CancellationToken ct) =>
        store.WriteAsync(communities.Of(SlackPlatform.PlatformName, workspace.Team), write, ct);

    private static Place Place(Workspace workspace, string channel) => new(SlackPlatform.PlatformName, workspace.Team, channel);
}
