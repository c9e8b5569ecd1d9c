using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

public sealed class CloseCommands(Work work, OkrBook book, CheckInDays days, OkrText text, Audit audit) : ICommands
{
    [Command("okr close", "Close an objective as achieved, missed or dropped, with what was learned", Example = "okr close 1 achieved learned=\"mobs on a fixed day work\"")]
    public async Task<Reply> CloseAsync(
        Caller caller,
        [Description("The objective's number"), Also("objective")] int number,
        [Description("How it ended"), OneOf("achieved", "missed", "dropped")] string how,
        [Description("What was learned from it"), Also("retrospective", "retro"), MaxLength(1000)] string? learned = null,
        CancellationToken ct = default)
    {
        var objective = await book.FindAsync(number, ct);
        await MayAsync(caller, objective, ct);
        if (objective.IsOver && objective.State != ObjectiveState.Lapsed)
            throw new Refusal($"Objective {number} is {OkrText.StateOf(objective)} already. Nothing was changed.");
        if (objective.State == ObjectiveState.Draft && how != "dropped")
            throw new Refusal($"Objective {number} is a draft; a draft can only be {"dropped":code}. Nothing was changed.");

        var progress = await book.ProgressAsync(objective, caller.Today, ct);
        var state = how switch
        {
            "achieved" => ObjectiveState.Achieved,
            "missed" => ObjectiveState.Missed,
            _ => ObjectiveState.Dropped,
        };
        await work.Sql.ExecuteAsync($"update objectives set state = {state}, ended_at = {caller.At}, look_at = null, retrospective = {learned} where id = {objective.Id}", ct);
        await audit.NoteAsync(caller, "okr close", ct, detail: how);
        return Reply.ToAll(new Message(
            $"Objective {number} “{objective.Titled}” is closed: {how}, with {progress.Count(one => one.IsReached)} of {progress.Count} key {(progress.Count == 1 ? "result" : "results")} reached.",
            Card.Of(
                progress.Count == 0 ? null : new Facts([.. progress.Select(one => new Fact($"{one.KeyResult.Number}", RichText.Of($"{new UserText(one.KeyResult.Title, objective.OwnerId)}: {new UserText(OkrText.Reads(one))}")))]),
                learned is null ? null : new Note($"Looking back: “{new UserText(learned, caller.Person)}”"))));
    }

    [Command("okr reopen", "Open an objective again that was closed", Example = "okr reopen 1")]
    public async Task<Reply> ReopenAsync(
        Caller caller,
        [Description("The objective's number"), Also("objective")] int number,
        [Description("Another last day")] LocalDate? until = null,
        CancellationToken ct = default)
    {
        var objective = await book.FindAsync(number, ct);
        await MayAsync(caller, objective, ct);
        if (!objective.IsOver)
            throw new Refusal($"Objective {number} is {OkrText.StateOf(objective)}; there is nothing to reopen. Nothing was changed.");
        var last = until ?? objective.UntilDay;
        if (last < caller.Today || last > objective.FromDay.PlusYears(OkrBook.MostYears))
            throw new Refusal(last < caller.Today
                ? RichText.Of($"Its last day, {OkrCommands.Day(last)}, is over: give another one with {$"okr reopen {number} until={caller.Today.PlusMonths(1):uuuu-MM-dd}":code}. Nothing was changed.")
                : RichText.Of($"That is more than {OkrBook.MostYears} years from its first day. Nothing was changed."));

        await work.Sql.ExecuteAsync($"update objectives set until_day = {last}, retrospective = null where id = {objective.Id}", ct);
        await days.BeginAsync(objective with { UntilDay = last }, caller.At, ct);
        await audit.NoteAsync(caller, "okr reopen", ct);
        return Reply.ToAll(new Message($"Objective {number} “{objective.Titled}” is active again, until {OkrCommands.Day(last)}.", Card.Of(new Buttons([new("Show it", $"okr show {number}")]))));
    }

    private async Task MayAsync(Caller caller, Objective objective, CancellationToken ct)
    {
        if (caller.Role < Role.Core && objective.OwnerId != caller.Person)
            throw new Refusal($"Objective {objective.Number} is looked after by {await text.OwnerAsync(objective, ct)}; they and the core team say how it ends. Nothing was changed.");
    }
}
