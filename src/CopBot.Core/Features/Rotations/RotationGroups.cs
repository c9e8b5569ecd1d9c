using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Rotations;

/// <summary>The groups that follow rotations. A group is there for all to see: only those who go by their own name are in it.</summary>
public sealed class RotationGroups : IGroupSource
{
    public async Task<IReadOnlyList<Handle>?> MembersAsync(Work work, GroupSync group, CancellationToken ct) =>
        !await work.Db.Set<Rotation>().AnyAsync(rotation => rotation.Id == group.RotationId, ct) ? null : await work.Sql.ListAsync(
            $"""
            select h.platform, h.workspace, h.user_id, h.name from rotation_choices c
            join rotations r on r.id = c.rotation_id and r.turn = c.turn
            join people p on p.id = c.person_id
            join handles h on h.person_id = p.id
            where c.rotation_id = {group.RotationId} and c.seat is not null and p.privacy = {Privacy.Public} and p.joined_at is not null and p.erased_at is null and h.platform = {group.Platform} and h.left_at is null
            order by c.seat, h.workspace, h.user_id
            """,
            row => new Handle(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), ct);
}
