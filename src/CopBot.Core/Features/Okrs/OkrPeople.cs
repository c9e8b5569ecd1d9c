using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>What objectives keep about people. They are the community's: whoever leaves takes their name and their comments along, not the numbers.</summary>
public sealed class OkrPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
    [
        new("objectives", await work.Db.Set<Objective>().Where(objective => objective.OwnerId == person).OrderBy(objective => objective.Number).ToListAsync(ct)),
        new("checkIns", await work.Db.Set<CheckIn>().Where(said => said.PersonId == person || said.AcknowledgedBy == person).OrderBy(said => said.At).ToListAsync(ct)),
    ];

    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update key_results set title = {"(erased)"}, unit = {""}, measure = null where objective_id in (select id from objectives where owner_id = {person} and state = {ObjectiveState.Draft})", ct);
        await work.Sql.ExecuteAsync($"update objectives set title = {"(erased)"}, retrospective = null, state = {ObjectiveState.Dropped} where owner_id = {person} and state = {ObjectiveState.Draft}", ct);
        await work.Sql.ExecuteAsync($"update objectives set owner_id = null where owner_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update check_ins set comment = null, person_id = null where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update check_ins set acknowledged_by = null where acknowledged_by = {person}", ct);
    }

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update objectives set owner_id = {kept} where owner_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update check_ins set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update check_ins set acknowledged_by = {kept} where acknowledged_by = {gone}", ct);
    }
}
