using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Features.Tracing;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Undertakings;

/// <summary>Turns a gap into work. It stands apart because it knows all kinds of work, none of which knows the others.</summary>
public sealed class GapStartCommands(Work work, Gaps gaps, Experiments experiments, Gatherings.Gatherings gatherings, OkrBook okrs, LinkCommands links) : ICommands
{
    private const int LongestObjective = 150;

    [Command("gap start", "Begin to work on a gap: with an experiment, a mob session or an objective", Example = "gap start 1 experiment measure=\"zones lost without an outage\"")]
    public async Task<Reply> StartAsync(
        Caller caller,
        [Description("The gap's number"), Also("gap")] int number,
        [Description("What you begin"), OneOf("experiment", "mob", "okr"), Also("kind")] string with,
        [Description("What you expect of an experiment"), MaxLength(1000)] string? hypothesis = null,
        [Description("What an experiment is going to measure"), MaxLength(300)] string? measure = null,
        [Description("By when an experiment has a result, or the last day of an objective")] LocalDate? due = null,
        [Description("When a mob session begins, such as thursday 15:00"), MaxLength(100)] string? at = null,
        [Description("How long a mob session takes, in minutes")] int minutes = 60,
        CancellationToken ct = default)
    {
        GapCommands.TakePart(caller);
        var gap = await gaps.FindOpenAsync(number, ct);
        var reply = with switch
        {
            "mob" => await PlanMobAsync(caller, gap, at, minutes, ct),
            "okr" => await DraftObjectiveAsync(caller, gap, due, ct),
            _ => await StartExperimentAsync(caller, gap, hypothesis, measure, due, ct),
        };
        await gaps.BeginAsync(gap.Id, ct);
        return reply with { Message = reply.Message with { Card = Card.Of([new Note($"It works on gap {number} “{gap.Titled}”."), .. reply.Message.Card?.Blocks ?? []]) } };
    }

    private async Task<Reply> StartExperimentAsync(Caller caller, Gap gap, string? hypothesis, string? measure, LocalDate? due, CancellationToken ct)
    {
        if ((await gaps.ContributionsAsync(gap, ct)).FirstOrDefault(one => one is { Kind: "experiment", Result: null }) is { } running)
            throw new Refusal($"Experiment #{running.Number} works on gap {gap.Number} already and has no result yet. Another one: {"experiment start":code}, then {$"gap link {gap.Number} NUMBER":code}. Nothing was stored.");
        var (claim, reply) = await experiments.StartAsync(caller, gap.Title!, hypothesis, measure, due, gap.Topic, null, ct);
        await gaps.LinkAsync(gap.Id, claim.Id, caller.At, ct);
        return reply;
    }

    // The entry that is written of it afterwards is linked with the gap.
    private async Task<Reply> PlanMobAsync(Caller caller, Gap gap, string? at, int minutes, CancellationToken ct)
    {
        if (at is null)
            throw new Refusal($"When is the mob session? {$"gap start {gap.Number} mob at=\"thursday 15:00\"":code} plans it. Nothing was stored.");
        var begins = TimeAhead.InstantOf(at, caller.At.InZone(caller.Community.Zone), caller.Community.Language, time => CommandLine.Write($"gap start {gap.Number} mob", [new("at", time), new("minutes", $"{minutes}")]));
        var one = await gatherings.PlanAsync(caller, GatheringText.Mob, gap.Title!, begins, minutes, gap.Topic, gap.Id, ct);
        return Reply.ToAll(Gatherings.Gatherings.Card(one, caller.Community, joined: 1)) with { ShownAs = GatheringText.ShownAs(one) };
    }

    // The need is what is to be reached; that the capability is mastered is how one sees it.
    private async Task<Reply> DraftObjectiveAsync(Caller caller, Gap gap, LocalDate? due, CancellationToken ct)
    {
        if (caller.Role < Role.Core)
            throw new Refusal($"Objectives are drafted by the core team; {$"gap start {gap.Number} experiment":code} is for everybody. Nothing was stored.");
        if (gap.Level == Gap.Mastered)
            throw new Refusal($"Gap {gap.Number} is at level {gap.Level} already, so there is nothing to reach. Nothing was stored.");
        if (await ObjectiveOfAsync(gap, ct) is { } other)
            throw new Refusal($"Objective {other} works on gap {gap.Number} already: {$"okr show {other}":code}. Nothing was stored.");
        var until = due ?? League.Period.Lately(caller.Today).PlusMonths(6).PlusDays(-1);
        if (until < caller.Today)
            throw new Refusal($"{"due":code} lies in the past; today is {caller.Today:uuuu-MM-dd}. Nothing was stored.");

        var objective = await okrs.AddAsync(TextRules.Short(gap.Need!, LongestObjective), caller.Person, caller.Today, until, caller.At, ct);
        var result = await okrs.AddAsync(objective, gap.Title!, gap.Level, Gap.Mastered, "level", null, ct);
        await links.LinkAsync(caller, result.Number, gap.Number, ct: ct);
        return Reply.ToAll(new Message(
            $"Objective {objective.Number} “{objective.Titled}” is a draft, until {until:uuuu-MM-dd}, with key result {result.Number} “{gap.Titled}”: level {gap.Level} → {Gap.Mastered}.",
            Card.Of(new Buttons([new("Activate it", $"okr activate {objective.Number}"), new("Add a key result", $"kr add {objective.Number}")]))));
    }

    private Task<int?> ObjectiveOfAsync(Gap gap, CancellationToken ct) => work.Sql.FirstAsync(
        $"""
        select o.number from key_result_gaps l join key_results k on k.id = l.key_result_id join objectives o on o.id = k.objective_id
        where l.gap_id = {gap.Id} and o.state in ({ObjectiveState.Draft}, {ObjectiveState.Active}) order by o.number desc limit 1
        """, row => (int?)row.Int(0), ct);
}
