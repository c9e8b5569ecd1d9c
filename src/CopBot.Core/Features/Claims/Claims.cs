using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>The book of claims: numbers them, finds them, and lets them count.</summary>
public sealed class Claims(Work work, Ledger ledger, PointsPolicy policy, Outbox outbox, OrderedIds ids)
{
    /// <summary>A claim by the caller, not yet stored.</summary>
    public Claim Draft(Caller caller, string kind, ClaimState state) => caller.LooksOn ? throw OnlyLooksOn() : new()
    {
        Id = ids.Next(),
        CommunityId = work.CommunityId,
        Kind = kind,
        AuthorId = caller.Person,
        State = state,
        At = caller.At,
        Day = caller.Today,
        ChangedAt = caller.At,
        ActAt = state == ClaimState.Waiting ? ReminderFor(caller.At) : null,
        InboxId = caller.InboxId,
    };

    /// <summary>What is said to an observer who would like to play.</summary>
    public static Refusal OnlyLooksOn() => new($"You only look on. {"privacy public":code} or {"privacy hidden":code} lets you take part. Nothing was stored.");

    /// <summary>When a claim that waits from now on is to be looked at first.</summary>
    public Instant ReminderFor(Instant from) => from + Duration.FromDays(policy.ExpiresAfterDays - policy.ReminderBeforeDays);

    /// <summary>Stores a claim under the next number.</summary>
    public async Task<Claim> AddAsync(Claim claim, IEnumerable<(PersonId Person, string Part, ParticipantState State)> people, CancellationToken ct)
    {
        var number = await work.Sql.ScalarAsync<int>($"update communities set next_claim = next_claim + 1 where id = {work.CommunityId} returning next_claim - 1", ct);
        claim = claim with { Number = number };
        await work.Sql.ExecuteAsync(
            $"""
            insert into claims (id, community_id, number, kind, author_id, state, round, at, day, changed_at, act_at, inbox_id, title, size, format, link, topic, minutes, about_id,
                hypothesis, measure, due_on, category, before_value, after_value, unit, held_because)
            values ({claim.Id}, {claim.CommunityId}, {number}, {claim.Kind}, {claim.AuthorId}, {claim.State}, {claim.Round}, {claim.At}, {claim.Day}, {claim.ChangedAt}, {claim.ActAt}, {claim.InboxId},
                {claim.Title}, {claim.Size}, {claim.Format}, {claim.Link}, {claim.Topic}, {claim.Minutes}, {claim.AboutId},
                {claim.Hypothesis}, {claim.Measure}, {claim.DueOn}, {claim.Category}, {claim.BeforeValue}, {claim.AfterValue}, {claim.Unit}, {claim.HeldBecause})
            """, ct);
        foreach (var (person, part, state) in people)
        {
            await work.Sql.ExecuteAsync(
                $"insert into claim_people (claim_id, person_id, community_id, part, state) values ({claim.Id}, {person}, {claim.CommunityId}, {part}, {state})", ct);
        }

        return claim;
    }

    /// <summary>The claim of a number, or a refusal that says there is none.</summary>
    public async Task<Claim> FindAsync(int number, CancellationToken ct, bool onlyLooks = false) =>
        await work.Db.Set<Claim>().FirstOrDefaultAsync(claim => claim.Number == number, ct)
        ?? throw new Refusal($"There is no #{number}. {"pending":code} lists what waits; every receipt names its number.{(onlyLooks ? "" : " Nothing was changed.")}");

    public async Task<IReadOnlyList<Participant>> PeopleAsync(Claim claim, CancellationToken ct) =>
        await work.Db.Set<Participant>().Where(participant => participant.ClaimId == claim.Id).OrderBy(participant => participant.PersonId).ToListAsync(ct);

    /// <summary>Lets a claim count: everybody who takes part is paid by its rule.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> PayAsync(Claim claim, IEnumerable<(PersonId Person, string Part)> parts, Instant at, LocalDate day, long? inboxId, PersonId? confirmedBy, CancellationToken ct)
    {
        var rule = policy[claim.Rule];
        var booked = new List<LedgerEntry>();
        foreach (var (person, part) in parts)
        {
            var entry = await ledger.BookAsync(new Award
            {
                Person = person,
                Kind = claim.Rule,
                Part = part,
                Points = rule.PointsFor(part, claim.Format),
                ClaimId = claim.Id,
                Source = $"{claim.Number}.{claim.Round}:{claim.Rule}.{part}:{person}",
                At = at,
                Day = day,
                ConfirmedBy = confirmedBy,
                InboxId = inboxId,
            }, ct);
            if (entry is not null)
                booked.Add(entry);
        }

        return booked;
    }

    /// <summary>As <see cref="PayAsync"/>, at the time of the caller's own command.</summary>
    public Task<IReadOnlyList<LedgerEntry>> PayAsync(Claim claim, IEnumerable<(PersonId Person, string Part)> parts, Caller caller, CancellationToken ct) =>
        PayAsync(claim, parts, caller.At, caller.Today, caller.InboxId, null, ct);

    /// <summary>Moves a claim on, provided it still stands where it was read.</summary>
    public async Task MoveAsync(Claim claim, ClaimState to, Instant at, CancellationToken ct, PersonId? confirmedBy = null, string? voidReason = null, Instant? actAt = null, int? round = null)
    {
        var confirmedAt = confirmedBy is null ? null : (Instant?)at;
        var moved = await work.Sql.ExecuteAsync(
            $"""
            update claims set state = {to}, changed_at = {at}, act_at = {actAt}, round = {round ?? claim.Round}, confirmed_by = {confirmedBy}, confirmed_at = {confirmedAt}, void_reason = {voidReason}
            where id = {claim.Id} and state = {claim.State} and round = {claim.Round}
            """, ct);
        if (moved != 1)
            throw new Refusal($"#{claim.Number} has changed in this very moment. Look at {$"why #{claim.Number}":code} and try again. Nothing was changed.");
        await outbox.ReviseAsync(ShownAs(claim), new Message($"#{claim.Number} “{claim.Titled}”: {Became(to)}."), ct);
    }

    /// <summary>The name under which what was said of a claim is brought up to date.</summary>
    public static string ShownAs(Claim claim) => string.Create(CultureInfo.InvariantCulture, $"claim/{claim.Number}");

    private static string Became(ClaimState state) => state switch
    {
        ClaimState.Counted => "it counts",
        ClaimState.Waiting => "it waits to be confirmed",
        ClaimState.Expired => "nobody confirmed it in time",
        ClaimState.Undone => "its author took it back",
        _ => "it was declared void",
    };
}
