using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>Starts experiments, whatever they come from.</summary>
public sealed class Experiments(Work work, Claims claims, Receipt receipt, RecentTitles titles, Outbox outbox, PointsPolicy policy)
{
    /// <summary>Logs the start of an experiment: what is stored, and its receipt.</summary>
    public async Task<(Claim Claim, Reply Reply)> StartAsync(Caller caller, string title, string? hypothesis, string? measure, LocalDate? due, string? topic, Uri? link, CancellationToken ct)
    {
        if (due < caller.Today)
            throw new Refusal($"{"due":code} lies in the past; today is {caller.Today:uuuu-MM-dd}. Nothing was stored.");

        var twin = await titles.FindAsync(work, "experiment", title, caller.At, ct);
        var claim = await claims.AddAsync(claims.Draft(caller, "experiment", twin is null ? ClaimState.Counted : ClaimState.Waiting) with
        {
            Title = title,
            Hypothesis = hypothesis,
            Measure = measure,
            DueOn = due,
            Topic = topic,
            Link = link?.AbsoluteUri,
            HeldBecause = twin is null ? null : $"It reads much like #{twin}, so somebody has to confirm that it is new.",
        }, [], ct);

        var what = RichText.Of($"{caller.Person:name} starts the experiment “{claim.Titled}”");
        if (claim.Waits)
            return (claim, receipt.Waiting(caller, claim, what));

        var booked = await claims.PayAsync(claim, Payees.Of(claim, [], policy[claim.Rule]), caller, ct);
        if (measure is null && policy[claim.Rule].PointsFor("with-measure") is var more && more > booked.Sum(entry => entry.Points + entry.Withheld))
            await outbox.AnswerAsync(caller.Said, new Message($"Whoever declares beforehand what they measure earns {Points.Said(more)}: {$"undo {claim.Number}":code} takes the experiment back, to start it again with {"measure=":code}. Its result earns the same either way."), ct);
        return (claim, await receipt.CountedAsync(caller, claim, what, booked, [new("Report the result", $"experiment result {claim.Number}")], ct));
    }
}
