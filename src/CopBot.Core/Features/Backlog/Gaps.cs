using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

/// <summary>The backlog: numbers gaps, finds them, weighs them, and knows which contributions work on which.</summary>
public sealed class Gaps(Work work, OrderedIds ids)
{
    /// <summary>The gap of a number, or a refusal that says there is none.</summary>
    public async Task<Gap> FindAsync(int number, CancellationToken ct, bool onlyLooks = false) =>
        await work.Db.Set<Gap>().FirstOrDefaultAsync(gap => gap.Number == number, ct)
        ?? throw new Refusal($"There is no gap {number}. {"gap list":code} shows them.{(onlyLooks ? "" : " Nothing was changed.")}");

    /// <summary>The gap of a number that is still open, or a refusal.</summary>
    public async Task<Gap> FindOpenAsync(int number, CancellationToken ct) =>
        await FindAsync(number, ct) is { IsOpen: true } open ? open
        : throw new Refusal($"Gap {number} is closed. {$"gap reopen {number}":code} lets its owner or the core team take it up again. Nothing was changed.");

    /// <summary>Stores a gap under the next number.</summary>
    public async Task<Gap> AddAsync(Caller caller, string title, string need, int importance, int level, string? topic, CancellationToken ct)
    {
        var gap = new Gap
        {
            Id = ids.Next(),
            CommunityId = work.CommunityId,
            Number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from gaps where community_id = {work.CommunityId}", ct),
            Title = title,
            Need = need,
            Topic = topic,
            Importance = importance,
            Level = level,
            State = GapState.Open,
            AuthorId = caller.Person,
            OpenedAt = caller.At,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into gaps (id, community_id, number, title, need, topic, importance, level, state, author_id, opened_at)
            values ({gap.Id}, {gap.CommunityId}, {gap.Number}, {title}, {need}, {topic}, {importance}, {level}, {gap.State}, {gap.AuthorId}, {gap.OpenedAt})
            """, ct);
        return gap;
    }

    /// <summary>Gaps with their votes: the greatest first, then those with most votes, then the oldest.</summary>
    public async Task<IReadOnlyList<WeighedGap>> ListAsync(bool withClosed, CancellationToken ct)
    {
        var votes = await work.Sql.ListAsync($"select gap_id, count(*) from gap_votes where community_id = {work.CommunityId} group by gap_id", row => (Gap: row.Id(0), Count: row.Int(1)), ct);
        var counts = votes.ToDictionary(vote => vote.Gap, vote => vote.Count);
        var gaps = await work.Db.Set<Gap>().Where(gap => withClosed || gap.State != GapState.Closed).ToListAsync(ct);
        return [.. gaps.Select(gap => new WeighedGap(gap, counts.GetValueOrDefault(gap.Id))).OrderBy(one => !one.Gap.IsOpen).ThenByDescending(one => one.Gap.Size).ThenByDescending(one => one.Votes).ThenBy(one => one.Gap.Number)];
    }

    /// <summary>The greatest open gaps, for whatever rewards work on them. One that is mastered already is no gap.</summary>
    public async Task<IReadOnlyList<Gap>> TopAsync(int count, CancellationToken ct) =>
        [.. (await ListAsync(withClosed: false, ct)).Select(one => one.Gap).Where(gap => gap.Size > 0).Take(count)];

    /// <summary>The gaps that a contribution works on.</summary>
    public async Task<IReadOnlyList<Gap>> OfClaimAsync(Guid claim, CancellationToken ct) =>
        await work.Db.Set<Gap>().Where(gap => work.Db.Set<GapContribution>().Any(link => link.ClaimId == claim && link.GapId == gap.Id)).OrderBy(gap => gap.Number).ToListAsync(ct);

    /// <summary>The contributions that work on a gap and stand, whether they count already or wait.</summary>
    public async Task<IReadOnlyList<Claim>> ContributionsAsync(Gap gap, CancellationToken ct) =>
        await work.Db.Set<Claim>()
            .Where(claim => claim.State == ClaimState.Counted || claim.State == ClaimState.Waiting)
            .Where(claim => work.Db.Set<GapContribution>().Any(link => link.GapId == gap.Id && link.ClaimId == claim.Id))
            .OrderBy(claim => claim.Number).ToListAsync(ct);

    public Task<int> VotesAsync(Gap gap, CancellationToken ct) => work.Sql.ScalarAsync<int>($"select count(*) from gap_votes where gap_id = {gap.Id}", ct);

    /// <summary>Notes that a contribution works on a gap; false where that is known. The gap is under way from then on.</summary>
    public async Task<bool> LinkAsync(Guid gap, Guid claim, Instant at, CancellationToken ct)
    {
        await BeginAsync(gap, ct);
        return await work.Sql.ExecuteAsync($"insert into claim_gaps (claim_id, gap_id, community_id, at) values ({claim}, {gap}, {work.CommunityId}, {at}) on conflict (claim_id, gap_id) do nothing", ct) == 1;
    }

    /// <summary>Somebody works on it.</summary>
    public Task BeginAsync(Guid gap, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update gaps set state = {GapState.UnderWay} where id = {gap} and state = {GapState.Open}", ct);
}

/// <summary>A gap with its votes.</summary>
public sealed record WeighedGap(Gap Gap, int Votes);
