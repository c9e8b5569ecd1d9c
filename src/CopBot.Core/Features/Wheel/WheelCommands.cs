using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Wheel;

public sealed class WheelCommands(Work work, SpinBook book, Outbox outbox, SpinVoice voice, DueSignal signal, Pack pack) : ICommands
{
    private const int MostPlayers = 20;

    [Command("wheel spin", "Draw an incident and play it: the Wheel of Misfortune gives everybody a role", Example = "wheel spin players=@ana,@cy")]
    public async Task<Reply> SpinAsync(
        Caller caller,
        [Description("Who plays beside you"), Also("with", "people")] IReadOnlyList<PersonId> players,
        [Description("Whether the clock tells each step when its minute comes")] bool auto = false,
        CancellationToken ct = default)
    {
        if (caller.LooksOn)
            throw Claims.Claims.OnlyLooksOn();
        if (caller.Said.Place.IsPrivate)
            throw new Refusal($"Spin the wheel in a channel, where all who play hear what happens. Nothing was stored.");
        if (pack.Scenarios.Count == 0)
            throw new Refusal($"The pack has no incidents; they stand in {"wheel.yaml":code}. Nothing was stored.");
        List<PersonId> named = [.. players.Append(caller.Person).Distinct()];
        var people = await book.PlayingAsync(named, ct);
        if (people.Count < 2 && named.Count > 1)
            throw new Refusal($"They only look on, so you would play alone: name somebody who takes part. Nothing was stored.");
        if (people.Count < 2)
            throw new Refusal($"Nobody plays alone: name at least one more, {"players=@name":code}. Nothing was stored.");
        if (people.Count > MostPlayers)
            throw new Refusal($"{people.Count} are too many around one incident; {MostPlayers} can play. Nothing was stored.");
        if ((await work.Db.Set<Spin>().Where(spin => spin.EndedAt == null).ToListAsync(ct)).FirstOrDefault(spin => SpinBook.RunsBeside(spin, caller.Said.Place)) is { } other)
            throw new Refusal($"Spin {other.Number} runs in this channel; {"wheel end":code} ends it first. Nothing was stored.");

        var (one, scenario, cast) = await book.BeginAsync(caller, people, auto, ct);
        if (auto)
            work.AfterCommit(signal.Set);
        foreach (var player in cast.Where(player => player.Role == IncidentRole.GameMaster))
            await outbox.TellAsync(player.PersonId, WheelText.Sheet(one, scenario), ct);
        foreach (var player in cast.Where(player => player.Role != IncidentRole.GameMaster))
        {
            if (!await book.IsShownAsync(player, ct))
                await outbox.TellAsync(player.PersonId, new Message($"You play {WheelText.Words(Casting.NameOf(player.Role))} in spin {one.Number} of the Wheel of Misfortune, “{WheelText.Words(scenario.Title)}”. {WheelText.Words(scenario.Opening)}"), ct);
        }

        return await voice.SayAsync(caller, one, new Message(
            $"Spin {one.Number} of the Wheel of Misfortune: “{WheelText.Words(scenario.Title)}”. {WheelText.Words(scenario.Opening)}",
            Card.Of(
                new Facts(await RolesAsync(cast, pings: true, ct)),
                new Note(auto
                    ? RichText.Of($"Nothing of this is real. What becomes known comes by itself, from minute {scenario.Steps[0].Minute} on; say aloud what you do.")
                    : RichText.Of($"Nothing of this is real. The game master knows what comes; say aloud what you do.")),
                people.Count < named.Count ? new Note("Whoever only looks on has no role.") : null,
                new Buttons([new("What happens next", "wheel next"), new("A hint", "wheel reveal"), new("Debrief", "wheel end")]))), ct);
    }

    [Command("wheel roles", "See who plays what in the running incident, and why", ReadsOnly = true)]
    public async Task<Reply> ShowRolesAsync(Caller caller, CancellationToken ct)
    {
        var (one, scenario) = await RunningAsync(caller, onlyLooks: true, ct);
        return new Message(
            $"Spin {one.Number}, “{WheelText.Words(scenario.Title)}”: {one.StepsTold} of {scenario.Steps.Count} steps told.",
            Card.Of(new Facts(await RolesAsync(await book.PlayersAsync(one, ct), pings: false, ct))));
    }

    [Command("wheel next", "Tell what becomes known next in the running incident")]
    public async Task<Reply> NextAsync(Caller caller, CancellationToken ct)
    {
        var (one, scenario) = await PlayedAsync(caller, ct);
        if (one.StepsTold >= scenario.Steps.Count)
            throw new Refusal($"That was all there is to know. {"wheel end":code} begins the debrief. Nothing was changed.");
        await book.TellAsync(one, ct);
        return await voice.SayAsync(caller, one, WheelText.Step(one, scenario), ct);
    }

    [Command("wheel reveal", "Give a hint in the running incident")]
    public async Task<Reply> RevealAsync(Caller caller, CancellationToken ct)
    {
        var (one, scenario) = await PlayedAsync(caller, ct);
        if (one.HintsTold >= scenario.Hints.Count)
            throw new Refusal($"There is no further hint. Nothing was changed.");
        await work.Sql.ExecuteAsync($"update wheel_spins set hints_told = {one.HintsTold + 1} where id = {one.Id} and hints_told = {one.HintsTold}", ct);
        return await voice.SayAsync(caller, one, new Message($"Hint {one.HintsTold + 1} of {scenario.Hints.Count}: {WheelText.Words(scenario.Hints[one.HintsTold])}"), ct);
    }

    private async Task<IReadOnlyList<Fact>> RolesAsync(IReadOnlyList<Player> cast, bool pings, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var player in cast)
        {
            var who = !await book.IsShownAsync(player, ct) ? PlainText.Someone : pings ? RichText.Of($"{player.PersonId}") : RichText.Of($"{player.PersonId:name}");
            facts.Add(new(Casting.NameOf(player.Role), RichText.Of($"{who} ({WheelText.Words(player.Why)})")));
        }

        return facts;
    }

    private async Task<(Spin Spin, Scenario Scenario)> RunningAsync(Caller caller, bool onlyLooks, CancellationToken ct)
    {
        RichText rest = onlyLooks ? "" : " Nothing was changed.";
        var one = await book.RunningAsync(caller, ct) ?? throw new Refusal($"No wheel runs here. {"wheel spin players=@name":code} starts one.{rest}");
        return book.ScenarioOf(one) is { } scenario ? (one, scenario) : throw new Refusal($"The incident of spin {one.Number} is not in the pack any more; {"wheel cancel":code} calls it off.{rest}");
    }

    // Whoever looks on from outside does not turn the pages.
    private async Task<(Spin Spin, Scenario Scenario)> PlayedAsync(Caller caller, CancellationToken ct)
    {
        var running = await RunningAsync(caller, onlyLooks: false, ct);
        return caller.Role >= Role.Core || (await book.PlayersAsync(running.Spin, ct)).Any(player => player.PersonId == caller.Person) ? running
            : throw new Refusal($"You do not play in spin {running.Spin.Number}; its players and the core team go on with it. Nothing was changed.");
    }
}
