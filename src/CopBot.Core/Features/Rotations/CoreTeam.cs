using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Rotations;

/// <summary>Whoever serves is core team meanwhile. A role that somebody had before, or that a lead gave them, is left alone.</summary>
public sealed class CoreTeam(Work work)
{
    /// <summary>Makes a member core team; gives whether it did.</summary>
    public async Task<bool> StartAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ExecuteAsync($"update people set role = {Role.Core} where id = {person} and role = {Role.Member} and erased_at is null", ct) == 1;

    /// <summary>Ends what <see cref="StartAsync"/> did, unless they serve in another rotation too: then that one's turn ends it.</summary>
    public async Task EndAsync(Rotation rotation, PersonId person, CancellationToken ct)
    {
        var passed = await work.Sql.ExecuteAsync(
            $"""
            update rotation_choices set made_core = {true} where person_id = {person} and seat is not null and rotation_id <> {rotation.Id}
                and turn = (select r.turn from rotations r where r.id = rotation_choices.rotation_id)
            """, ct);
        if (passed == 0)
            await work.Sql.ExecuteAsync($"update people set role = {Role.Member} where id = {person} and role = {Role.Core}", ct);
    }
}
