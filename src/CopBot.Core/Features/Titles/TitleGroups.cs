using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Titles;

/// <summary>
/// The groups that follow the titles of the season, where a platform shows such. Nobody notes a change of them, for the calendar alone may end a season:
/// whoever is to be in one now is compared with whom it was last wanted for. Only those who go by their own name are in it.
/// </summary>
public sealed class TitleGroups(PointsPolicy policy, IEnumerable<IGroupSync> syncs, TimeProvider time) : IGroupSource
{
    public bool IsCalled => false;

    public async Task WantAsync(Work work, CancellationToken ct)
    {
        foreach (var sync in syncs.Where(sync => sync.TakesTitles))
        {
            var wanted = await work.Sql.ListAsync($"select rotation_id, turn from group_syncs where community_id = {work.CommunityId} and platform = {sync.Platform}", row => (Group: row.Id(0), Turn: row.Int(1)), ct);
            foreach (var title in policy.Titles)
            {
                var group = GroupOf(work.CommunityId, title);
                var known = wanted.Where(one => one.Group == group).Select(one => (int?)one.Turn).FirstOrDefault();
                var members = await HoldersAsync(work, title, sync.Platform, ct);
                if (Turn(members) is var turn && turn != known && (known is not null || members.Count > 0))
                    await work.Get<FollowingGroups>().WantAsync(group, sync.Platform, title.Name, turn, ct);
            }
        }
    }

    public async Task<IReadOnlyList<Handle>?> MembersAsync(Work work, GroupSync group, CancellationToken ct) =>
        policy.Titles.FirstOrDefault(title => GroupOf(work.CommunityId, title) == group.RotationId) is { } title ? await HoldersAsync(work, title, group.Platform, ct) : null;

    private async Task<IReadOnlyList<Handle>> HoldersAsync(Work work, SeasonTitle title, string platform, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var season = await work.Get<Calendar>().AtAsync(Scope.Season, Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(community.Zone).Date, ct);
        var below = policy.Titles.After(title.From)?.From ?? int.MaxValue;
        return await work.Sql.ListAsync(
            $"""
            select h.platform, h.workspace, h.user_id, h.name from standings s
            join people p on p.id = s.subject_id
            join handles h on h.person_id = p.id
            where s.community_id = {work.CommunityId} and s.board = {Board.People} and s.scope = {season.Scope} and s.period = {season.Number} and s.points >= {title.From} and s.points < {below}
            and p.privacy = {Privacy.Public} and p.joined_at is not null and p.erased_at is null and h.platform = {platform} and h.left_at is null
            order by h.workspace, h.user_id
            """, row => new Handle(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), ct);
    }

    // Titles are told apart by their names: the pack has no other key, and a platform's group is called by it.
    private static Guid GroupOf(int community, SeasonTitle title) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"title {community} {title.Name}")).AsSpan(0, 16));

    private static int Turn(IEnumerable<Handle> members) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members.Select(member => $"{member.Workspace} {member.UserId}"))))) & int.MaxValue;
}
