using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Slack;

/// <summary>The app's own page in Slack: what concerns the person who opens it. It is made anew at each opening, and nothing of it is kept.</summary>
public sealed partial class HomeTab(SlackApi api, OwnPage page, Members members, ILogger<HomeTab> log)
{
    /// <summary>Begins to show it; whoever tells of the opening is not kept waiting.</summary>
    public void Show(Workspace workspace, string user) => _ = ShowSafelyAsync(workspace, user);

    /// <summary>Shows it.</summary>
    public async Task ShowAsync(Workspace workspace, string user, CancellationToken ct)
    {
        var member = await members.FindAsync(workspace, user, null, ct);
        var account = new Handle(SlackPlatform.PlatformName, workspace.Team, user, member.Name);
        var (sections, names) = await page.OfAsync(account, SlackPlatform.PlatformName, ct);
        var view = SlackHome.Of(sections, new SlackReader(names, static _ => null));
        await api.CallAsync(SlackMethod.PublishView, workspace.Token, new JsonObject { ["user_id"] = user, ["view"] = view }, ct);
    }

    private async Task ShowSafelyAsync(Workspace workspace, string user)
    {
        try
        {
            await ShowAsync(workspace, user, CancellationToken.None);
        }
        catch (Exception problem)
        {
            Log.NotShown(log, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Somebody's home tab could not be shown")]
        public static partial void NotShown(ILogger log, Exception problem);
    }
}
