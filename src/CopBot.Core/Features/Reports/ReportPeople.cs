using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Reports;

/// <summary>Reports name nobody; what is kept is who asked for an address.</summary>
public sealed class ReportPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
        [new("reportPages", await work.Db.Set<ReportPage>().Where(page => page.PersonId == person).OrderBy(page => page.CreatedAt).ToListAsync(ct))];

    // The addresses that they gave away end with them.
    public Task EraseAsync(PersonId person, Instant at, CancellationToken ct) => work.Sql.ExecuteAsync($"delete from report_pages where person_id = {person}", ct);

    public Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct) => work.Sql.ExecuteAsync($"update report_pages set person_id = {kept} where person_id = {gone}", ct);
}
