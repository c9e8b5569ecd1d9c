using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

public sealed class OkrCommands(Work work, OkrBook book, OkrText text, CheckInDays days, Audit audit, Pack pack) : ICommands
{
    private const int MostListed = 20;

    [Command("okr add", "Draft an objective; key results make it something that can be seen", Role = Role.Core, Example = "okr add \"Improve team collaboration\" until=2026-03-31")]
    public async Task<Reply> AddAsync(
        Caller caller,
        [Description("What is to be reached, in one line"), MaxLength(150)] string title,
        [Description("Its last day, such as 2026-03-31")] LocalDate until,
        [Description("Its first day; today where it is left out")] LocalDate? from = null,
        [Description("Who looks after it; you where it is left out")] PersonId? owner = null,
        CancellationToken ct = default)
    {
        var objective = await DraftAsync(caller, title, from ?? caller.Today, until, owner ?? caller.Person, ct);
        return Reply.ToAll(new Message(
            $"Objective {objective.Number} “{objective.Titled}” is a draft, from {Day(objective.FromDay)} to {Day(objective.UntilDay)}.",
            Card.Of(
                new Note($"It counts once it has key results and somebody types {$"okr activate {objective.Number}":code}."),
                new Buttons([new("Add a key result", $"kr add {objective.Number}")]))));
    }

    [Command("okr template", "Draft an objective from the pack's examples, key results included", Role = Role.Core, Example = "okr template collaboration until=2026-03-31")]
    public async Task<Reply> TemplateAsync(
        Caller caller,
        [Description("Which one; left out, they are listed"), MaxLength(40)] string? name = null,
        [Description("Its last day; the end of the quarter where it is left out")] LocalDate? until = null,
        CancellationToken ct = default)
    {
        if (name is null)
            return new Message($"{pack.Okrs.Count} examples. {"okr template NAME":code} drafts one; change what you like before you activate it.", Card.Of(new Facts([.. pack.Okrs.Values.Select(one => new Fact(one.Name, RichText.Of($"{one.Objective} ({one.KeyResults.Count} key {(one.KeyResults.Count == 1 ? "result" : "results")})")))])));

        var template = pack.Okrs.GetValueOrDefault(name.Trim().ToLowerInvariant())
            ?? throw new Refusal($"There is no example “{new UserText(name)}”. There are {string.Join(", ", pack.Okrs.Keys)}. Nothing was stored.");
        var quarter = caller.Today.With(DateAdjusters.EndOfMonth).PlusMonths((3 - caller.Today.Month % 3) % 3).With(DateAdjusters.EndOfMonth);
        var objective = await DraftAsync(caller, template.Objective, caller.Today, until ?? quarter, caller.Person, ct);
        foreach (var one in template.KeyResults)
            await book.AddAsync(objective, one.Title, one.Baseline, one.Target, one.Unit, one.Measure, ct);
        return Reply.ToAll(new Message(
            $"Objective {objective.Number} “{objective.Titled}” is drafted from the example {template.Name:code}, until {Day(objective.UntilDay)}.",
            Card.Of(
                await FactsAsync(objective, caller, ct),
                new Note($"The numbers are examples. {"kr move":code} and {"kr drop":code} change them while it is a draft."),
                new Buttons([new("Activate it", $"okr activate {objective.Number}"), new("Drop it", $"okr close {objective.Number} dropped", Destructive: true)]))));
    }

