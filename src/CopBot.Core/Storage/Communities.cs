using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>Which community an installation's workspaces belong to, and what is known of each.</summary>
public sealed class Communities(TimeProvider time)
{
    private readonly Dictionary<(string Platform, string Workspace), int> byWorkspace = [];

    /// <summary>The zone of a community that has not chosen one.</summary>
    public DateTimeZone DefaultZone { get; init; } = DateTimeZone.Utc;

    /// <summary>Every community that workspaces are mapped to; always at least the first.</summary>
    public IReadOnlyList<int> Ids => [.. byWorkspace.Values.Append(Community.First).Distinct().Order()];

    /// <summary>Gives a workspace to a community. Without any such rule, all belong to <see cref="Community.First"/>.</summary>
    public void Map(string platform, string workspace, int community) => byWorkspace[(platform, workspace)] = community;

    /// <summary>The community of a workspace.</summary>
    public int Of(string platform, string workspace) => byWorkspace.GetValueOrDefault((platform, workspace), Community.First);

    /// <summary>The workspaces of a platform that belong to a community: those mapped to it, and the platform's own unless they are another's.</summary>
    public IReadOnlyList<string> WorkspacesOf(string platform, IReadOnlyList<string> own, int community) =>
        [.. byWorkspace.Keys.Where(key => key.Platform == platform).Select(key => key.Workspace).Concat(own).Distinct().Where(workspace => Of(platform, workspace) == community).Order(StringComparer.Ordinal)];

    /// <summary>Makes sure that the mapped communities exist.</summary>
    public async Task CreateAsync(Store store, CancellationToken ct)
    {
        foreach (var id in Ids)
        {
            await store.WriteAsync(id, (work, token) => work.Sql.ExecuteAsync(
                $"""
                insert into communities (id, name, zone, language, main_channel, next_claim, created_at)
                values ({id}, {"Reliability League"}, {DefaultZone.Id}, {"en"}, {"#general"}, {1}, {time.GetUtcNow().ToUnixTimeMilliseconds()})
                on conflict (id) do nothing
                """, token), ct);
        }
    }

    /// <summary>The community whose work this is.</summary>
    public static async Task<Community> LoadAsync(Work work, CancellationToken ct) => work.Community ??=
        await work.Sql.FirstAsync(
            $"select id, name, zone, language, main_channel, week_post, working_hours, budget, approval from communities where id = {work.CommunityId}",
            row => new Community(row.Int(0), row.Text(1), DateTimeZoneProviders.Tzdb[row.Text(2)], row.Text(3), row.Text(4))
            {
                WeekPost = WeeklyTime.Parse(row.Text(5)),
                Hours = row.TextOrNull(6) is { } hours ? WorkingHours.Parse(hours) : null,
                Budget = row.IntOrNull(7),
                Approval = row.Bool(8),
            }, ct)
        ?? throw new InvalidOperationException($"community {work.CommunityId} does not exist");
}
