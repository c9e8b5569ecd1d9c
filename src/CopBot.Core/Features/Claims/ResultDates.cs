using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>The dates by which experiments expect a result: they move by the days that a pause took.</summary>
public sealed class ResultDates(Work work) : IDeadlines
{
    public async Task MoveAsync(Instant began, Instant ended, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var (first, last) = (began.InZone(zone).Date, ended.InZone(zone).Date);
        var open = await work.Db.Set<Claim>().Where(claim => claim.Kind == "experiment" && claim.Result == null && claim.DueOn >= first).ToListAsync(ct);
        foreach (var claim in open)
        {
            // One that was started within the pause lost only what was left of it.
            var days = Period.DaysBetween(LocalDate.Max(first, claim.Day), last);
            if (days > 0)
                await work.Sql.ExecuteAsync($"update claims set due_on = {claim.DueOn!.Value.PlusDays(days)} where id = {claim.Id}", ct);
        }
    }
}
