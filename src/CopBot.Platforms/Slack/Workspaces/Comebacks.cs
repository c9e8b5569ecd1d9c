using System.Data.Common;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>Lets channels count again that are noted as gone while the bot is in them: somebody let it in while nobody listened to Slack.</summary>
public sealed partial class Comebacks(Store store, Communities communities, SlackChannels channels, ILogger<Comebacks> log)
{
    /// <summary>Asks Slack for the channels of a workspace, and notes those that are back. False where either did not come about; it is to be asked again.</summary>
    public async Task<bool> LoadAsync(Workspace workspace, CancellationToken ct)
    {
        if (!await channels.LoadAsync(workspace, ct))
            return false;

        try
        {
            await store.WriteAsync(communities.Of(SlackPlatform.PlatformName, workspace.Team), (work, token) => NoteAsync(work, workspace, token), ct);
            return true;
        }
        catch (Exception problem) when (problem is StoreBusy or DatabaseProblem or OutcomeUnknown or DbException)
        {
            Log.NotNoted(log, problem);
            return false;
        }
    }

    // Being in a channel does not help where only some people may post.
    private async Task NoteAsync(Work work, Workspace workspace, CancellationToken ct)
    {
        var gone = await work.Sql.ListAsync(
            $"select place from gone_places where community_id = {work.CommunityId} and platform = {SlackPlatform.PlatformName} and workspace = {workspace.Team} and reason <> {SlackPlatform.ReadOnly}",
            row => row.Text(0), ct);
        foreach (var channel in gone.Where(channel => channels.Has(workspace.Team, channel)))
            await work.Get<GonePlaces>().ReturnAsync(new Place(SlackPlatform.PlatformName, workspace.Team, channel), ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Channels that the bot is in again could not be noted; it is tried again in a moment")]
        public static partial void NotNoted(ILogger log, Exception problem);
    }
}
