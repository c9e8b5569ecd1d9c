using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Okrs;

public sealed class CheckInCommands(Work work, OkrBook book, CheckInDays days, Naming naming, Outbox outbox, OrderedIds ids) : ICommands
{
    // A check-in that leaps so far past either end is a slip of the finger.
    private const int MostSpans = 10;

    [Command("okr checkin", "Say how a key result stands and how sure you are", Example = "okr checkin 2 18 confidence=\"at risk\" comment=\"two courses were cancelled\"")]
    public async Task<Reply> CheckInAsync(
        Caller caller,
        [Description("The key result's number"), Also("kr", "keyresult")] int number,
        [Description("Its number now; one that counts itself needs none")] decimal? value = null,
        [Description("How sure you are"), OneOf("on track", "at risk", "off track")] string? confidence = null,
        [Description("What is to be said about it"), MaxLength(500)] string? comment = null,
        CancellationToken ct = default)
    {
        var (one, objective) = await book.FindKeyResultAsync(number, ct);
        if (caller.Role < Role.Core && objective.OwnerId != caller.Person)
            throw new Refusal($"Objective {objective.Number} is looked after by {(objective.OwnerId is { } owner ? await naming.NameAsync(owner, ct) : "the leads")}; they and the core team check in. Tell them what you know. Nothing was stored.");
        Check(one, objective, value, confidence, comment);

        var sure = ConfidenceFrom(confidence);
        await work.Sql.ExecuteAsync(
            $"""
            insert into check_ins (id, community_id, key_result_id, person_id, at, day, value, confidence, comment)
            values ({ids.Next()}, {work.CommunityId}, {one.Id}, {caller.Person}, {caller.At}, {caller.Today}, {value}, {sure}, {comment})
            """, ct);
        await work.Sql.ExecuteAsync($"update key_results set value = {value ?? one.Value}, confidence = {sure ?? one.Confidence}, checked_at = {caller.At} where id = {one.Id}", ct);
        await days.CheckedInAsync(objective, ct);

        var after = one with { Value = value ?? one.Value, Confidence = sure ?? one.Confidence, CheckedAt = caller.At };
        var now = Progressing.Of(after, objective, await book.ValueAsync(after, objective, caller.Today, ct), caller.Today);
        var before = value is null || one.Value == value ? "" : $" (it was {Progressing.Say(one.Value ?? one.Baseline)})";
        return Reply.ToAll(new Message(
            $"Key result {number} “{new UserText(one.Title, objective.OwnerId)}”: {OkrText.Line(now, caller.Today, caller.Community.Zone)}{before}.",
            Card.Of(
                comment is null ? null : new Note($"“{new UserText(comment, caller.Person)}”"),
                now.IsReached ? new Note($"The target is reached. {$"okr close {objective.Number} achieved":code} closes the objective when all are.") : null,
                new Buttons([new("Acknowledge", $"okr ack {number}"), new("Show the objective", $"okr show {objective.Number}")]))));
    }

    [Command("okr ack", "Tell whoever checked in that you have read it", Example = "okr ack 2")]
    public async Task<Reply> AcknowledgeAsync(Caller caller, [Description("The key result's number"), Also("kr", "keyresult")] int number, CancellationToken ct)
    {
        var (one, objective) = await book.FindKeyResultAsync(number, ct);
        var said = await work.Db.Set<CheckIn>().Where(said => said.KeyResultId == one.Id).OrderByDescending(said => said.At).ThenByDescending(said => said.Id).FirstOrDefaultAsync(ct)
            ?? throw new Refusal($"Nobody has checked in on key result {number} yet. Nothing was changed.");
        if (said.PersonId == caller.Person)
            throw new Refusal($"That check-in is your own; somebody else acknowledges it. Nothing was changed.");
        if (caller.Role < Role.Core && objective.OwnerId != caller.Person)
            throw new Refusal($"The core team and whoever looks after an objective acknowledge check-ins. Nothing was changed.");
        if (said.AcknowledgedAt is not null)
            throw new Refusal($"The last check-in on key result {number} is acknowledged already. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update check_ins set acknowledged_by = {caller.Person}, acknowledged_at = {caller.At} where id = {said.Id}", ct);
        if (said.PersonId is { } author)
            await outbox.TellAsync(author, new Message($"{await naming.NameAsync(caller.Person, ct)} has read your check-in on key result {number} “{new UserText(one.Title, objective.OwnerId)}”."), ct);
        return new Message($"Acknowledged. Whoever checked in on key result {number} is told.");
    }

    private static void Check(KeyResult one, Objective objective, decimal? value, string? confidence, string? comment)
    {
        if (objective.State != ObjectiveState.Active)
            throw new Refusal(objective.State == ObjectiveState.Draft
                ? RichText.Of($"Objective {objective.Number} is a draft; {$"okr activate {objective.Number}":code} lets it count. Nothing was stored.")
                : RichText.Of($"Objective {objective.Number} is {OkrText.StateOf(objective)}; {$"okr reopen {objective.Number}":code} opens it again. Nothing was stored."));
        if (one.Measure is { } measure && value is not null)
            throw new Refusal($"Key result {one.Number} counts itself ({measure:code}), so nobody types its number; {"confidence":code} and {"comment":code} are welcome. Nothing was stored.");
        if (value is null && confidence is null && comment is not null && one.Measure is null)
            throw new Refusal($"“{new UserText(TextRules.Short(comment, 40))}” is no number, such as {"12.5":code}; a comment goes with a number or with {"confidence":code}. Nothing was stored.");
        if (value is null && confidence is null && comment is null)
            throw new Refusal(one.Measure is null
                ? RichText.Of($"Say its number: {$"okr checkin {one.Number} {Progressing.Say(one.Target)}":code}. Nothing was stored.")
                : RichText.Of($"Key result {one.Number} counts itself; say how sure you are: {$"okr checkin {one.Number} confidence=\"on track\"":code}. Nothing was stored."));
        if (value is not { } given)
            return;

        var (least, most) = RangeOf(one);
        if (given < least || given > most)
            throw new Refusal($"{Progressing.Say(given)} is out of range: key result {one.Number} goes from {Progressing.Say(one.Baseline)} to {Progressing.Say(one.Target)}{new UserText(one.Unit.Length == 0 ? "" : " " + one.Unit, objective.OwnerId)}, so between {Progressing.Say(least)} and {Progressing.Say(most)} is believable. Nothing was stored.");
    }

    // Counts and shares never fall below zero, and a share of a hundred never rises above it.
    private static (decimal Least, decimal Most) RangeOf(KeyResult one)
    {
        var span = Math.Abs(one.Target - one.Baseline) * MostSpans;
        var (low, high) = (Math.Min(one.Baseline, one.Target), Math.Max(one.Baseline, one.Target));
        return (low >= 0 ? Math.Max(0, low - span) : low - span, one.Unit.Trim() == "%" && low >= 0 && high <= 100 ? 100 : high + span);
    }

    private static Confidence? ConfidenceFrom(string? words) => words switch
    {
        null => null,
        "on track" => Confidence.OnTrack,
        "at risk" => Confidence.AtRisk,
        _ => Confidence.OffTrack,
    };
}
