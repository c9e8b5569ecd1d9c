using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>What surveys keep about people: for some hours, that they are still to be asked. Marks and counts belong to nobody.</summary>
public sealed class InvitedPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
        [new("surveyInvitations", await work.Sql.ListAsync($"select due_at from survey_invitations where person_id = {person} order by due_at", row => new { PersonId = person, DueAt = row.Instant(0) }, ct))];

    public Task EraseAsync(PersonId person, Instant at, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"delete from survey_invitations where person_id = {person}", ct);

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"delete from survey_invitations where person_id = {gone} and survey_id in (select survey_id from survey_invitations where person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update survey_invitations set person_id = {kept} where person_id = {gone}", ct);
    }
}
