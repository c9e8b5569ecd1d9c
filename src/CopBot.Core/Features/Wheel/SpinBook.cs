using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Wheel;

/// <summary>The book of spins: draws scenarios, casts players, and finds what runs where.</summary>
public sealed class SpinBook(Work work, Pack pack, OrderedIds ids)
{
    /// <summary>A scenario does not come back within so many spins.</summary>
    private const int Rests = 6;

    /// <summary>Begins a spin where the caller speaks.</summary>
    public async Task<(Spin Spin, Scenario Scenario, IReadOnlyList<Player> Players)> BeginAsync(Caller caller, IReadOnlyList<PersonId> people, bool byClock, CancellationToken ct)
    {
        var id = ids.Next();
        var before = await work.Db.Set<Spin>().OrderByDescending(spin => spin.Number).Select(spin => new { spin.Number, spin.Scenario }).ToListAsync(ct);
        var number = 1 + (before.Count == 0 ? 0 : before[0].Number);
        var scenario = DrawFrom(caller.At, number, [.. before.Take(Rests).Select(spin => spin.Scenario)]);
        var spin = new Spin
        {
            Id = id,
            CommunityId = work.CommunityId,
            Number = number,
            Scenario = scenario.Name,
            Platform = caller.Said.Place.Platform,
            Workspace = caller.Said.Place.Workspace,
            Place = caller.Said.Place.Id,
            Thread = caller.Said.Place.Thread,
            BeganAt = caller.At,
            StepsTold = 0,
            HintsTold = 0,
            ByClock = byClock,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into wheel_spins (id, community_id, number, scenario, platform, workspace, place, thread, began_at, steps_told, hints_told, by_clock)
            values ({id}, {work.CommunityId}, {number}, {spin.Scenario}, {spin.Platform}, {spin.Workspace}, {spin.Place}, {spin.Thread}, {spin.BeganAt}, {0}, {0}, {byClock})
            """, ct);

        var past = await work.Sql.ListAsync(
            $"select p.person_id, p.role, s.number from wheel_players p join wheel_spins s on s.id = p.spin_id where p.community_id = {work.CommunityId}",
            row => (row.Person(0), (IncidentRole)row.Int(1), row.Int(2)), ct);
        var players = new List<Player>();
        foreach (var (person, role, why) in Casting.Of(people, number, past))
        {
            var player = new Player { SpinId = id, PersonId = person, CommunityId = work.CommunityId, Role = role, Why = why, NamedAs = await NamedAsAsync(caller, person, ct) };
            await work.Sql.ExecuteAsync($"insert into wheel_players (spin_id, person_id, community_id, role, why, named_as) values ({id}, {person}, {work.CommunityId}, {role}, {why}, {player.NamedAs})", ct);
            players.Add(player);
        }

        return (spin, scenario, players);
    }

    /// <summary>Who of the named take part; whoever only looks on gets no role.</summary>
    public async Task<IReadOnlyList<PersonId>> PlayingAsync(IReadOnlyList<PersonId> named, CancellationToken ct)
    {
        var playing = new List<PersonId>();
        foreach (var person in named)
        {
            if (await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and privacy = {Privacy.Observer}", ct) != 1)
                playing.Add(person);
        }

        return playing;
    }

    /// <summary>What runs in the channel that somebody speaks in, else what they play in elsewhere; null where there is neither.</summary>
    public async Task<Spin?> RunningAsync(Caller caller, CancellationToken ct)
    {
        var running = await work.Db.Set<Spin>().Where(spin => spin.EndedAt == null).OrderByDescending(spin => spin.Number).ToListAsync(ct);
        if (running.FirstOrDefault(spin => RunsBeside(spin, caller.Said.Place)) is { } here)
            return here;
        var own = await work.Db.Set<Player>().Where(player => player.PersonId == caller.Person).Select(player => player.SpinId).ToListAsync(ct);
        return running.FirstOrDefault(spin => own.Contains(spin.Id));
    }

    /// <summary>Notes that the next step is told; false where somebody else has just told it.</summary>
    public async Task<bool> TellAsync(Spin spin, CancellationToken ct) =>
        await work.Sql.ExecuteAsync($"update wheel_spins set steps_told = {spin.StepsTold + 1} where id = {spin.Id} and steps_told = {spin.StepsTold} and ended_at is null", ct) == 1;

    /// <summary>Whether a spin runs in the same channel, in whatever thread of it.</summary>
    public static bool RunsBeside(Spin spin, Place place) => (spin.Platform, spin.Workspace, spin.Place) == (place.Platform, place.Workspace, place.Id);

    public Scenario? ScenarioOf(Spin spin) => pack.Scenarios.FirstOrDefault(scenario => scenario.Name == spin.Scenario);

    public Task<List<Player>> PlayersAsync(Spin spin, CancellationToken ct) =>
        work.Db.Set<Player>().Where(player => player.SpinId == spin.Id).OrderBy(player => player.Role).ThenBy(player => player.PersonId).ToListAsync(ct);

    /// <summary>Whether a player may be shown as they were named.</summary>
    public async Task<bool> IsShownAsync(Player player, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {player.PersonId} and privacy = {player.NamedAs} and privacy in ({Privacy.Public}, {Privacy.Alias}) and joined_at is not null and erased_at is null", ct) == 1;

    // Nobody chooses the millisecond, and a rehearsal has the same one each time.
    private Scenario DrawFrom(Instant at, int number, IReadOnlyList<string> lately)
    {
        var rested = pack.Scenarios.Where(scenario => !lately.Take(pack.Scenarios.Count - 1).Contains(scenario.Name)).ToList();
        var seed = Draw.Seed(at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return rested.Select((scenario, index) => (scenario, Lot: Draw.Of(seed, number, index))).MaxBy(drawn => drawn.Lot).scenario;
    }

    private async Task<Privacy> NamedAsAsync(Caller caller, PersonId person, CancellationToken ct) =>
        person != caller.Person ? caller.ByAlias.Contains(person) ? Privacy.Alias : Privacy.Public
        : (Privacy)await work.Sql.ScalarAsync<int>($"select privacy from people where id = {person}", ct);
}
