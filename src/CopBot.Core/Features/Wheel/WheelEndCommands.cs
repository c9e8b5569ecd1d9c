using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Wheel;

public sealed class WheelEndCommands(Work work, SpinBook book, SpinVoice voice, Gaps gaps, MobCommands mobs) : ICommands
{
    private const int MostItems = 10;
    private const int LongestItem = 120;

    // What came up in a debrief matters, and is not done yet; the core team rates it anew when it knows more.
    private const int Importance = 3;
    private const int Level = 1;

    [Command("wheel end", "End the running incident: what came up goes into the backlog, and all players earn", Example = "wheel end debrief=\"Alert on too little; Drill the restore\"")]
    public async Task<Reply> EndAsync(Caller caller, [Description("What is to become better, separated by semicolons"), MaxLength(1000)] string? debrief = null, CancellationToken ct = default)
    {
        var one = await RunningAsync(caller, ct);
        var players = await book.PlayersAsync(one, ct);
        if (!players.Any(player => player.PersonId == caller.Person))
            throw new Refusal($"You do not play in spin {one.Number}: a player ends it, and {"wheel cancel":code} by the core team calls it off. Nothing was changed.");
        var scenario = book.ScenarioOf(one) ?? throw new Refusal($"The incident of spin {one.Number} is not in the pack any more; {"wheel cancel":code} calls it off. Nothing was changed.");
        if (debrief is null)
            return await voice.SayAsync(caller, one, Questions(one, scenario), ct);

        var items = ItemsOf(debrief);
        var reply = await mobs.LogAsync(Named(caller, players), TextRules.Short($"Wheel of Misfortune: {scenario.Title}", LongestItem), [.. players.Select(player => player.PersonId).Where(person => person != caller.Person)], Minutes(caller, one), "incidents", null, ct);
        var claim = await work.Sql.FirstAsync(
            $"select id, number from claims where community_id = {work.CommunityId} and inbox_id = {caller.InboxId} order by number desc limit 1", row => (Id: row.Id(0), Number: row.Int(1)), ct);
        await work.Sql.ExecuteAsync($"update wheel_spins set ended_at = {caller.At}, claim_number = {claim.Number} where id = {one.Id}", ct);
        await voice.AlsoTellAsync(caller, one, new Message($"Spin {one.Number} is over: {items.Count} {(items.Count == 1 ? "thing stands" : "things stand")} in the backlog."), ct);
        return reply with { Message = reply.Message with { Card = Card.Of([new Facts(await NotedAsync(caller, scenario, items, ct)), .. reply.Message.Card?.Blocks ?? []]) } };
    }

    [Command("wheel cancel", "Call the running incident off: nothing is logged")]
    public async Task<Reply> CancelAsync(Caller caller, CancellationToken ct)
    {
        var one = await RunningAsync(caller, ct);
        if (caller.Role < Role.Core && !(await book.PlayersAsync(one, ct)).Any(player => player.PersonId == caller.Person))
            throw new Refusal($"You do not play in spin {one.Number}; its players and the core team can call it off. Nothing was changed.");
        await work.Sql.ExecuteAsync($"update wheel_spins set ended_at = {caller.At} where id = {one.Id}", ct);
        var off = new Message($"Spin {one.Number} is called off.");
        await voice.AlsoTellAsync(caller, one, off, ct);
        return Reply.ToAll(off);
    }

    private async Task<Spin> RunningAsync(Caller caller, CancellationToken ct) =>
        await book.RunningAsync(caller, ct) ?? throw new Refusal($"No wheel runs here. {"wheel spin players=@name":code} starts one. Nothing was changed.");

    private static Message Questions(Spin one, Scenario scenario) => new(
        $"Spin {one.Number} is over its height: what did “{WheelText.Words(scenario.Title)}” teach?",
        Card.Of(
            new Facts([.. scenario.Debrief.Select((question, index) => new Fact(FormattableString.Invariant($"Question {index + 1}"), WheelText.Words(question)))]),
            new Note($"{"wheel end debrief=\"Alert on too little; Drill the restore\"":code} puts what is to become better into the backlog and writes the entry for everybody who played.")));

    private static List<string> ItemsOf(string debrief)
    {
        var items = debrief.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (items.Count is 0 or > MostItems)
            throw new Refusal($"{"debrief":code} names 1 to {MostItems} things, separated by semicolons. Nothing was stored.");
        return items.FirstOrDefault(item => TextRules.Length(item) > LongestItem) is { } tooLong
            ? throw new Refusal($"“{new UserText(TextRules.Short(tooLong, 40))}” has {TextRules.Length(tooLong)} characters; a thing to become better has at most {LongestItem}. Nothing was stored.")
            : items;
    }

    private static int Minutes(Caller caller, Spin one) => Math.Clamp((int)(caller.At - one.BeganAt).TotalMinutes, 1, 1440);

    // They were named when the wheel was spun, and the entry names them as they were.
    private static Caller Named(Caller caller, List<Player> players)
    {
        caller.ByAlias.UnionWith(players.Where(player => player.NamedAs == Privacy.Alias).Select(player => player.PersonId));
        return caller;
    }

    private async Task<IReadOnlyList<Fact>> NotedAsync(Caller caller, Scenario scenario, List<string> items, CancellationToken ct)
    {
        var open = (await gaps.ListAsync(withClosed: false, ct)).Select(one => one.Gap).ToList();
        var facts = new List<Fact>();
        foreach (var item in items)
        {
            var known = open.FirstOrDefault(gap => string.Equals(gap.Title, item, StringComparison.OrdinalIgnoreCase));
            var gap = known ?? await gaps.AddAsync(caller, item, scenario.Need, Importance, Level, "incidents", ct);
            facts.Add(new(FormattableString.Invariant($"Gap {gap.Number}"), RichText.Of($"“{gap.Titled}”{(known is null ? RichText.Empty : RichText.Of($", in the backlog already"))}")));
        }

        return facts;
    }
}
