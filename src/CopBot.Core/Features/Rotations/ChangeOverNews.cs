using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Tells the channel and those whom it concerns that a turn has begun.</summary>
public sealed class ChangeOverNews(Work work, Outbox outbox, Channels channels, IEnumerable<IHandoverItem> items)
{
    public async Task TellAsync(Rotation rotation, Schedule schedule, Decision decision, IReadOnlyList<RotationChoice> going, CancellationToken ct)
    {
        var seated = decision.Seated.Select(choice => (choice.Person, choice.Seat!.Value)).ToList();
        var name = new UserText(rotation.Name, schedule.OwnerId);
        var until = ReasonText.Day(decision.Turn.Until);
        var leaving = going.Where(one => decision.SeatOf(one.PersonId) is null).ToList();

        // A lead who was told once that nobody serves does not want to hear it at every turn.
        if (seated.Count == 0 && (going.Count > 0 || rotation.Turn == 0))
            await TellLeadsAsync($"Nobody serves in {name}, turn {decision.Turn.Number}: {(decision.Choices.Count == 0 ? "nobody is in it" : "everybody is away")}. {ReasonText.Line("rotation list", rotation):code} shows the turns to come.", ct);
        else if (seated.Count > 0)
            await channels.PostAsync(PostKind.Rotation, Announce(rotation, name, decision, seated, leaving, until), schedule.Id, ct);

        var packet = await PacketAsync(rotation, ct);
        foreach (var choice in decision.Seated)
        {
            RichText stays = going.Any(one => one.PersonId == choice.Person) ? "You go on" : "Your turn begins";
            var others = seated.Where(one => one.Person != choice.Person).ToList();
            var with = others.Count == 0 ? RichText.Empty : RichText.Of($", with {ReasonText.Names(rotation, others)}");
            await outbox.TellAsync(choice.Person, new Message(
                $"{stays} in {name}: {ReasonText.Role(rotation, choice.Seat!.Value)} until {until}{with}. Why you: {ReasonText.Of(choice, decision.Turn.From)}.",
                Card.Of(packet.Count == 0 ? null : new Facts(packet), new Note($"{"rotation note \"…\"":code} leaves a word for those after you."))), ct);
        }

        foreach (var one in leaving)
            await outbox.TellAsync(one.PersonId, new Message($"Your turn in {name} is over, thank you. {(seated.Count == 0 ? RichText.Of($"Nobody takes over for now") : RichText.Of($"Now it is {ReasonText.Names(rotation, seated)}"))}."), ct);
    }

    private static Message Announce(Rotation rotation, UserText name, Decision decision, List<(PersonId Person, int Seat)> seated, List<RotationChoice> leaving, string until)
    {
        var empty = rotation.RoleNames.Count - seated.Count;
        var thanks = leaving.Count == 0 ? null : new Paragraph($"Thank you, {ReasonText.Plain(leaving.Select(one => one.PersonId))}.");
        var gap = empty == 0 ? null : new Note($"{empty} of {rotation.RoleNames.Count} seats {(empty == 1 ? "stays" : "stay")} empty: not enough people are there.");
        return new Message($"{name}, until {until}: {ReasonText.Names(rotation, seated)}.", Card.Of(thanks, gap, new Note($"{ReasonText.Line("rotation why", rotation):code} tells why.")));
    }

    private async Task<List<Fact>> PacketAsync(Rotation rotation, CancellationToken ct)
    {
        var since = await work.Db.Set<RotationTurn>().Where(turn => turn.RotationId == rotation.Id && turn.Number == rotation.Turn).Select(turn => (Instant?)turn.BeginsAt).FirstOrDefaultAsync(ct) ?? rotation.CreatedAt;
        var packet = new List<Fact>();
        foreach (var item in items)
        {
            if (await item.ForAsync(rotation, since, ct) is { } fact)
                packet.Add(fact);
        }

        return packet;
    }

    private async Task TellLeadsAsync(RichText says, CancellationToken ct)
    {
        foreach (var lead in await work.Db.Set<Person>().Where(person => person.Role == Role.Lead && person.ErasedAt == null && person.MergedInto == null).Select(person => person.Id).ToListAsync(ct))
            await outbox.TellAsync(lead, new Message(says), ct);
    }
}
