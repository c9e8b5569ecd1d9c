using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>Asks those who are still to be asked, each once, and closes surveys when their days are over.</summary>
public sealed class SurveyClock(Work work, Surveys surveys, Outbox outbox) : IDueWork
{
    private const string Close = "close/";

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct)
    {
        var due = await work.Sql.ListAsync(
            $"select closes_at, id from surveys where community_id = {work.CommunityId} and secret is not null order by closes_at limit {limit}",
            row => new Due(row.Instant(0), $"{Close}{row.Id(1)}"), ct);
        due.AddRange(await work.Sql.ListAsync(
            $"select due_at, survey_id, person_id from survey_invitations where community_id = {work.CommunityId} order by due_at limit {limit}",
            row => new Due(row.Instant(0), $"{row.Id(1)}/{row.Id(2)}"), ct));
        return [.. due.OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).Take(limit)];
    }

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        if (due.Key.StartsWith(Close, StringComparison.Ordinal))
        {
            var id = Guid.Parse(due.Key[Close.Length..]);
            if (await work.Db.Set<Survey>().FirstOrDefaultAsync(survey => survey.Id == id && survey.Secret != null, ct) is { } survey && survey.ClosesAt <= now)
                await surveys.CloseAsync(survey, ct);
            return;
        }

        var parts = due.Key.Split('/');
        var (asked, person) = (Guid.Parse(parts[0]), new PersonId(Guid.Parse(parts[1])));
        if (await work.Sql.ExecuteAsync($"delete from survey_invitations where survey_id = {asked} and person_id = {person}", ct) == 1)
            await outbox.TellAsync(person, new Message("A new quarter: two questions about this community, a click each.", Card.Of(Surveys.Questions(null))), ct);
    }
}
