using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Backlog;

public sealed class GapCommands(Work work, Gaps gaps) : ICommands
{
    private const int MuchAlike = 80;

    [Command("gap add", "Put a missing capability into the backlog, with the need behind it", Example = "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1")]
    public async Task<Reply> AddAsync(
        Caller caller,
        [Description("The capability that is missing, in one line"), Also("capability"), MaxLength(120)] string title,
        [Description("What the business needs it for"), MaxLength(300)] string need,
        [Description("How much that matters, 1 to 5")] int importance,
        [Description("How well it is done today, 0 to 5")] int level,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        CancellationToken ct = default)
    {
        TakePart(caller);
        GapText.Check(importance, level);
        var open = (await gaps.ListAsync(withClosed: false, ct)).Select(one => one.Gap).Where(gap => gap.Title is not null).ToList();
        if (open.FirstOrDefault(gap => gap.Title!.Trim().Equals(title.Trim(), StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            throw new Refusal($"Gap {same.Number} “{same.Titled}” is in the backlog already: vote for it instead. Nothing was stored.")
            {
                Offers = [new("Vote for it", $"gap vote {same.Number}")],
            };
        }

        var gap = await gaps.AddAsync(caller, title, need, importance, level, topic, ct);
        var near = open.FirstOrDefault(one => Similarity.Of(one.Title!, title) >= MuchAlike);
        var facts = new List<Fact> { new("Need", RichText.Of($"{new UserText(need, caller.Person)}")) };
        if (topic is not null)
            facts.Add(new("Topic", RichText.Of($"{new UserText(topic, caller.Person)}")));
        return Reply.ToAll(new Message(
            $"{caller.Person:name} adds gap {gap.Number} “{gap.Titled}”: {GapText.Size(gap)}.",
            Card.Of(
                new Facts(facts),
                near is null ? null : new Note($"It reads much like gap {near.Number} “{near.Titled}”. If it is the same, vote for that one, and the core team closes this one."),
                new Buttons([new("Vote for it", $"gap vote {gap.Number}")]))));
    }

    [Command("gap vote", "Say that a gap matters to you; once per gap", Example = "gap vote 1")]
    public async Task<Reply> VoteAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, CancellationToken ct)
    {
        TakePart(caller);
        var gap = await gaps.FindOpenAsync(number, ct);
        return await work.Sql.ExecuteAsync($"insert into gap_votes (gap_id, person_id, community_id, at) values ({gap.Id}, {caller.Person}, {work.CommunityId}, {caller.At}) on conflict (gap_id, person_id) do nothing", ct) == 1
            ? new Message($"Your vote for gap {number} “{gap.Titled}” counts: it has {GapText.Votes(await gaps.VotesAsync(gap, ct))}.")
            : throw new Refusal($"You voted for gap {number} already; {$"gap unvote {number}":code} takes it back. Nothing was stored.");
    }

    [Command("gap unvote", "Take your vote for a gap back", Example = "gap unvote 1")]
    public async Task<Reply> UnvoteAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, CancellationToken ct)
    {
        var gap = await gaps.FindAsync(number, ct);
        return await work.Sql.ExecuteAsync($"delete from gap_votes where gap_id = {gap.Id} and person_id = {caller.Person}", ct) == 1
            ? new Message($"Your vote for gap {number} “{gap.Titled}” is taken back: it has {GapText.Votes(await gaps.VotesAsync(gap, ct))}.")
            : throw new Refusal($"You did not vote for gap {number}. Nothing was changed.");
    }

    [Command("gap own", "Take a gap into your hands, or give it up", Example = "gap own 1")]
    public async Task<Reply> OwnAsync(
        Caller caller,
        [Description("The gap's number"), Also("gap")] int number,
        [Description("Whether it is to have no owner any more")] bool drop = false,
        CancellationToken ct = default)
    {
        TakePart(caller);
        var gap = await gaps.FindOpenAsync(number, ct);
        if (drop)
        {
            if (gap.OwnerId is null)
                throw new Refusal($"Gap {number} has no owner. Nothing was changed.");
            if (!gap.IsInTheHandsOf(caller))
                throw new Refusal($"Gap {number} is in other hands; its owner or the core team can give it up. Nothing was changed.");
            await SetOwnerAsync(gap, null, ct);
            return Reply.ToAll(new Message($"Gap {number} “{gap.Titled}” has no owner now. Who takes it?", Card.Of(new Buttons([new("I take it", $"gap own {number}")]))));
        }

        if (gap.OwnerId == caller.Person)
            throw new Refusal($"Gap {number} is yours already; {$"gap own {number} drop":code} gives it up. Nothing was changed.");
        if (gap.OwnerId is not null)
            throw new Refusal($"Gap {number} has an owner already; {$"gap own {number} drop":code} by them or by the core team makes room. Nothing was changed.");
        await SetOwnerAsync(gap, caller.Person, ct);
        return Reply.ToAll(new Message($"{caller.Person:name} takes gap {number} “{gap.Titled}” in hand."));
    }

    /// <summary>Whoever only looks on changes nothing here.</summary>
    public static void TakePart(Caller caller)
    {
        if (caller.LooksOn)
            throw Claims.Claims.OnlyLooksOn();
    }

    private Task SetOwnerAsync(Gap gap, PersonId? owner, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update gaps set owner_id = {owner} where id = {gap.Id}", ct);
}
