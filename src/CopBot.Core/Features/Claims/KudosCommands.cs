using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class KudosCommands(Work work, Claims claims, Receipt receipt, Limits limits, Naming naming) : ICommands
{
    [Command("kudos", "Thank a colleague, with the reason", Example = "kudos @ana \"for reviewing the runbook\"")]
    public async Task<Reply> GiveAsync(
        Caller caller,
        [Description("Whom"), Also("for", "person")] PersonId to,
        [Description("What for"), MaxLength(500)] string reason,
        CancellationToken ct)
    {
        if (to == caller.Person)
            throw new Refusal($"Kudos are for somebody else. Nothing was stored.");
        if (await PrivacyOfAsync(to, ct) == Privacy.Observer)
            throw new Refusal($"They only look on and take no kudos. Say thank you in person. Nothing was stored.");
        await limits.CheckAsync("kudos", caller, to, null, ct);

        var claim = await claims.AddAsync(claims.Draft(caller, "kudos", ClaimState.Counted) with { Title = reason }, [(to, Naming.PartOf(caller, to, "receiver"), ParticipantState.In)], ct);
        var booked = await claims.PayAsync(claim, [(to, "receiver"), (caller.Person, "giver")], caller, ct);

        await receipt.TellUnheardAsync(caller, [to], _ => new Message($"{caller.Person:name} thanks you “{claim.Titled}” (#{claim.Number})."), ct);
        var whom = await naming.IsShownInAsync(claim.Id, to, ct) ? RichText.Of($"{to}") : PlainText.Someone;
        return await receipt.CountedAsync(caller, claim, RichText.Of($"{caller.Person:name} thanks {whom} “{claim.Titled}”"), booked, [], ct);
    }

    private async Task<Privacy> PrivacyOfAsync(PersonId person, CancellationToken ct) =>
        (Privacy)await work.Sql.ScalarAsync<int>($"select privacy from people where id = {person}", ct);
}
