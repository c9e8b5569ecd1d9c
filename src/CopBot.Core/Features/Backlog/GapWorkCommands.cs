using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Backlog;

public sealed class GapWorkCommands(Work work, Gaps gaps, Claims.Claims claims, Worked worked, Audit audit, OrderedIds ids) : ICommands
{
    [Command("gap rate", "Rate a gap anew: how much it matters, how well it is done by now", Role = Role.Core, Example = "gap rate 1 level=2")]
    public async Task<Reply> RateAsync(
        Caller caller,
        [Description("The gap's number"), Also("gap")] int number,
        [Description("How much it matters, 1 to 5")] int? importance = null,
        [Description("How well it is done today, 0 to 5")] int? level = null,
        CancellationToken ct = default)
    {
        var before = await gaps.FindAsync(number, ct);
        if (importance is null && level is null)
            throw new Refusal($"Give {"importance=":code}, {"level=":code} or both. Nothing was changed.");
        var after = before with { Importance = importance ?? before.Importance, Level = level ?? before.Level };
        GapText.Check(after.Importance, after.Level);
        if (after == before)
            throw new Refusal($"Gap {number} is rated so already: {GapText.Size(before)}. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update gaps set importance = {after.Importance}, level = {after.Level} where id = {after.Id}", ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into gap_ratings (id, gap_id, community_id, at, importance_before, importance, level_before, level)
            values ({ids.Next()}, {after.Id}, {work.CommunityId}, {caller.At}, {before.Importance}, {after.Importance}, {before.Level}, {after.Level})
            """, ct);
        await audit.NoteAsync(caller, "gap rate", ct, detail: FormattableString.Invariant($"{number}: {before.Importance}/{before.Level} → {after.Importance}/{after.Level}"));
        return Reply.ToAll(new Message($"Gap {number} “{after.Titled}” is rated anew: {GapText.Size(after)}; it was {before.Size}."));
    }

    [Command("gap link", "Say that a contribution works on a gap", Example = "gap link 1 3")]
    public async Task<Reply> LinkAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, [Description("The contribution's number, as on its receipt")] int claim, CancellationToken ct)
    {
        var gap = await gaps.FindOpenAsync(number, ct);
        var found = await LinkableAsync(caller, claim, ct);
        if (found.State is not (ClaimState.Counted or ClaimState.Waiting))
            throw new Refusal($"#{claim} does not stand any more, so it works on nothing. Nothing was changed.");
        return await gaps.LinkAsync(gap.Id, found.Id, caller.At, ct)
            ? Reply.ToAll(new Message($"#{claim} “{found.Titled}” works on gap {number} “{gap.Titled}”."))
            : throw new Refusal($"#{claim} works on gap {number} already. Nothing was changed.");
    }

    [Command("gap unlink", "Say that a contribution does not work on a gap after all", Example = "gap unlink 1 3")]
    public async Task<Reply> UnlinkAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, [Description("The contribution's number, as on its receipt")] int claim, CancellationToken ct)
    {
        var gap = await gaps.FindAsync(number, ct);
        var found = await LinkableAsync(caller, claim, ct);
        return await work.Sql.ExecuteAsync($"delete from claim_gaps where claim_id = {found.Id} and gap_id = {gap.Id}", ct) == 1
            ? Reply.ToAll(new Message($"#{claim} “{found.Titled}” does not work on gap {number} “{gap.Titled}” any more."))
            : throw new Refusal($"#{claim} does not work on gap {number}. Nothing was changed.");
    }

    [Command("gap close", "Close a gap, with the reason", Example = "gap close 1 reason=\"We drill it every month\"")]
    public async Task<Reply> CloseAsync(
        Caller caller,
        [Description("The gap's number"), Also("gap")] int number,
        [Description("Why"), Also("because"), MaxLength(500)] string reason,
        CancellationToken ct)
    {
        var gap = await gaps.FindAsync(number, ct);
        if (!gap.IsOpen)
            throw new Refusal($"Gap {number} is closed already. Nothing was changed.");
        Decide(caller, gap);
        await work.Sql.ExecuteAsync($"update gaps set state = {GapState.Closed}, closed_at = {caller.At}, closed_by = {caller.Person}, close_reason = {reason} where id = {gap.Id}", ct);
        await audit.NoteAsync(caller, "gap close", ct, detail: FormattableString.Invariant($"{number}: {reason}"));
        return Reply.ToAll(new Message(
            $"Gap {number} “{gap.Titled}” is closed: {new UserText(reason, caller.Person)}",
            await worked.OnAsync(gap, onlyCounted: true, ct) is { } fact ? Card.Of(new Facts([fact])) : null));
    }

    [Command("gap reopen", "Take a gap up again that was closed", Example = "gap reopen 1")]
    public async Task<Reply> ReopenAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, CancellationToken ct)
    {
        var gap = await gaps.FindAsync(number, ct);
        if (gap.IsOpen)
            throw new Refusal($"Gap {number} is open. Nothing was changed.");
        Decide(caller, gap);
        var state = (await gaps.ContributionsAsync(gap, ct)).Count > 0 ? GapState.UnderWay : GapState.Open;
        await work.Sql.ExecuteAsync($"update gaps set state = {state}, closed_at = null, closed_by = null, close_reason = null where id = {gap.Id}", ct);
        await audit.NoteAsync(caller, "gap reopen", ct, detail: FormattableString.Invariant($"{number}"));
        return Reply.ToAll(new Message($"Gap {number} “{gap.Titled}” is {GapText.State(gap with { State = state })} again: {GapText.Size(gap)}."));
    }

    private static void Decide(Caller caller, Gap gap)
    {
        if (!gap.IsInTheHandsOf(caller))
            throw new Refusal($"The owner of gap {gap.Number} or the core team decides that. Nothing was changed.");
    }

    private async Task<Claim> LinkableAsync(Caller caller, int number, CancellationToken ct)
    {
        var claim = await claims.FindAsync(number, ct);
        return caller.Role >= Role.Core || claim.AuthorId == caller.Person ? claim
            : throw new Refusal($"#{number} is not yours: whoever logged it or the core team says what it works on. Nothing was changed.");
    }
}
