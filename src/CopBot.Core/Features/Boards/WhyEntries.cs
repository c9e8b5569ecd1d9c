using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Boards;

/// <summary>Entries of the ledger together with the words of their claims.</summary>
public sealed class WhyEntries(Work work, Naming naming, PointsPolicy policy)
{
    /// <summary>The sum, the number of entries and what caps kept back, of a person in a period.</summary>
    public async Task<(int Points, int Count, int Withheld)> SumAsync(PersonId person, Period period, CancellationToken ct)
    {
        var (from, until) = period.Days;
        return await work.Sql.FirstAsync(
            $"""
            select coalesce(sum(points), 0), count(*), coalesce(sum(withheld), 0) from ledger
            where community_id = {work.CommunityId} and person_id = {person} and day >= {from} and day < {until} and ({period.Scope} <> 3 or season = {period.Number})
            """, row => (row.Int(0), row.Int(1), row.Int(2)), ct);
    }

    /// <summary>The entries of a person in a period, newest first.</summary>
    public Task<List<WhyLine>> OfPersonAsync(PersonId person, Period period, int count, int skip, CancellationToken ct)
    {
        var (from, until) = period.Days;
        return work.Sql.ListAsync(
            $"""
            select l.id, l.person_id, l.at, l.day, l.rule, l.points, l.withheld, l.cap, l.confirmed_by, l.policy, l.reverses, c.number, c.title, c.author_id, c.flagged_by, l.claim_id
            from ledger l left join claims c on c.id = l.claim_id
            where l.community_id = {work.CommunityId} and l.person_id = {person} and l.day >= {from} and l.day < {until} and ({period.Scope} <> 3 or l.season = {period.Number})
            order by l.day desc, l.id desc limit {count} offset {skip}
            """, Read, ct);
    }

    /// <summary>All entries of a claim, oldest first.</summary>
    public Task<List<WhyLine>> OfClaimAsync(Guid claim, CancellationToken ct) =>
        work.Sql.ListAsync(
            $"""
            select l.id, l.person_id, l.at, l.day, l.rule, l.points, l.withheld, l.cap, l.confirmed_by, l.policy, l.reverses, c.number, c.title, c.author_id, c.flagged_by, l.claim_id
            from ledger l left join claims c on c.id = l.claim_id
            where l.claim_id = {claim} order by l.id
            """, Read, ct);

    /// <summary>One entry as a line: what, by which rule and policy version, who confirmed it, and for oneself what a cap kept back.</summary>
    public async Task<Fact> FactOfAsync(WhyLine line, bool withCaps, CancellationToken ct, bool withPerson = false)
    {
        var entry = line.Entry;
        var person = withPerson ? RichText.Of($"{entry.PersonId:name}, ") : RichText.Empty;
        var title = line.Flagged ? RichText.Of($"(flagged)") : RichText.Of($"“{new UserText(line.Title ?? "(erased)", line.Author)}”");
        var confirmed = entry.ConfirmedBy is { } by ? RichText.Of($", confirmed by {(await naming.IsShownInAsync(entry.ClaimId, by, ct, speaks: true) ? RichText.Of($"{by:name}") : PlainText.Someone)}") : RichText.Empty;
        var back = entry.Reverses is null ? RichText.Empty : RichText.Of($", taken back");
        var kept = withCaps && entry.Withheld > 0 ? RichText.Of($"; the {Words(entry.Cap ?? "")} cap kept back {entry.Withheld}") : RichText.Empty;
        return new(
            entry.Points > 0 ? $"+{entry.Points}" : $"{entry.Points}",
            RichText.Of($"{person}{Words(policy.Called(entry.Rule))}: #{line.Number} {title} on {entry.Day:uuuu-MM-dd}{confirmed}{back}{kept} ({Words(entry.Rule)}, policy {entry.Policy})"));
    }

    private static RichText Words(string words) => words;

    private WhyLine Read(Row row) => new(
        new LedgerEntry
        {
            Id = row.Long(0),
            CommunityId = work.CommunityId,
            PersonId = row.Person(1),
            At = row.Instant(2),
            Day = row.Date(3),
            Season = 0,
            Kind = "",
            Rule = row.Text(4),
            Points = row.Int(5),
            Withheld = row.Int(6),
            Cap = row.TextOrNull(7),
            ClaimId = row.Id(15),
            ConfirmedBy = row.PersonOrNull(8),
            Policy = row.Int(9),
            Source = "",
            Reverses = row.LongOrNull(10),
        },
        (int?)row.LongOrNull(11) ?? 0,
        row.TextOrNull(12),
        row.PersonOrNull(13),
        row.PersonOrNull(14) is not null);
}

/// <summary>An entry with the number, words and author of its claim.</summary>
public sealed record WhyLine(LedgerEntry Entry, int Number, string? Title, PersonId? Author, bool Flagged);
