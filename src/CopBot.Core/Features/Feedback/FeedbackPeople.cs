using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Feedback;

/// <summary>What the feedback box keeps about people: who answered. Who asked, it does not know.</summary>
public sealed class FeedbackPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
        [new("feedbackAnswers", await work.Db.Set<Suggestion>().Where(one => one.AnsweredBy == person).OrderBy(one => one.Number).Select(one => new { one.Number, one.Answer, one.AnsweredBy, one.AnsweredOn }).ToListAsync(ct))];

    public Task EraseAsync(PersonId person, Instant at, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update feedback set answer = null, answered_by = null where answered_by = {person}", ct);

    public Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update feedback set answered_by = {kept} where answered_by = {gone}", ct);
}
