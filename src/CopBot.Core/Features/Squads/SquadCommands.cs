using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Squads;

public sealed class SquadCommands(Work work, Standings standings, Membership membership, OrderedIds ids) : ICommands
{
    private const int MostShown = 20;

    [Command("squad create", "Create a squad", Example = "squad create Blue")]
    public async Task<Reply> CreateAsync(Caller caller, [Description("The squad's name"), MaxLength(40)] string name, CancellationToken ct)
    {
        name = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var added = await work.Sql.ExecuteAsync(
            $"""
            insert into squads (id, community_id, name, name_key, created_at)
            values ({ids.Next()}, {work.CommunityId}, {name}, {Key(name)}, {caller.At})
            on conflict (community_id, name_key) do nothing
            """, ct);
        return added == 1
            ? Reply.ToAll(new Message($"Squad {new UserText(name)} is there. Who joins?", Card.Of(new Buttons([new($"Join {name}", CommandLine.Write("squad join", [new("name", name)]))]))))
            : throw new Refusal($"There is a squad {new UserText(name)} already; {$"squad join {name}":code} joins it. Nothing was changed.");
    }

    [Command("squad join", "Join a squad; you leave the one you are in", Example = "squad join Blue")]
    public async Task<Reply> JoinAsync(Caller caller, [Description("The squad's name"), MaxLength(40)] string name, CancellationToken ct)
    {
        var squad = await FindAsync(name, ct);
        if (await membership.OfAsync(caller.Person, ct) == squad.Id)
            throw new Refusal($"You are in squad {new UserText(squad.Name)} already. Nothing was changed.");

        await membership.MoveAsync(caller, squad.Id, ct);
        return Reply.ToAll(new Message($"{caller.Person:name} is in squad {new UserText(squad.Name)} now. What they earn from here on counts for it."));
    }

    [Command("squad leave", "Leave your squad")]
    public async Task<Reply> LeaveAsync(Caller caller, CancellationToken ct)
    {
        if (await membership.OfAsync(caller.Person, ct) is null)
            throw new Refusal($"You are in no squad. {"squad list":code} shows them. Nothing was changed.");

        await membership.MoveAsync(caller, null, ct);
        return new Message("You are in no squad now. What you earned for it stays with it.");
    }

    [Command("squad list", "See the squads with their members and this week's points", ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct)
    {
        var squads = await work.Sql.ListAsync(
            $"select id, name from squads where community_id = {work.CommunityId} order by name_key limit 200",
            row => (Id: row.Id(0), Name: row.Text(1)), ct);
        if (squads.Count == 0)
            return new Message($"There are no squads yet. {"squad create Blue":code} makes one.");

        var facts = new List<Fact>();
        foreach (var (id, name) in squads)
        {
            var points = await standings.PointsAsync(Board.Squads, Period.Week(caller.Today), id, ct);
            var shown = await work.Sql.ListAsync($"select id from people where community_id = {work.CommunityId} and squad_id = {id} and privacy in (0, 1) order by joined_at limit {MostShown}", row => row.Person(0), ct);
            var members = await work.Sql.ScalarAsync<int>($"select count(*) from people where community_id = {work.CommunityId} and squad_id = {id}", ct);
            var names = RichText.Join(", ", shown.Select(person => RichText.Of($"{person:name}")));
            var others = members - shown.Count;
            var who = (shown.Count, others) switch
            {
                (0, 0) => RichText.Of($"nobody yet"),
                (0, _) => RichText.Of($"{others} not shown"),
                (_, 0) => names,
                _ => RichText.Of($"{names} and {others} more"),
            };
            facts.Add(new(PlainText.Visible(name), RichText.Of($"{Points.Said(points)} this week; {who}")));
        }

        return new Message($"{squads.Count} {(squads.Count == 1 ? "squad" : "squads")}.", Card.Of(new Facts(facts)));
    }

    private async Task<Squad> FindAsync(string name, CancellationToken ct)
    {
        var squads = await work.Db.Set<Squad>().ToListAsync(ct);
        if (squads.FirstOrDefault(squad => squad.NameKey == Key(name)) is { } found)
            return found;

        var near = squads.MaxBy(squad => Similarity.Of(squad.NameKey, Key(name)));
        throw near is not null && Similarity.Of(near.NameKey, Key(name)) >= 60
            ? new Refusal($"There is no squad {new UserText(name)}. Did you mean {$"squad join {near.Name}":code}? Nothing was changed.")
            : new Refusal($"There is no squad {new UserText(name)}. {$"squad create {name}":code} makes one. Nothing was changed.");
    }

    private static string Key(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
