using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

/// <summary>Answers to a logged claim: the number, what it earned or what it waits for, and what others can do with it.</summary>
public sealed class Receipt(Work work, Outbox outbox, Naming naming, PointsPolicy policy)
{
    /// <summary>For everybody: what was logged, under which number, and the points.</summary>
    public async Task<Reply> CountedAsync(Caller caller, Claim claim, RichText what, IReadOnlyList<LedgerEntry> booked, IEnumerable<Button> offers, CancellationToken ct)
    {
        await TellWithheldAsync(caller, claim, booked, ct);
        return Reply.ToAll(new Message($"#{claim.Number} {what}: {await PaidAsync(claim, booked, ct)}.", CardOf(claim, null, offers)));
    }

    /// <summary>For everybody: what was logged, under which number, and who can make it count.</summary>
    public Reply Waiting(Claim claim, RichText what, string until, IEnumerable<Button> offers)
    {
        var why = claim.HeldBecause is null ? RichText.Empty : new RichText([new Run.Words(claim.HeldBecause + " ")]);
        var note = RichText.Of($"{why}It counts when {new RichText([new Run.Words(until)])} types {$"confirm {claim.Number}":code}, within {policy.ExpiresAfterDays} days.");
        return Reply.ToAll(new Message($"#{claim.Number} {what}: waiting.", CardOf(claim, note, [new("Confirm", $"confirm {claim.Number}"), .. offers])));
    }

    /// <summary>Tells everybody, each alone, what a cap kept back of their points.</summary>
    public async Task TellWithheldAsync(Caller caller, Claim claim, IReadOnlyList<LedgerEntry> booked, CancellationToken ct)
    {
        foreach (var entry in booked.Where(entry => entry.Withheld > 0))
        {
            var cap = policy.Caps.First(cap => cap.Name == entry.Cap);
            var says = new Message(
                $"#{claim.Number} is logged; {entry.Withheld} of {entry.Points + entry.Withheld} points are not counted: {new RichText([new Run.Words(cap.Says)])}. Nothing is lost: it stays in the library, and your points count again {(cap.Period == CapPeriod.Day ? "tomorrow" : "next week")}.");
            if (entry.PersonId == caller.Person)
                await outbox.AnswerAsync(caller.Said, says, ct);
            else
                await outbox.TellAsync(entry.PersonId, says, ct);
        }
    }

    /// <summary>Tells those concerned who do not hear it otherwise: said in a private place or by somebody who is not shown, or they are not named themselves.</summary>
    public async Task TellUnheardAsync(Caller caller, IEnumerable<PersonId> concerned, Message says, CancellationToken ct)
    {
        var unheard = !caller.Shown || caller.Said.Place.IsPrivate;
        foreach (var person in concerned.Where(person => person != caller.Person).Distinct())
        {
            if (unheard || !await naming.GoesByNameAsync(person, ct))
                await outbox.TellAsync(person, says, ct);
        }
    }

    /// <summary>Who got how many points, the same amounts together.</summary>
    public async Task<RichText> PaidAsync(Claim claim, IReadOnlyList<LedgerEntry> booked, CancellationToken ct)
    {
        var sums = booked.GroupBy(entry => entry.PersonId).Select(group => (Person: group.Key, Points: group.Sum(entry => entry.Points))).Where(sum => sum.Points != 0).ToList();
        if (sums.Count == 0)
            return "no points";

        var unnamed = sums.Any(sum => sum.Person != claim.AuthorId) ? await UnnamedAsync(claim, ct) : [];
        return RichText.Join(", ", sums.GroupBy(sum => sum.Points).OrderByDescending(group => group.Key).Select(group =>
            RichText.Of($"{group.Key} {(Math.Abs(group.Key) == 1 ? "point" : "points")} for {RichText.Join(" and ", group.Select(sum => unnamed.Contains(sum.Person) ? PlainText.Someone : RichText.Of($"{sum.Person:name}")))}")));
    }

    // Those whom its author named and who do not go by their own name.
    private async Task<List<PersonId>> UnnamedAsync(Claim claim, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"select c.person_id from claim_people c join people p on p.id = c.person_id where c.claim_id = {claim.Id} and p.privacy <> {Privacy.Public}",
            row => row.Person(0), ct);

    private static Card? CardOf(Claim claim, RichText? note, IEnumerable<Button> offers)
    {
        var facts = new List<Fact>();
        if (claim.Link is not null)
            facts.Add(new("Link", RichText.Of($"{new Link(new Uri(claim.Link), claim.AuthorId)}")));
        if (claim.Topic is not null)
            facts.Add(new("Topic", RichText.Of($"{new UserText(claim.Topic, claim.AuthorId)}")));
        var buttons = offers.ToList();
        return facts.Count == 0 && note is null && buttons.Count == 0
            ? null
            : Card.Of(facts.Count > 0 ? new Facts(facts) : null, note is null ? null : new Note(note), buttons.Count > 0 ? new Buttons(buttons) : null);
    }
}
