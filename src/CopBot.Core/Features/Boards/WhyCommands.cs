using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;

namespace CopBot.Core.Features.Boards;

public sealed class WhyCommands(Naming naming, WhyEntries entries, Calendar calendar, Claims.Claims claims) : ICommands
{
    private const int PageSize = 30;

    [Command("why", "Expand points into the entries that sum to them", ReadsOnly = true, Example = "why #2")]
    public async Task<Reply> ExplainAsync(
        Caller caller,
        [Description("Whose points; yours when left out")] PersonId? person = null,
        [Description("Only this claim"), Also("number")] int? claim = null,
        [Description("Which time"), OneOf("week", "month", "season", "all")] string period = "all",
        [Description("Which page of a long list, from 1")] int page = 1,
        CancellationToken ct = default)
    {
        if (claim is { } number)
            return await OfClaimAsync(caller, await claims.FindAsync(number, ct, onlyLooks: true), ct);

        var whom = person ?? caller.Person;
        if (whom != caller.Person && caller.Role < Role.Lead && !await naming.GoesByNameAsync(whom, ct))
            throw new Refusal($"Those points are not public. {"why":code} without a name explains yours.");

        var of = await calendar.AtAsync(Enum.Parse<Scope>(period, ignoreCase: true), caller.Today, ct);
        return await OfPersonAsync(caller, whom, of, page, ct);
    }

    private async Task<Reply> OfPersonAsync(Caller caller, PersonId whom, Period period, int page, CancellationToken ct)
    {
        var (total, count, withheld) = await entries.SumAsync(whom, period, ct);
        page = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var who = whom == caller.Person ? RichText.Of($"You have") : RichText.Of($"{whom:name} has");
        if (count == 0)
            return new Message($"{period.Title}: {who} no entries yet.");

        var listed = await entries.OfPersonAsync(whom, period, PageSize, (page - 1) * PageSize, ct);
        var shown = listed.Sum(line => line.Entry.Points);
        var self = whom == caller.Person || caller.Role == Role.Lead;
        var facts = new List<Fact>();
        foreach (var line in listed)
            facts.Add(await entries.FactOfAsync(line, self, ct));
        var blocks = new List<Block> { new Facts(facts) };
        if (count > listed.Count)
            blocks.Add(new Note($"This page: {Points.Said(shown)} in {listed.Count} entries. The other {count - listed.Count} entries: {Points.Said(total - shown)}{(page * PageSize < count ? RichText.Of($"; {$"why {period.Scope.ToString().ToLowerInvariant()} page={page + 1}":code} lists the next") : RichText.Empty)}."));
        blocks.Add(new Note($"Sum: {Points.Said(total)}."));
        if (self && withheld > 0)
            blocks.Add(new Note($"Caps kept back {Points.Said(withheld)}; they stand beside their entries and are not in the sum."));
        return new Message($"{period.Title}: {who} {Points.Said(total)} from {count} {(count == 1 ? "entry" : "entries")}.", new Card(blocks));
    }

    private async Task<Reply> OfClaimAsync(Caller caller, Claim claim, CancellationToken ct)
    {
        var lines = await entries.OfClaimAsync(claim.Id, ct);
        var hidden = 0;
        var shown = new List<Fact>();
        foreach (var line in lines)
        {
            if (line.Entry.PersonId == caller.Person || caller.Role == Role.Lead || await naming.IsShownInAsync(claim.Id, line.Entry.PersonId, ct))
                shown.Add(await entries.FactOfAsync(line, line.Entry.PersonId == caller.Person || caller.Role == Role.Lead, ct, withPerson: true));
            else
                hidden += line.Entry.Points;
        }

        var concealed = claim.FlaggedBy is not null && caller.Role < Role.Lead && claim.AuthorId != caller.Person;
        var title = concealed ? RichText.Of($"(flagged, not shown until a lead has looked at it)") : RichText.Of($"“{claim.Titled}”");
        var author = claim.AuthorId == caller.Person ? RichText.Of($"{caller.Person:name}") : await naming.NameAsync(claim.AuthorId, ct);
        return new Message(
            $"#{claim.Number} {claim.Kind} {title} by {author}: {Points.Said(lines.Sum(line => line.Entry.Points))}, {StateOf(claim)}.",
            Card.Of(
                shown.Count > 0 ? new Facts(shown) : null,
                hidden != 0 ? new Note($"Members who are not shown: {Points.Said(hidden)}.") : null,
                claim.VoidReason is { } reason ? new Note($"Declared void: {new UserText(reason, claim.AuthorId)}") : null,
                claim.HeldBecause is { } held && claim.Waits ? new Note(held) : null));
    }

    private static string StateOf(Claim claim) => claim.State switch
    {
        ClaimState.Counted when claim.ConfirmedBy is not null => "confirmed",
        ClaimState.Counted => "counted at once",
        ClaimState.Waiting => "waiting for confirmation",
        ClaimState.Expired => "expired unconfirmed",
        ClaimState.Undone => "taken back",
        _ => "void",
    };
}
