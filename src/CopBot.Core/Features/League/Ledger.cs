using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.League;

/// <summary>The append-only book of points, and the one place that books into it.</summary>
public sealed class Ledger(Work work, PointsPolicy policy, Calendar calendar)
{
    /// <summary>Books an award as far as the caps allow. Null when that source is booked already, or the person only looks on or has left.</summary>
    public async Task<LedgerEntry?> BookAsync(Award award, CancellationToken ct)
    {
        var holder = await work.Sql.FirstAsync(
            $"select privacy, squad_id, erased_at from people where id = {award.Person}",
            row => (Privacy: (Privacy)row.Int(0), Squad: row.IdOrNull(1), Left: row.LongOrNull(2) is not null), ct);
        if (award.Points == 0 || holder.Left || (holder.Privacy == Privacy.Observer && !award.Moved))
            return null;

        var (paid, cap) = await RoomAsync(award, ct);
        return await AddAsync(new LedgerEntry
        {
            CommunityId = work.CommunityId,
            PersonId = award.Person,
            At = award.At,
            Day = award.Day,
            Season = (await calendar.AtAsync(Scope.Season, award.Day, ct)).Number,
            Kind = award.Kind,
            Rule = award.Rule,
            Points = paid,
            Withheld = award.Points - paid,
            Cap = cap,
            ClaimId = award.ClaimId,
            SquadId = award.SquadId ?? holder.Squad,
            ConfirmedBy = award.ConfirmedBy,
            Policy = award.Policy ?? policy.Version,
            Source = award.Source,
            InboxId = award.InboxId,
        }, holder.Privacy is Privacy.Public or Privacy.Alias, ct);
    }

    /// <summary>Takes an entry back by a compensating one that counts for the same day, so that the caps have their room again.</summary>
    public async Task<LedgerEntry?> ReverseAsync(LedgerEntry entry, Instant at, long? inboxId, CancellationToken ct)
    {
        var privacy = (Privacy)await work.Sql.ScalarAsync<int>($"select privacy from people where id = {entry.PersonId}", ct);
        return await AddAsync(entry with
        {
            Id = 0,
            At = at,
            Points = -entry.Points,
            Withheld = -entry.Withheld,
            Source = string.Create(CultureInfo.InvariantCulture, $"back:{entry.Id}"),
            Reverses = entry.Id,
            InboxId = inboxId,
        }, privacy is Privacy.Public or Privacy.Alias, ct);
    }

    /// <summary>The entries of a claim that nothing has taken back.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> StandingForAsync(Guid claim, CancellationToken ct)
    {
        var all = await work.Sql.ListAsync(
            $"""
            select id, person_id, at, day, season, kind, rule, points, withheld, cap, claim_id, squad_id, confirmed_by, policy, source, reverses, inbox_id
            from ledger where claim_id = {claim} order by id
            """, Read, ct);
        var reversed = all.Select(entry => entry.Reverses).OfType<long>().ToHashSet();
        return [.. all.Where(entry => entry.Reverses is null && !reversed.Contains(entry.Id))];
    }

    private async Task<(int Paid, string? Cap)> RoomAsync(Award award, CancellationToken ct)
    {
        var paid = award.Points;
        string? limiting = null;
        foreach (var cap in policy.Caps.Where(cap => cap.Rules.Count == 0 || cap.Rules.Contains(award.Rule)))
        {
            var from = cap.Period == CapPeriod.Day ? award.Day : Period.Week(award.Day).From;
            var until = cap.Period == CapPeriod.Day ? award.Day : from.PlusDays(6);
            var used = cap.Rules.Count == 0
                ? await work.Sql.ScalarAsync<int>($"select coalesce(sum(points), 0) from ledger where community_id = {work.CommunityId} and person_id = {award.Person} and day between {from} and {until}", ct)
                : 0;
            foreach (var rule in cap.Rules)
                used += await work.Sql.ScalarAsync<int>($"select coalesce(sum(points), 0) from ledger where community_id = {work.CommunityId} and person_id = {award.Person} and day between {from} and {until} and rule = {rule}", ct);

            var room = Math.Max(0, cap.Points - used);
            if (room < paid)
                (paid, limiting) = (room, cap.Name);
        }

        return (paid, limiting);
    }

