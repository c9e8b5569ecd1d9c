using System.Collections.Concurrent;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>The workspaces that are served now.</summary>
public sealed class Workspaces
{
    private readonly ConcurrentDictionary<string, Workspace> byTeam = new();

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<Workspace> All => [.. byTeam.Values.OrderBy(workspace => workspace.Team, StringComparer.Ordinal)];

    /// <summary>The one of an id: the workspace's own, else the organisation's that it belongs to; null where the app is in neither.</summary>
    public Workspace? Find(string team, string? enterprise = null) =>
        byTeam.GetValueOrDefault(team) ?? (enterprise is { Length: > 0 } ? byTeam.GetValueOrDefault(enterprise) : null);

    /// <summary>Serves a workspace from now on, in place of what was known of it.</summary>
    public void Set(Workspace workspace) => byTeam[workspace.Team] = workspace;

    /// <summary>Serves a workspace no longer.</summary>
    public void Remove(string team) => byTeam.TryRemove(team, out _);
}
