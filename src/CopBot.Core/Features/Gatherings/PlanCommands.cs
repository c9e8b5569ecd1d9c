using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

public sealed class PlanCommands(Work work, Gatherings gatherings, Reminders reminders, Events events, Outbox outbox) : ICommands
{
    [Command("gather plan", "Plan something that people join with one click", Example = "gather plan \"Mob on the pager bot\" kind=mob at=\"thursday 15:00\" minutes=90 topic=alerting")]
    public async Task<Reply> PlanAsync(
        Caller caller,
        [Description("What it is about, in one line"), MaxLength(120)] string title,
        [Description("When it begins, such as thursday 15:00"), MaxLength(100)] string at,
        [Description("What it is"), OneOf(GatheringText.Mob, GatheringText.Talk, GatheringText.Workshop, GatheringText.Wheel, GatheringText.Meeting)] string kind = GatheringText.Mob,
        [Description("How long it takes, in minutes")] int minutes = 60,
        [Description("The topic, in a word or two"), MaxLength(60)] string? topic = null,
        CancellationToken ct = default)
    {
        var begins = TimeAhead.InstantOf(at, caller.At.InZone(caller.Community.Zone), caller.Community.Language, time => Again(title, kind, minutes, topic, time));
        if ((await gatherings.PlannedAsync(begins, ct)).FirstOrDefault(other => other.Kind == kind && string.Equals(other.Title, title, StringComparison.OrdinalIgnoreCase)) is { } twin)
            throw new Refusal($"Gathering {twin.Number} is that, at that time: {$"gather join {twin.Number}":code}. Nothing was stored.");
        var one = await gatherings.PlanAsync(caller, kind, title, begins, minutes, topic, null, ct);
        var card = Gatherings.Card(one, caller.Community, joined: 1);
        var unheard = Receipt.Unheard(caller) ? new Note($"Nobody else hears this here; everybody finds it with {"gather list":code}.") : null;
        return Reply.ToAll(card with { Card = Card.Of([.. card.Card!.Blocks, unheard]) }) with { ShownAs = GatheringText.ShownAs(one) };
    }

    [Command("gather move", "Move a gathering; everybody who joined is told", Example = "gather move 1 at=\"friday 15:00\"")]
    public async Task<Reply> MoveAsync(
        Caller caller,
        [Description("The gathering's number")] int number,
        [Description("When it begins now"), MaxLength(100)] string at,
        CancellationToken ct)
    {
        var before = await OwnAsync(caller, number, ct);
        var begins = TimeAhead.InstantOf(at, caller.At.InZone(caller.Community.Zone), caller.Community.Language, time => CommandLine.Write("gather move", [new("number", $"{number}"), new("at", time)]));
        if (begins == before.BeginsAt)
            throw new Refusal($"Gathering {number} begins at that time already. Nothing was changed.");

        var one = before with { BeginsAt = begins, Sequence = before.Sequence + 1 };
        await work.Sql.ExecuteAsync($"update gatherings set begins_at = {begins}, sequence = {one.Sequence} where id = {one.Id}", ct);
        await reminders.AgainAsync(one, caller.At, ct);
        await events.WantAsync(one, ct);
        await gatherings.ReviseAsync(one, caller.Community, ct);
        var told = await TellAsync(caller, one, new Message(
            $"{GatheringText.Of(one)} has moved: it begins on {GatheringText.When(one, caller.Community)} now, {caller.Community.Zone.Id} time.",
            Card.Of(new Buttons([GatheringText.CalendarFile(one), GatheringText.Leave(one)]))), ct);
        return new Message($"Moved: {GatheringText.Whole(one, caller.Community)}. {told}", Card.Of(new Buttons([GatheringText.CalendarFile(one)])));
    }

    [Command("gather cancel", "Cancel a gathering; everybody who joined is told", Example = "gather cancel 1")]
    public async Task<Reply> CancelAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var before = await OwnAsync(caller, number, ct);
        var one = before with { State = GatheringState.Cancelled, Sequence = before.Sequence + 1 };
        await work.Sql.ExecuteAsync($"update gatherings set state = {one.State}, sequence = {one.Sequence} where id = {one.Id}", ct);
        await reminders.WithdrawAsync(one, ct);
        await events.WantAsync(one, ct);
        await gatherings.ReviseAsync(one, caller.Community, ct);
        var told = await TellAsync(caller, one, new Message(
            $"{GatheringText.Of(one)} on {GatheringText.When(one, caller.Community)} is cancelled.",
            Card.Of(new Buttons([GatheringText.CalendarFile(one)]), new Note($"The calendar file takes it out of your calendar."))), ct);
        return new Message($"Cancelled: {GatheringText.Whole(one, caller.Community)}. {told}", Card.Of(new Buttons([GatheringText.CalendarFile(one)])));
    }

    private static string Again(string title, string kind, int minutes, string? topic, string at)
    {
        var values = new List<KeyValuePair<string, string>> { new("title", title), new("at", at), new("kind", kind), new("minutes", $"{minutes}") };
        if (topic is not null)
            values.Add(new("topic", topic));
        return CommandLine.Write("gather plan", values);
    }

    // One that is not over, and that the caller has a say in.
    private async Task<Gathering> OwnAsync(Caller caller, int number, CancellationToken ct)
    {
        var one = await gatherings.StandingAsync(number, ct);
        if (one.PlannerId != caller.Person && caller.Role < Role.Core)
            throw new Refusal($"Gathering {number} can be changed by whoever planned it and by the core team. Nothing was changed.");
        return one.EndsAt > caller.At ? one : throw new Refusal($"Gathering {number} is over. Nothing was changed.");
    }

    private async Task<RichText> TellAsync(Caller caller, Gathering one, Message says, CancellationToken ct)
    {
        var others = (await gatherings.PeopleAsync(one, ct)).Where(person => person.PersonId != caller.Person).ToList();
        foreach (var person in others)
            await outbox.TellAsync(person.PersonId, says, ct);
        return others.Count switch
        {
            0 => "Nobody else had joined.",
            1 => "The one who joined is told.",
            _ => $"The {others.Count} others who joined are told.",
        };
    }
}
