namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>Where the app is installed: one workspace whose token is a setting, or those that installed it by themselves.</summary>
public interface IInstallations
{
    /// <summary>Fills <see cref="Workspaces"/> with all of them and keeps their tokens good until stopped. Returns only then.</summary>
    Task RunAsync(CancellationToken ct);

    /// <summary>Completes once every workspace that answers is known.</summary>
    Task Ready { get; }

    /// <summary>Slack said that the app was taken out of a workspace.</summary>
    Task RevokedAsync(Workspace workspace, CancellationToken ct);
}