    private async Task<LedgerEntry?> AddAsync(LedgerEntry entry, bool shown, CancellationToken ct)
    {
        var id = await work.Sql.ScalarAsync<long?>(
            $"""
            insert into ledger (community_id, person_id, at, day, season, kind, rule, points, withheld, cap, claim_id, squad_id, confirmed_by, policy, source, reverses, inbox_id)
            values ({entry.CommunityId}, {entry.PersonId}, {entry.At}, {entry.Day}, {entry.Season}, {entry.Kind}, {entry.Rule}, {entry.Points}, {entry.Withheld}, {entry.Cap}, {entry.ClaimId}, {entry.SquadId}, {entry.ConfirmedBy}, {entry.Policy}, {entry.Source}, {entry.Reverses}, {entry.InboxId})
            on conflict (community_id, source) do nothing returning id
            """, ct);
        if (id is null)
            return null;

        if (entry.Points != 0)
        {
            var periods = Period.NumbersOf(entry.Day, entry.Season);
            await AddToStandingsAsync(Board.People, periods, entry.PersonId.Value, entry.Points, shown, ct);
            if (entry.SquadId is { } squad)
                await AddToStandingsAsync(Board.Squads, periods, squad, entry.Points, true, ct);
        }

        return entry with { Id = id.Value };
    }

    private Task AddToStandingsAsync(Board board, IReadOnlyList<(Scope Scope, int Number)> periods, Guid subject, int points, bool shown, CancellationToken ct)
    {
        var (id, week, month, season, all) = (work.CommunityId, periods[0], periods[1], periods[2], periods[3]);
        return work.Sql.ExecuteAsync(
            $"""
            insert into standings (community_id, board, scope, period, subject_id, points, shown)
            values ({id}, {board}, {week.Scope}, {week.Number}, {subject}, {points}, {shown}),
                   ({id}, {board}, {month.Scope}, {month.Number}, {subject}, {points}, {shown}),
                   ({id}, {board}, {season.Scope}, {season.Number}, {subject}, {points}, {shown}),
                   ({id}, {board}, {all.Scope}, {all.Number}, {subject}, {points}, {shown})
            on conflict (community_id, board, scope, period, subject_id) do update set points = standings.points + excluded.points
            """, ct);
    }

    private LedgerEntry Read(Row row) => new()
    {
        Id = row.Long(0),
        CommunityId = work.CommunityId,
        PersonId = row.Person(1),
        At = row.Instant(2),
        Day = row.Date(3),
        Season = row.Int(4),
        Kind = row.Text(5),
        Rule = row.Text(6),
        Points = row.Int(7),
        Withheld = row.Int(8),
        Cap = row.TextOrNull(9),
        ClaimId = row.Id(10),
        SquadId = row.IdOrNull(11),
        ConfirmedBy = row.PersonOrNull(12),
        Policy = row.Int(13),
        Source = row.Text(14),
        Reverses = row.LongOrNull(15),
        InboxId = row.LongOrNull(16),
    };
}

/// <summary>Points for a person: by which rule, for what, when, and who confirmed it.</summary>
public sealed record Award
{
    public required PersonId Person { get; init; }

    public required string Kind { get; init; }

    public required string Part { get; init; }

    public required int Points { get; init; }

    public required Guid ClaimId { get; init; }

    public required string Source { get; init; }

    public required Instant At { get; init; }

    public required LocalDate Day { get; init; }

    public PersonId? ConfirmedBy { get; init; }

    public long? InboxId { get; init; }

    /// <summary>Earned before, by an account that turned out to be the same person's: kept even for one who now only looks on.</summary>
    public bool Moved { get; init; }

    /// <summary>The squad and policy version, where they are not the current ones.</summary>
    public Guid? SquadId { get; init; }

    public int? Policy { get; init; }

    /// <summary>Kind and part.</summary>
    public string Rule => $"{Kind}.{Part}";
}
