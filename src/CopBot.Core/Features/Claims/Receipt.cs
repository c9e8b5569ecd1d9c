using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;

namespace CopBot.Core.Features.Claims;

/// <summary>Answers to a logged claim: the number, what it earned or what it waits for, and what others can do with it.</summary>
public sealed class Receipt(Outbox outbox, Naming naming, Followers followers, PointsPolicy policy)
{
    /// <summary>For everybody: what was logged, under which number, and the points.</summary>
    public async Task<Reply> CountedAsync(Caller caller, Claim claim, RichText what, IReadOnlyList<LedgerEntry> booked, IEnumerable<Button> offers, CancellationToken ct)
    {
        await TellWithheldAsync(caller, claim, booked, ct);
        return Reply.ToAll(new Message($"#{claim.Number} {what}: {await PaidAsync(claim, caller.Person, booked, ct)}.", CardOf(claim, await followers.NotesAsync(claim, counts: true, caller, ct), offers)));
    }

    /// <summary>For everybody: what was logged, under which number, and who can make it count.</summary>
    public Reply Waiting(Caller caller, Claim claim, RichText what)
    {
        var why = claim.HeldBecause is null ? RichText.Empty : new RichText([new Run.Words(claim.HeldBecause + " ")]);
        var confirm = $"confirm {claim.Number}";
        var byParticipant = policy[claim.Rule].ConfirmedBy == Confirmer.Participant && claim.HeldBecause is null;
        var note = (Unheard(caller), byParticipant) switch
        {
            (true, true) => RichText.Of($"{why}Nobody else hears this here, but those who took part are told: it counts when one of them types {confirm:code}, within {policy.ExpiresAfterDays} days."),
            (true, false) => RichText.Of($"{why}Nobody else hears this here: ask a colleague to type {confirm:code} within {policy.ExpiresAfterDays} days, then it counts. It also stands in everybody's {"pending":code}."),
            _ => RichText.Of($"{why}It counts when {(byParticipant ? RichText.Of($"another participant") : RichText.Of($"another member"))} types {confirm:code}, within {policy.ExpiresAfterDays} days."),
        };
        return Reply.ToAll(new Message($"#{claim.Number} {what}: waiting.", CardOf(claim, [new(note)], Unheard(caller) ? [] : [new("Confirm", confirm)]))) with { ShownAs = Claims.ShownAs(claim) };
    }

    /// <summary>Tells everybody, each alone, what a cap kept back of their points.</summary>
    public async Task TellWithheldAsync(Caller caller, Claim claim, IReadOnlyList<LedgerEntry> booked, CancellationToken ct)
    {
        foreach (var entry in booked.Where(entry => entry.Withheld > 0))
        {
            var cap = policy.Caps.First(cap => cap.Name == entry.Cap);
            var what = entry.PersonId == claim.AuthorId ? RichText.Of($"#{claim.Number} is logged") : RichText.Of($"#{claim.Number} “{claim.Titled}” is for you too");
            var says = new Message(
                $"{what}; {entry.Withheld} of {Points.Said(entry.Points + entry.Withheld)} {(entry.Withheld == 1 ? "is" : "are")} not counted: {new RichText([new Run.Words(cap.Says)])}. Nothing else is lost, and your points count again {(cap.Period == CapPeriod.Day ? "tomorrow" : "next week")}.");
            if (entry.PersonId == caller.Person)
                await outbox.AnswerAsync(caller.Said, says, ct);
            else
                await outbox.TellAsync(entry.PersonId, says, ct);
        }
    }

    /// <summary>Tells those concerned who do not hear it otherwise: said in a private place or by somebody who is not shown, or they are not named themselves.</summary>
    public async Task TellUnheardAsync(Caller caller, IEnumerable<PersonId> concerned, Func<PersonId, Message> says, CancellationToken ct)
    {
        var unheard = Unheard(caller);
        foreach (var person in concerned.Where(person => person != caller.Person).Distinct())
        {
            if (unheard || !await naming.GoesByNameAsync(person, ct))
                await outbox.TellAsync(person, says(person), ct);
        }
    }

    /// <summary>Who got how many points, the same amounts together.</summary>
    public async Task<RichText> PaidAsync(Claim claim, PersonId speaker, IReadOnlyList<LedgerEntry> booked, CancellationToken ct)
    {
        var sums = booked.GroupBy(entry => entry.PersonId).Select(group => (Person: group.Key, Points: group.Sum(entry => entry.Points))).Where(sum => sum.Points != 0).ToList();
        if (sums.Count == 0)
            return "no points";

        // Whoever goes by another name now may have been named when it was logged.
        var named = new HashSet<PersonId>();
        foreach (var (person, _) in sums)
        {
            if (await naming.IsShownInAsync(claim.Id, person, ct, speaks: person == speaker))
                named.Add(person);
        }

        return RichText.Join(", ", sums.GroupBy(sum => sum.Points).OrderByDescending(group => group.Key).Select(group =>
            RichText.Of($"{Points.Said(group.Key)} for {Naming.Together(group.Select(sum => sum.Person).Where(named.Contains).Select(person => RichText.Of($"{person:name}")), group.Count(sum => !named.Contains(sum.Person)))}")));
    }

    /// <summary>What is said in a private place, or by somebody who is not shown, reaches nobody else.</summary>
    public static bool Unheard(Caller caller) => !caller.Shown || caller.Said.Place.IsPrivate;

    private static Card? CardOf(Claim claim, IReadOnlyList<Note> notes, IEnumerable<Button> offers)
    {
        var facts = new List<Fact>();
        if (claim.Link is not null)
            facts.Add(new("Link", RichText.Of($"{new Link(new Uri(claim.Link), claim.AuthorId)}")));
        if (claim.Topic is not null)
            facts.Add(new("Topic", RichText.Of($"{new UserText(claim.Topic, claim.AuthorId)}")));
        if (claim.Learned is not null)
            facts.Add(new("Learned", RichText.Of($"{new UserText(claim.Learned, claim.AuthorId)}")));
        if (claim.NextStep is not null)
            facts.Add(new("Next", RichText.Of($"{new UserText(claim.NextStep, claim.AuthorId)}")));
        var buttons = offers.ToList();
        return facts.Count == 0 && notes.Count == 0 && buttons.Count == 0
            ? null
            : Card.Of([facts.Count > 0 ? new Facts(facts) : null, .. notes, buttons.Count > 0 ? new Buttons(buttons) : null]);
    }
}
