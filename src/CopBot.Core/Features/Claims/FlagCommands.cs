using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class FlagCommands(Work work, Claims claims, Audit audit, Outbox outbox, Naming naming, Leads leads) : ICommands
{
    [Command("flag", "Ask a lead to look at a claim; it is not shown until then", Example = "flag 4 \"this is the same talk as last week\"")]
    public async Task<Reply> FlagAsync(
        Caller caller,
        [Description("The number on the receipt"), Also("claim")] int number,
        [Description("What is wrong with it"), Also("because"), MaxLength(500)] string reason,
        CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        if (claim.State is not (ClaimState.Counted or ClaimState.Waiting))
            throw new Refusal($"#{number} does not stand any more. Nothing was changed.");
        if (claim.FlaggedBy is not null)
            throw new Refusal($"#{number} is flagged already; a lead has been asked to look. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update claims set flagged_by = {caller.Person}, flag_reason = {reason} where id = {claim.Id}", ct);

        // Nobody decides about their own.
        var others = await leads.ButAsync(claim.AuthorId, ct);
        foreach (var lead in others)
        {
            await outbox.TellAsync(lead, new Message(
                $"#{number} “{claim.Titled}” was flagged: {new UserText(reason, caller.Person)}",
                Card.Of(new Note($"It is not shown until you decide."), new Buttons([new("It is fine", $"unflag {number}"), new("Declare it void", $"void {number}", Destructive: true)]))), ct);
        }

        // To say that there is no other would tell who the author is; whoever is not shown hears it alone.
        if (others.Count == 0)
            await outbox.TellAsync(claim.AuthorId, new Message($"#{number} “{claim.Titled}” was flagged. It is yours, so another lead has to look at it, and there is none: {"role @name lead":code} makes one."), ct);
        var nobody = others.Count == 0 && await naming.GoesByNameAsync(claim.AuthorId, ct) ? " There is no other lead yet who could; the one there is has been asked to make somebody else lead too." : "";
        return new Message($"Thank you. #{number} is not shown until a lead has looked at it; its points stay until then. Your name is not passed on.{nobody}");
    }

    [Command("unflag", "Decide that a flagged claim is fine", Role = Role.Lead, Example = "unflag 4")]
    public async Task<Reply> UnflagAsync(Caller caller, [Description("The number on the receipt"), Also("claim")] int number, CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        if (claim.FlaggedBy is null)
            throw new Refusal($"#{number} is not flagged. Nothing was changed.");

        if (claim.AuthorId == caller.Person)
            throw new Refusal($"#{number} is yours, so another lead decides about it; {"role @name lead":code} makes one. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update claims set flagged_by = null, flag_reason = null where id = {claim.Id}", ct);
        await audit.NoteAsync(caller, "unflag", ct, subject: claim.AuthorId, claim: claim.Id);
        var stays = claim.State switch
        {
            ClaimState.Void => "void",
            ClaimState.Undone => "taken back",
            ClaimState.Expired => "expired",
            _ => null,
        };
        return stays is null
            ? new Message($"#{number} “{claim.Titled}” is shown again.")
            : new Message($"The flag on #{number} “{claim.Titled}” is lifted. It stays {new RichText([new Run.Words(stays)])}.");
    }
}
