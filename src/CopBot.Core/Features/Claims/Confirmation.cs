using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

/// <summary>Who may confirm what. Nobody confirms their own, by whatever account.</summary>
public sealed class Confirmation(Work work, Naming naming, PointsPolicy policy)
{
    /// <summary>A sentence why a person may not confirm a claim; null when they may.</summary>
    public async Task<RichText?> ObstacleAsync(Claim claim, PersonId person, CancellationToken ct)
    {
        if (claim.AuthorId == person)
            return RichText.Of($"Nobody confirms their own: #{claim.Number} is yours, so somebody else has to. Nothing was changed.");
        if (policy[claim.Rule].ConfirmedBy == Confirmer.Participant && claim.HeldBecause is null && await PartOfAsync(claim, person, ct) is null or ParticipantState.Declined)
        {
            var host = await naming.GoesByNameAsync(claim.AuthorId, ct) ? RichText.Of($"{claim.AuthorId:name}") : RichText.Of($"the host");
            return RichText.Of($"A session is confirmed by somebody who took part, and you are not named in #{claim.Number}. If you were there, ask {host}. Nothing was changed.");
        }

        return null;
    }

    /// <summary>A person's part in a claim; null when they have none.</summary>
    public async Task<ParticipantState?> PartOfAsync(Claim claim, PersonId person, CancellationToken ct) =>
        (ParticipantState?)await work.Sql.ScalarAsync<int?>($"select state from claim_people where claim_id = {claim.Id} and person_id = {person}", ct);
}
