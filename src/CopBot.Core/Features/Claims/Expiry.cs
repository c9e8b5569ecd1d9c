using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Reminds the author of a claim that nobody confirms, and lets it expire when the time is over.</summary>
public sealed class Expiry(Work work, PointsPolicy policy, Outbox outbox, Pauses pauses, Availability availability) : IDueWork, IDeadlines
{
    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"""
            select act_at, number from claims where act_at is not null and community_id = {work.CommunityId}
            and not exists (select 1 from pauses where community_id = {work.CommunityId} and ended_at is null) order by act_at, number limit {limit}
            """,
            row => new Due(row.Instant(0), row.Int(1).ToString(CultureInfo.InvariantCulture)), ct);

    public Task MoveAsync(Instant began, Instant ended, CancellationToken ct) =>
        work.Sql.ExecuteAsync(
            $"""
            update claims set act_at = act_at + ({ended} - case when changed_at > {began} then changed_at else {began} end)
            where community_id = {work.CommunityId} and act_at > {began}
            """, ct);

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var number = int.Parse(due.Key, CultureInfo.InvariantCulture);
        var claim = await work.Db.Set<Claim>().FirstOrDefaultAsync(claim => claim.Number == number, ct);
        if (claim?.ActAt != due.At || await pauses.IsOpenAsync(ct))
            return;

        var expiresAt = await pauses.DueAsync(claim.ChangedAt, Duration.FromDays(policy.ExpiresAfterDays), ct);
        if (!claim.Waits)
            await work.Sql.ExecuteAsync($"update claims set act_at = null where id = {claim.Id}", ct);
        else if (now < expiresAt && await availability.NextAsync(claim.AuthorId, now, ct) is var suits && suits > now && suits < expiresAt)
            await work.Sql.ExecuteAsync($"update claims set act_at = {suits} where id = {claim.Id} and act_at = {claim.ActAt}", ct);
        else if (now < expiresAt)
            await RemindAsync(claim, now, expiresAt, ct);
        else
            await ExpireAsync(claim, now, ct);
    }

    private async Task RemindAsync(Claim claim, Instant now, Instant expiresAt, CancellationToken ct)
    {
        if (await work.Sql.ExecuteAsync($"update claims set act_at = {expiresAt} where id = {claim.Id} and act_at = {claim.ActAt} and state = {claim.State}", ct) == 1)
        {
            var days = Math.Max(1, (int)Math.Ceiling((expiresAt - now).TotalDays));
            await outbox.TellAsync(claim.AuthorId, new Message(
                $"#{claim.Number} “{claim.Titled}” still waits for somebody to confirm it; it expires in {days} {(days == 1 ? "day" : "days")}. Ask a colleague to type {$"confirm {claim.Number}":code}."), ct);
        }
    }

    private async Task ExpireAsync(Claim claim, Instant due, CancellationToken ct)
    {
        if (await work.Sql.ExecuteAsync($"update claims set state = {ClaimState.Expired}, act_at = null, changed_at = {due} where id = {claim.Id} and state = {claim.State} and round = {claim.Round}", ct) == 1)
        {
            await outbox.TellAsync(claim.AuthorId, new Message(
                $"#{claim.Number} “{claim.Titled}” expired: nobody confirmed it within {policy.ExpiresAfterDays} days. Its words are kept; log it again when somebody can confirm it."), ct);
        }
    }
}
