using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Claims;

public sealed class ExperimentCommands(Work work, Claims claims, Experiments experiments, Receipt receipt, PointsPolicy policy) : ICommands
{
    [Command("experiment start", "Start an experiment; declaring the measure beforehand earns", Example = "experiment start \"Canary at 1 %\" hypothesis=\"Fewer rollbacks\" measure=\"rollbacks a month\" due=2026-03-31")]
    public async Task<Reply> StartAsync(
        Caller caller,
        [Description("What you try, in one line")] string title,
        [Description("What you expect to happen"), MaxLength(1000)] string? hypothesis = null,
        [Description("What you are going to measure")] string? measure = null,
        [Description("By when you expect a result")] LocalDate? due = null,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        [Description("Where it is described")] Uri? link = null,
        CancellationToken ct = default)
    {
        return (await experiments.StartAsync(caller, title, hypothesis, measure, due, topic, link, ct)).Reply;
    }

    [Command("experiment result", "Report how an experiment ended; disproved earns what proven earns", Example = "experiment result 3 disproved learned=\"The canary was too small\" next=\"Try 5 %\"")]
    public async Task<Reply> ResultAsync(
        Caller caller,
        [Description("The experiment's number"), Also("experiment", "claim")] int number,
        [Description("What came out"), OneOf("proven", "disproved", "inconclusive"), Also("outcome")] string result,
        [Description("What you learned"), MaxLength(2000)] string learned,
        [Description("What comes next"), MaxLength(2000)] string next,
        [Description("Where it is written up")] Uri? link = null,
        CancellationToken ct = default)
    {
        var claim = await claims.FindAsync(number, ct);
        if (claim.Kind != "experiment")
            throw new Refusal($"#{number} is not an experiment. Nothing was stored.");
        if (claim.AuthorId != caller.Person)
            throw new Refusal($"#{number} is {claim.AuthorId:name}'s experiment; they report its result. Nothing was stored.");
        // Nobody confirmed it in time: it is reported anew, as the notice of its expiry says.
        var expired = claim is { Result: not null, State: ClaimState.Expired };
        if (claim.Result is not null && !expired)
            throw new Refusal($"#{number} has a result already. {$"undo {number}":code} takes it back if it was reported within the last {policy.UndoHours} hours. Nothing was stored.");
        if (claim.State != ClaimState.Counted && !expired)
            throw new Refusal($"#{number} {StateOf(claim)}, so it cannot have a result. Nothing was stored.");

        var waits = policy["experiment-result"].Waits("result");
        var ended = claim with { Result = result, State = waits ? ClaimState.Waiting : ClaimState.Counted, Round = claim.Round + 1, ChangedAt = caller.At, HeldBecause = null, Learned = learned, NextStep = next, Link = link?.AbsoluteUri ?? claim.Link };
        await work.Sql.ExecuteAsync(
            $"""
            update claims set state = {ended.State}, round = {ended.Round}, changed_at = {caller.At}, act_at = {(waits ? claims.ReminderFor(caller.At) : null as Instant?)},
                result = {result}, reported_at = {caller.At}, held_because = null, learned = {learned}, next_step = {next}, link = coalesce({link?.AbsoluteUri}, link)
            where id = {claim.Id} and state = {claim.State} and round = {claim.Round}
            """, ct);

        var what = RichText.Of($"{caller.Person:name} ended the experiment “{claim.Titled}”, {new RichText([new Run.Words(result)])}");
        return waits
            ? receipt.Waiting(caller, ended, what)
            : await receipt.CountedAsync(caller, ended, what, await claims.PayAsync(ended, Payees.Of(ended, [], policy[ended.Rule]), caller, ct), [], ct);
    }

    private static string StateOf(Claim claim) => claim.State switch
    {
        ClaimState.Waiting => "still waits for somebody to confirm that it is new",
        ClaimState.Expired => "has expired",
        ClaimState.Undone => "was taken back",
        _ => "was declared void",
    };
}
