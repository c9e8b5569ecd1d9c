using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Claims;

public sealed class PendingCommands(Work work, Confirmation confirmation, PointsPolicy policy) : ICommands
{
    private const int MostShown = 10;

    [Command("pending", "See what waits: for you to confirm, and of your own", ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct)
    {
        var waiting = await work.Db.Set<Claim>().Where(claim => claim.State == ClaimState.Waiting).OrderBy(claim => claim.Number).Take(500).ToListAsync(ct);
        var mine = waiting.Where(claim => claim.AuthorId == caller.Person).ToList();
        var invitations = await (
            from participant in work.Db.Set<Participant>()
            join claim in work.Db.Set<Claim>() on participant.ClaimId equals claim.Id
            where participant.PersonId == caller.Person && participant.State == ParticipantState.Invited && claim.FlaggedBy == null && (claim.State == ClaimState.Waiting || claim.State == ClaimState.Counted)
            orderby claim.Number
            select claim).Take(MostShown).ToListAsync(ct);
        var invited = invitations.Select(claim => claim.Id).ToHashSet();
        var forMe = new List<Claim>();
        foreach (var claim in waiting.Where(claim => claim.AuthorId != caller.Person && claim.FlaggedBy is null && !invited.Contains(claim.Id)))
        {
            if (!caller.LooksOn && await confirmation.ObstacleAsync(claim, caller.Person, ct) is null)
                forMe.Add(claim);
        }

        var flagged = caller.Role < Role.Lead ? [] : await work.Db.Set<Claim>()
            .Where(claim => claim.FlaggedBy != null && claim.AuthorId != caller.Person && (claim.State == ClaimState.Waiting || claim.State == ClaimState.Counted))
            .OrderBy(claim => claim.Number).Take(500).ToListAsync(ct);

        var blocks = new List<Block>();
        foreach (var claim in flagged.Take(MostShown))
            blocks.AddRange([new Paragraph($"#{claim.Number} {claim.Kind} “{claim.Titled}” by {claim.AuthorId:name} was flagged: {new UserText(claim.FlagReason ?? "(erased)", claim.FlaggedBy)}"), new Buttons([new("It is fine", $"unflag {claim.Number}"), new("Declare it void", $"void {claim.Number}", Destructive: true)])]);
        if (flagged.Count > MostShown)
            blocks.Add(new Note($"… and {flagged.Count - MostShown} more that were flagged."));
        foreach (var claim in invitations)
            blocks.AddRange([new Paragraph($"#{claim.Number} {claim.Kind} “{claim.Titled}”: {claim.AuthorId:name} named you."), new Buttons([.. caller.LooksOn ? [] : (Button[])[new("Accept", $"accept {claim.Number}")], new("Decline", $"decline {claim.Number}")])]);
        foreach (var claim in forMe.Take(MostShown))
            blocks.AddRange([new Paragraph($"#{claim.Number} {claim.Kind} “{claim.Titled}” by {claim.AuthorId:name}, {Left(claim, caller.At)}."), new Buttons([new("Confirm", $"confirm {claim.Number}")])]);
        if (forMe.Count > MostShown)
            blocks.Add(new Note($"… and {forMe.Count - MostShown} more to confirm."));
        blocks.AddRange(mine.Take(MostShown).Select(claim => new Paragraph($"Yours: #{claim.Number} {claim.Kind} “{claim.Titled}”, {Left(claim, caller.At)}.")));
        if (mine.Count > MostShown)
            blocks.Add(new Note($"… and {mine.Count - MostShown} more of yours."));

        return blocks.Count == 0
            ? new Message("Nothing waits, neither for you nor of yours.")
            : new Message($"{flagged.Count + forMe.Count + invitations.Count} for you to answer, {mine.Count} of yours waiting for others.", new Card(blocks));
    }

    private string Left(Claim claim, Instant now)
    {
        var days = (int)Math.Ceiling((claim.ChangedAt + Duration.FromDays(policy.ExpiresAfterDays) - now).TotalDays);
        return days <= 1 ? "expires within a day" : $"expires in {days} days";
    }
}
