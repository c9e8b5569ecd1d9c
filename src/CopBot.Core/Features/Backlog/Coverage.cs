using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

/// <summary>How widely a topic is known in the community: what was shared and mobbed on it since the quarter before this one began. It counts people and names none.</summary>
public sealed class Coverage(Work work)
{
    /// <summary>The topics, those that hang on the fewest people first. Whoever left is not counted: what they know has gone with them.</summary>
    public async Task<IReadOnlyList<TopicCoverage>> OfAsync(LocalDate today, CancellationToken ct)
    {
        var since = League.Period.Lately(today);
        var parts = await work.Sql.ListAsync(
            $"""
            select c.topic, c.author_id, c.number, w.person_id, l.squad_id from claims c
            join (
                select id as claim_id, author_id as person_id from claims where community_id = {work.CommunityId}
                union select claim_id, person_id from claim_people where community_id = {work.CommunityId} and state = {ParticipantState.In}
            ) w on w.claim_id = c.id
            left join ledger l on l.claim_id = c.id and l.person_id = w.person_id and l.reverses is null
            where c.community_id = {work.CommunityId} and c.kind in ({"share"}, {"mob"}) and c.state = {ClaimState.Counted} and c.flagged_by is null and c.topic is not null and c.day >= {since}
                and exists (select 1 from handles h where h.person_id = w.person_id and h.left_at is null)
            order by c.number
            """,
            row => (Topic: row.Text(0), Author: row.Person(1), Claim: row.Int(2), Person: row.Person(3), Squad: row.IdOrNull(4)), ct);
        return [.. parts.GroupBy(part => Key(part.Topic))
            .Select(group => new TopicCoverage(
                new UserText(group.First().Topic, group.First().Author),
                group.Select(part => part.Person).Distinct().Count(),
                group.Select(part => part.Squad).OfType<Guid>().Distinct().Count(),
                group.Select(part => part.Claim).Distinct().Count()))
            .OrderBy(topic => topic.People).ThenBy(topic => topic.Squads).ThenByDescending(topic => topic.Contributions).ThenBy(topic => topic.Topic.Value, StringComparer.OrdinalIgnoreCase)];
    }

    private static string Key(string topic) => string.Join(' ', topic.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}

/// <summary>A topic as it was first written, by how many people in how many squads it is known, and from how many contributions that follows.</summary>
public sealed record TopicCoverage(UserText Topic, int People, int Squads, int Contributions);
