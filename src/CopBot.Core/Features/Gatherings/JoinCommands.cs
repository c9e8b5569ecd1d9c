using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

public sealed class JoinCommands(Work work, Gatherings gatherings, Events events, AfterThoughts after) : ICommands
{
    private static readonly Duration SaidWithin = Duration.FromDays(14);

    [Command("gather join", "Join a gathering", Example = "gather join 1")]
    public async Task<Reply> JoinAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await gatherings.StandingAsync(number, ct);
        if (one.EndsAt <= caller.At)
            throw new Refusal($"Gathering {number} is over. If you were there, {GatheringText.Line("here", one):code} says so. Nothing was changed.");
        if (await gatherings.OfAsync(one, caller.Person, ct) is not null)
            throw new Refusal($"You joined gathering {number} already. Nothing was changed.");

        await gatherings.AddAsync(one, caller, Attendance.Joined, ct);
        return new Message(
            $"You join: {GatheringText.Whole(one, caller.Community)}. {await RemindedAsync(one, caller.Person, ct)}",
            Card.Of(new Buttons([GatheringText.CalendarFile(one), GatheringText.Leave(one)])));
    }

    [Command("gather leave", "Leave a gathering that you joined", Example = "gather leave 1")]
    public async Task<Reply> LeaveAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await gatherings.FindAsync(number, ct);
        if (await gatherings.OfAsync(one, caller.Person, ct) is null)
            throw new Refusal($"You have not joined gathering {number}. Nothing was changed.");
        if (one.EndsAt <= caller.At)
            throw new Refusal($"Gathering {number} is over. {GatheringText.Line("missed", one):code} says that you were not there. Nothing was changed.");
        if (one.PlannerId == caller.Person && !one.IsCancelled)
            throw new Refusal($"You planned gathering {number}. {GatheringText.Line("cancel", one):code} cancels it for everybody, {GatheringText.Line("move", one) + " at=…":code} moves it. Nothing was changed.");

        await work.Sql.ExecuteAsync($"delete from gathering_people where gathering_id = {one.Id} and person_id = {caller.Person}", ct);
        await events.PeopleAsync(one, ct);
        await gatherings.ReviseAsync(one, caller.Community, ct);
        return new Message($"You are out of {GatheringText.Of(one)}, and I remind you of nothing. {GatheringText.Line("join", one):code} takes you in again.");
    }

    [Command("gather here", "Say that you were at a gathering", Example = "gather here 1")]
    public async Task<Reply> HereAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await BegunAsync(caller, number, ct);
        var row = await gatherings.OfAsync(one, caller.Person, ct);
        if (row?.Attendance == Attendance.Here)
            throw new Refusal($"You have said already that you were at gathering {number}. Nothing was changed.");
        if (row is null)
            await gatherings.AddAsync(one, caller, Attendance.Here, ct);
        else
            await SetAsync(one, caller, Attendance.Here, ct);
        var writes = caller.Person == one.PlannerId && GatheringText.IsLogged(one) && one.EndsAt <= caller.At;
        Block[] blocks = [.. writes ? (Block[])[new Buttons([GatheringText.Log(one)])] : [], .. await after.OfAsync(one, caller.At, ct)];
        return new Message($"Noted: you were at {GatheringText.Of(one)}.", blocks.Length > 0 ? new Card(blocks) : null);
    }

    [Command("gather missed", "Say that you were not at a gathering that you joined", Example = "gather missed 1")]
    public async Task<Reply> MissedAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await BegunAsync(caller, number, ct);
        switch (await gatherings.OfAsync(one, caller.Person, ct))
        {
            case null:
                throw new Refusal($"You had not joined gathering {number}. Nothing was changed.");
            case { Attendance: Attendance.Missed }:
                throw new Refusal($"You have said already that you missed gathering {number}. Nothing was changed.");
        }

        await SetAsync(one, caller, Attendance.Missed, ct);
        return new Message($"Noted: you missed {GatheringText.Of(one)}. Until the next one.");
    }

    private async Task<string> RemindedAsync(Gathering one, PersonId person, CancellationToken ct) => (await gatherings.OfAsync(one, person, ct))?.Step switch
    {
        Step.DayBefore => "I remind you one day and 15 minutes before.",
        Step.QuarterBefore => "I remind you 15 minutes before.",
        _ => "It is about to begin, or has begun.",
    };

    private Task SetAsync(Gathering one, Caller caller, Attendance attendance, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update gathering_people set attendance = {attendance} where gathering_id = {one.Id} and person_id = {caller.Person}", ct);

    // One whose attendance can be told: it has begun, it was not long ago, and no entry of a session counts on it.
    private async Task<Gathering> BegunAsync(Caller caller, int number, CancellationToken ct)
    {
        var one = await gatherings.StandingAsync(number, ct);
        if (one.BeginsAt > caller.At)
            throw new Refusal($"Gathering {number} begins on {GatheringText.When(one, caller.Community)}; until then {GatheringText.Line("join", one):code} and {GatheringText.Line("leave", one):code} are what you want. Nothing was changed.");
        if (one.EndsAt + SaidWithin < caller.At)
            throw new Refusal($"Gathering {number} was more than {SaidWithin.Days} days ago. Nothing was changed.");
        return one is { ClaimNumber: { } claim, Kind: GatheringText.Mob }
            ? throw new Refusal($"The entry of gathering {number} is written already (#{claim}), so this comes too late for it. Nothing was changed.")
            : one;
    }
}
