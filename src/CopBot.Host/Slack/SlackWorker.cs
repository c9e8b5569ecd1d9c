using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Sockets;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Host.Slack;

/// <summary>Keeps Slack going while the process runs: first who is there, then what they say.</summary>
public sealed class SlackWorker(SlackSettings settings, IInstallations installations, IServiceProvider services) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var installed = installations.RunAsync(stoppingToken);
        if (settings.UsesSockets)
        {
            await Task.WhenAny(installations.Ready, installed);
            await services.GetRequiredService<SocketMode>().RunAsync(stoppingToken);
        }

        await installed;
    }
}
