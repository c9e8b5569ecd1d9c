using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Reminds the author of a claim that nobody confirms, and lets it expire when the time is over.</summary>
public sealed class Expiry(Work work, PointsPolicy policy, Outbox outbox) : IDueWork
{
    public async Task<Instant?> NextAsync(CancellationToken ct) =>
        await work.Sql.ScalarAsync<long?>($"select min(act_at) from claims where act_at is not null and community_id = {work.CommunityId}", ct) is { } next
            ? Instant.FromUnixTimeMilliseconds(next)
            : null;

    public async Task RunAsync(Instant due, CancellationToken ct)
    {
        var claims = await work.Db.Set<Claim>().Where(claim => claim.ActAt != null && claim.ActAt <= due).OrderBy(claim => claim.ActAt).ThenBy(claim => claim.Number).Take(100).ToListAsync(ct);
        foreach (var claim in claims)
        {
            var expiresAt = claim.ChangedAt + Duration.FromDays(policy.ExpiresAfterDays);
            if (!claim.Waits)
                await work.Sql.ExecuteAsync($"update claims set act_at = null where id = {claim.Id}", ct);
            else if (due < expiresAt)
                await RemindAsync(claim, expiresAt, ct);
            else
                await ExpireAsync(claim, due, ct);
        }
    }

    private async Task RemindAsync(Claim claim, Instant expiresAt, CancellationToken ct)
    {
        if (await work.Sql.ExecuteAsync($"update claims set act_at = {expiresAt} where id = {claim.Id} and act_at = {claim.ActAt} and state = {claim.State}", ct) == 1)
        {
            await outbox.TellAsync(claim.AuthorId, new Message(
                $"#{claim.Number} “{claim.Titled}” still waits for somebody to confirm it; it expires in {policy.ReminderBeforeDays} days. Ask a colleague to type {$"confirm {claim.Number}":code}."), ct);
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
