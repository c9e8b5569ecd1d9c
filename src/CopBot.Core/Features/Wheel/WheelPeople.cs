using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Wheel;

/// <summary>What the wheel keeps about people.</summary>
public sealed class WheelPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
        [new("wheelRoles", await work.Db.Set<Player>().Where(player => player.PersonId == person).OrderBy(player => player.SpinId).ToListAsync(ct))];

    public Task EraseAsync(PersonId person, Instant at, CancellationToken ct) => work.Sql.ExecuteAsync($"delete from wheel_players where person_id = {person}", ct);

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"delete from wheel_players where person_id = {gone} and spin_id in (select spin_id from wheel_players where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update wheel_players set person_id = {kept} where person_id = {gone}", ct);
    }
}
