using CopBot.Core.Chat;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Squads;

namespace CopBot.Core.Features.Closings;

/// <summary>What is said about a week, month or season that is over.</summary>
public sealed class ClosePost(ClosedBoard closed, Calendar calendar, Highlights highlights, SquadNames squads, NextGatherings next)
{
    private const int Top = 5;
    private const int MostHeroes = 3;

    /// <summary>The post; null where nobody has points who may be shown.</summary>
    public async Task<Message?> OfAsync(Closing closing, CancellationToken ct)
    {
        var period = closing.Closed;
        var people = await closed.PlacesAsync(Board.People, period, ct);
        var teams = await closed.PlacesAsync(Board.Squads, period, ct);
        if (people.Count == 0 && teams.Count == 0)
            return null;

        var before = await calendar.BeforeAsync(period, ct);
        var blocks = new List<Block>();
        if (teams.Count > 0)
        {
            blocks.Add(new Paragraph($"Squads"));
            blocks.Add(await RankingAsync(teams, await closed.PlacesAsync(Board.Squads, before, ct), async squad => RichText.Of($"{await squads.NameAsync(squad, ct)}")));
        }

        if (people.Count > 0)
        {
            blocks.Add(new Paragraph($"People"));
            blocks.Add(await RankingAsync(people, await closed.PlacesAsync(Board.People, before, ct), person => Task.FromResult(RichText.Of($"{new PersonId(person):name}"))));
        }

        if (await FactsAsync(period, people, ct) is { Count: > 0 } facts)
            blocks.Add(new Facts(facts));
        if (period.Scope == Scope.Week && await next.FirstAsync(ct) is { } gathering)
            blocks.Add(new Facts([gathering]));
        if (closing.Seal is { } seal)
            blocks.Add(new Note($"The season's entries are sealed with SHA-256 {seal:code}; {"copbot db verify":code} computes it again. {"season hall":code} shows all seasons."));
        var look = period.Scope == Scope.Week ? "board last" : $"board {NameOf(period.Scope)} last";
        blocks.Add(new Note($"{look:code} shows it with your own place, {"why":code} every entry."));
        return new Message(SummaryOf(period, people), new Card(blocks));
    }

    private static RichText SummaryOf(Period period, IReadOnlyList<Ranked> people)
    {
        var first = people.TakeWhile(place => place.Rank == 1).ToList();
        RichText title = RichText.Of($"{new UserText(period.Title)}");
        return first.Count switch
        {
            0 => RichText.Of($"{title} is over."),
            1 => RichText.Of($"{title} is over: {new PersonId(first[0].Subject):name} comes first with {Points.Said(first[0].Points)}."),
            _ => RichText.Of($"{title} is over: {first.Count} come first with {Points.Said(first[0].Points)} each."),
        };
    }

    private async Task<List<Fact>> FactsAsync(Period period, IReadOnlyList<Ranked> people, CancellationToken ct)
    {
        var facts = new List<Fact>();
        var name = NameOf(period.Scope);
        var heroes = people.TakeWhile(place => place.Rank == 1).Select(place => new PersonId(place.Subject)).ToList();
        if (heroes.Count is > 0 and <= MostHeroes)
            facts.Add(new(heroes.Count == 1 ? $"Hero of the {name}" : $"Heroes of the {name}", RichText.Of($"{Together(heroes)}, {Points.Said(people[0].Points)}{(heroes.Count == 1 ? "" : " each")}")));
        if (await highlights.SidekickAsync(period, heroes, ct) is { } sidekick)
            facts.Add(new($"Sidekick of the {name}", RichText.Of($"{sidekick.Person:name}, who helped others to {Points.Said(sidekick.Points)}")));
        if (await highlights.BestReusedAsync(period, ct) is { } share)
            facts.Add(new("Most used", RichText.Of($"#{share.Number} “{share.Title}”, {(share.Times == 1 ? "once" : $"{share.Times} times")}")));
        if (period.Scope != Scope.Season && await highlights.FirstTimersAsync(period, ct) is { Count: > 0 } newcomers)
            facts.Add(new("Welcome", Naming.Together(newcomers.Take(Highlights.MostNewcomers).Select(person => RichText.Of($"{person:name}")), Math.Max(0, newcomers.Count - Highlights.MostNewcomers))));
        return facts;
    }

    // Tied ones stay together, even where that makes the list longer.
    private static async Task<Ranking> RankingAsync(IReadOnlyList<Ranked> places, IReadOnlyList<Ranked> before, Func<Guid, Task<RichText>> nameAsync)
    {
        var last = places[Math.Min(Top, places.Count) - 1].Rank;
        var earlier = before.ToDictionary(place => place.Subject, place => place.Rank);
        var rows = new List<RankedRow>();
        foreach (var place in places.TakeWhile(place => place.Rank <= last).Take(2 * Top))
            rows.Add(new(place.Rank, await nameAsync(place.Subject), place.Points, earlier.Count == 0 ? null : Movement(place.Rank, earlier.GetValueOrDefault(place.Subject))));
        return new(rows, places.Count - rows.Count);
    }

    // Against the rank before, which is 0 for one who had none.
    private static RichText Movement(int now, int before) => (before - now) switch
    {
        _ when before == 0 => RichText.Of($"new"),
        0 => RichText.Of($"•"),
        > 0 and var up => RichText.Of($"▲{up}"),
        var down => RichText.Of($"▼{-down}"),
    };

    private static RichText Together(IEnumerable<PersonId> people) => Naming.Together(people.Select(person => RichText.Of($"{person:name}")), 0);

    private static string NameOf(Scope scope) => scope.ToString().ToLowerInvariant();
}