    [Command("okr activate", "Let an objective count from now on", Role = Role.Core, Example = "okr activate 1")]
    public async Task<Reply> ActivateAsync(Caller caller, [Description("The objective's number"), Also("objective")] int number, CancellationToken ct)
    {
        var objective = await book.FindAsync(number, ct);
        if (objective.State != ObjectiveState.Draft)
            throw new Refusal($"Objective {number} is no draft: it is {OkrText.StateOf(objective)}. Nothing was changed.");
        if (objective.UntilDay < caller.Today)
            throw new Refusal($"The last day of objective {number} is over ({Day(objective.UntilDay)}). Draft it anew with a later one. Nothing was changed.");
        if ((await book.KeyResultsAsync(objective, ct)).Count == 0)
            throw new Refusal($"Objective {number} has no key result yet, so nobody could see whether it is reached. {$"kr add {number}":code} adds one. Nothing was changed.");

        await days.BeginAsync(objective, caller.At, ct);
        await audit.NoteAsync(caller, "okr activate", ct, detail: objective.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Reply.ToAll(new Message(
            $"Objective {number} “{objective.Titled}” is active until {Day(objective.UntilDay)}. {await text.OwnerAsync(objective, ct)} looks after it.",
            Card.Of(await FactsAsync(objective with { State = ObjectiveState.Active }, caller, ct), new Buttons([new("Show it", $"okr show {number}")]))));
    }

    [Command("okr list", "See the objectives and how far they are", ReadsOnly = true, Example = "okr list all=yes")]
    public async Task<Reply> ListAsync(Caller caller, [Description("Also those that are closed")] bool all = false, CancellationToken ct = default)
    {
        var objectives = await work.Db.Set<Objective>().Where(objective => all || objective.State == ObjectiveState.Active || objective.State == ObjectiveState.Draft)
            .OrderByDescending(objective => objective.Number).Take(MostListed).ToListAsync(ct);
        if (objectives.Count == 0)
            return new Message($"There are no objectives{(all ? "" : " under way")}. {"okr template":code} shows examples to begin with.");

        var facts = new List<Fact>();
        foreach (var objective in objectives)
        {
            var progress = await book.ProgressAsync(objective, caller.Today, ct);
            var far = progress.Count == 0 ? "no key results yet" : $"{(int)Math.Floor(progress.Average(one => Math.Clamp(one.Share, 0, 1)) * 100)} %";
            var behind = objective.State == ObjectiveState.Active && progress.Count(one => one.IsBehind) is > 0 and var count ? $", {count} of {progress.Count} behind" : "";
            var stale = objective is { State: ObjectiveState.Active, Reminders: > 0 } ? ", stale" : "";
            facts.Add(new($"{objective.Number}", RichText.Of($"{objective.Titled}: {OkrText.StateOf(objective)}{stale}, {far}{behind}; until {Day(objective.UntilDay)}, {await text.OwnerAsync(objective, ct)}")));
        }

        return new Message($"{objectives.Count} {(objectives.Count == 1 ? "objective" : "objectives")}.", Card.Of(new Facts(facts), new Choice("Show one", [.. objectives.Select(one => new Button($"{one.Number}", $"okr show {one.Number}"))])));
    }

    [Command("okr show", "See an objective with its key results, their pace and the last check-ins", ReadsOnly = true, Example = "okr show 1")]
    public async Task<Reply> ShowAsync(Caller caller, [Description("The objective's number"), Also("objective")] int number, CancellationToken ct)
    {
        var objective = await book.FindAsync(number, ct);
        var progress = await book.ProgressAsync(objective, caller.Today, ct);
        var left = Period.DaysBetween(caller.Today, objective.UntilDay);
        var time = objective.IsOver ? "" : left < 0 ? ", its time is over" : left == 0 ? ", today is its last day" : $", {left} {(left == 1 ? "day is" : "days are")} left";
        var blocks = new List<Block>();
        foreach (var one in progress)
        {
            blocks.Add(new Progress(RichText.Of($"{one.KeyResult.Number} {new UserText(one.KeyResult.Title, objective.OwnerId)}"), Math.Min(100, one.Percent), 100, "%"));
            if (objective.State == ObjectiveState.Active && !one.IsReached)
                blocks.Add(new Progress("  at an even pace", Math.Floor(one.Elapsed * 100), 100, "%"));
            blocks.Add(new Paragraph(OkrText.Line(one, caller.Today, caller.Community.Zone)));
            if (await LatestAsync(one.KeyResult, ct) is { Comment: { } comment } latest)
                blocks.Add(new Note($"{Day(latest.Day)}: “{new UserText(comment, latest.PersonId)}”{(latest.AcknowledgedAt is null ? "" : ", acknowledged")}"));
        }

        if (objective.Retrospective is { } learned)
            blocks.Add(new Note($"Looking back: “{new UserText(learned, objective.OwnerId)}”"));
        if (objective.State == ObjectiveState.Draft)
            blocks.Add(new Buttons([new("Activate it", $"okr activate {number}"), new("Add a key result", $"kr add {number}")]));
        else if (!objective.IsOver)
            blocks.Add(new Buttons([.. progress.Where(one => one.KeyResult.Measure is null).Take(3).Select(one => new Button($"Check in {one.KeyResult.Number}", $"okr checkin {one.KeyResult.Number}")), new("What moved it", $"okr trace {number}")]));
        var stale = objective is { State: ObjectiveState.Active, Reminders: > 0 } ? ", stale" : "";
        return new Message($"Objective {number} “{objective.Titled}” is {OkrText.StateOf(objective)}{stale}{time}. {await text.OwnerAsync(objective, ct)} looks after it.", Card.Of(blocks));
    }

    internal static string Day(LocalDate day) => day.ToString("d MMMM uuuu", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Objective> DraftAsync(Caller caller, string title, LocalDate from, LocalDate until, PersonId owner, CancellationToken ct)
    {
        if (until < from || until < caller.Today)
            throw new Refusal($"{Day(until)} is before {(until < from ? "its first day" : "today")}; an objective needs some time. Nothing was stored.");
        return until > from.PlusYears(OkrBook.MostYears)
            ? throw new Refusal($"That is more than {OkrBook.MostYears} years; an objective is better shorter. Nothing was stored.")
            : await book.AddAsync(title, owner, from, until, caller.At, ct);
    }

    private async Task<Facts?> FactsAsync(Objective objective, Caller caller, CancellationToken ct)
    {
        var progress = await book.ProgressAsync(objective, caller.Today, ct);
        return progress.Count == 0 ? null : new Facts([.. progress.Select(one => new Fact($"Key result {one.KeyResult.Number}", RichText.Of($"{new UserText(one.KeyResult.Title, objective.OwnerId)}: {OkrText.Line(one, caller.Today, caller.Community.Zone)}")))]);
    }

    private Task<CheckIn?> LatestAsync(KeyResult one, CancellationToken ct) =>
        work.Db.Set<CheckIn>().Where(said => said.KeyResultId == one.Id).OrderByDescending(said => said.At).ThenByDescending(said => said.Id).FirstOrDefaultAsync(ct);
}
