using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Okrs;

public sealed class KeyResultCommands(Work work, OkrBook book) : ICommands
{
    [Command("kr add", "Add a key result to an objective; with a measure it counts itself", Role = Role.Core, Example = "kr add 1 \"Mob sessions across squads\" baseline=0 target=4 unit=sessions measure=\"count mob where squads >= 2\"")]
    public async Task<Reply> AddAsync(
        Caller caller,
        [Description("The objective's number"), Also("okr")] int objective,
        [Description("What is seen when it is reached, in one line"), MaxLength(150)] string title,
        [Description("The number to reach")] decimal target,
        [Description("Where it begins")] decimal baseline = 0,
        [Description("What is counted: sessions, people, %"), MaxLength(30)] string unit = "",
        [Description("What it counts by itself, such as: count mob where squads >= 2"), MaxLength(300)] string? measure = null,
        CancellationToken ct = default)
    {
        var of = await book.FindAsync(objective, ct);
        var one = await book.AddAsync(of, title, baseline, target, unit, measure, ct);
        var now = await book.ValueAsync(one, of, caller.Today, ct);
        return Reply.ToAll(new Message(
            $"Key result {one.Number} of objective {objective}: {new UserText(title, of.OwnerId)}, from {Progressing.Say(baseline)} to {Progressing.Say(target)}{(unit.Length == 0 ? RichText.Empty : RichText.Of($" {new UserText(unit, of.OwnerId)}"))}.",
            Card.Of(
                new Note(measure is null ? RichText.Of($"{$"okr checkin {one.Number}":code} tells how it stands.") : RichText.Of($"It counts itself, from what is confirmed: {measure:code}. It reads {Progressing.Say(now)} now.")),
                of.State == ObjectiveState.Draft ? new Buttons([new("Activate it", $"okr activate {objective}"), new("Another key result", $"kr add {objective}")]) : null)));
    }

    [Command("kr move", "Move a key result to another objective, or its target", Role = Role.Core, Example = "kr move 1 target=6")]
    public async Task<Reply> MoveAsync(
        Caller caller,
        [Description("The key result's number"), Also("kr")] int number,
        [Description("The number of the objective it goes to")] int? to = null,
        [Description("Another number to reach")] decimal? target = null,
        [Description("Another number to begin at")] decimal? baseline = null,
        CancellationToken ct = default)
    {
        var (one, from) = await book.FindKeyResultAsync(number, ct);
        if (to is null && target is null && baseline is null)
            throw new Refusal($"Say where it goes: {"to":code} names an objective, {"target":code} and {"baseline":code} other numbers. Nothing was changed.");
        var goal = to is { } other ? await book.FindAsync(other, ct) : from;
        if (from.IsOver || goal.IsOver)
            throw new Refusal($"Objective {(from.IsOver ? from : goal).Number} is closed; what it reads stays as it was. Nothing was changed.");
        var (begins, ends) = (baseline ?? one.Baseline, target ?? one.Target);
        if (goal.Id == from.Id && (begins, ends) == (one.Baseline, one.Target))
            throw new Refusal($"Key result {number} is there already, with those numbers. Nothing was changed.");
        if (begins == ends)
            throw new Refusal($"The target is the baseline ({Progressing.Say(ends)}), so there would be no way to go. Nothing was changed.");
        if (goal.Id != from.Id && (await book.KeyResultsAsync(goal, ct)).Count >= OkrBook.MostKeyResults)
            throw new Refusal($"Objective {goal.Number} has {OkrBook.MostKeyResults} key results already. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update key_results set objective_id = {goal.Id}, baseline = {begins}, target = {ends} where id = {one.Id}", ct);
        return Reply.ToAll(new Message($"Key result {number} “{new UserText(one.Title, from.OwnerId)}” belongs to objective {goal.Number} “{goal.Titled}”, from {Progressing.Say(begins)} to {Progressing.Say(ends)}{(one.Unit.Length == 0 ? RichText.Empty : RichText.Of($" {new UserText(one.Unit, from.OwnerId)}"))}{(begins == one.Baseline && ends == one.Target ? "" : $" (it was {Progressing.Say(one.Baseline)} to {Progressing.Say(one.Target)})")}."));
    }

    [Command("kr drop", "Take a key result out of a draft", Role = Role.Core, Example = "kr drop 2")]
    public async Task<Reply> DropAsync(Caller caller, [Description("The key result's number"), Also("kr")] int number, CancellationToken ct)
    {
        var (one, objective) = await book.FindKeyResultAsync(number, ct);
        if (objective.State != ObjectiveState.Draft)
            throw new Refusal($"Objective {objective.Number} is {OkrText.StateOf(objective)}, so its key results stay; {$"kr move {number}":code} changes the numbers. Nothing was changed.");
        await work.Sql.ExecuteAsync($"delete from key_results where id = {one.Id}", ct);
        return Reply.ToAll(new Message($"Key result {number} “{new UserText(one.Title, objective.OwnerId)}” is out of the draft."));
    }
}
