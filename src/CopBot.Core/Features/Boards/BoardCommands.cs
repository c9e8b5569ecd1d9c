using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Features.Squads;

namespace CopBot.Core.Features.Boards;

public sealed class BoardCommands(Standings standings, ClosedBoard closed, Calendar calendar, WhichPeriod which, SquadNames squads, Membership membership, CommandCatalog catalog) : ICommands
{
    private const int MostRows = 10;

    [Command("board", "See the leaderboard, and your own place on it", ReadsOnly = true, Example = "board month squads")]
    public async Task<Reply> ShowAsync(
        Caller caller,
        [Description("Which time"), OneOf("week", "month", "season", "all")] string period = "week",
        [Description("Who competes"), OneOf("people", "squads"), Also("of", "who")] string board = "people",
        [Description("Only one kind of contribution"), OneOfPack("kinds")] string? kind = null,
        [Description("The week, month or season before")] bool last = false,
        [Description("A week such as 2026-W07"), MaxLength(20)] string? week = null,
        [Description("A month such as 2026-02"), MaxLength(20)] string? month = null,
        [Description("A season by its name"), MaxLength(60)] string? season = null,
        CancellationToken ct = default)
    {
        var scope = Enum.Parse<Scope>(period, ignoreCase: true);
        if (last && scope == Scope.All)
            throw new Refusal($"There is nothing before all time. Try {"board season last":code}.");

        var now = await calendar.AtAsync(scope, caller.Today, ct);
        var shown = await which.ReadAsync(week, month, season, caller.Today, ct) ?? (last ? await calendar.BeforeAsync(now, ct) : now);
        var over = shown.Until <= caller.Today;
        var competing = Enum.Parse<Board>(board, ignoreCase: true);
        var title = RichText.Of($"{new UserText(shown.Title)}{(kind is null ? "" : $", {kind} only")}");
        var mine = competing == Board.People ? caller.Person.Value : await membership.OfAsync(caller.Person, ct);
        var view = kind is null ? await WholeAsync(competing, shown, mine, ct) : await OfKindAsync(competing, shown, kind, mine, ct);
        if (view.Rows.Count == 0 && view.Own is null)
            return over ? new Message($"{title}: nobody has points there.") : new Message($"{title}: nobody has points yet. Be the first: {ExampleOf(kind):code}");

        var rows = new List<RankedRow>();
        foreach (var place in view.Rows)
            rows.Add(new(place.Rank, await NameAsync(competing, place.Subject, ct), place.Points, Own: place.Subject == mine));
        var alone = competing == Board.People && !caller.Shown;
        var listed = rows.Count;
        if (view.Own is { } own && !rows.Any(row => row.Own))
        {
            var before = rows.FindIndex(row => row.Points < own.Points);
            rows.Insert(before < 0 ? rows.Count : before, new(own.Rank, await NameAsync(competing, own.Subject, ct), own.Points, RichText.Of($"{(alone ? "only you see this line" : competing == Board.People ? "you" : "yours")}"), Own: true));
            if (!alone)
                listed++;
        }

        var none = mine is { } subject && view.Own is null ? RichText.Of($"→ {await NameAsync(competing, subject, ct)}: no points{(over ? "" : " yet")}") : null;
        var among = alone && view.Own is not null ? "of those who are shown, " : "";
        var leaders = view.Rows.Count(place => place.Rank == 1);
        var summary = leaders switch
        {
            0 => RichText.Of($"{title}: nobody who is shown has points."),
            1 => RichText.Of($"{title}: {among}{rows.First(row => row.Rank == 1 && !(row.Own && alone)).Who} leads with {Points.Said(view.Rows[0].Points)}."),
            _ => RichText.Of($"{title}: {among}{leaders} share the lead with {Points.Said(view.Rows[0].Points)}."),
        };
        return new Message(summary, Card.Of(
            new Ranking(rows, view.Total - listed),
            none is null ? null : new Note(none),
            new Note($"{"why":code} expands any number into the entries that sum to it.")));
    }

    // What earns points of a kind is the command of its name.
    private string ExampleOf(string? kind) =>
        kind is not null and not "share" && catalog.Find(kind.Replace('-', ' '))?.Example is { } example ? example : "share \"What you learned\"";

    // What is closed stays as it was then.
    private async Task<View> WholeAsync(Board board, Period period, Guid? mine, CancellationToken ct)
    {
        if (await closed.HasAsync(period, ct))
        {
            var had = mine is { } one ? await closed.PointsAsync(board, period, one, ct) : 0;
            return ViewOf(await closed.PlacesAsync(board, period, ct), mine, had);
        }

        var points = mine is { } subject ? await standings.PointsAsync(board, period, subject, ct) : 0;
        return new(
            await standings.TopAsync(board, period, MostRows, ct),
            points > 0 ? new Ranked(await standings.RankAsync(board, period, points, ct), mine!.Value, points) : null,
            await standings.CountAsync(board, period, ct));
    }

    private async Task<View> OfKindAsync(Board board, Period period, string kind, Guid? mine, CancellationToken ct)
    {
        var all = await standings.OfKindAsync(board, period, kind, ct);
        var points = mine is { } subject ? await standings.OfKindAsync(board, period, kind, subject, ct) : 0;
        return ViewOf(all, mine, points);
    }

    private static View ViewOf(IReadOnlyList<Ranked> all, Guid? mine, int points) => new(
        [.. all.Take(MostRows)],
        points > 0 ? new Ranked(1 + all.Count(place => place.Points > points), mine!.Value, points) : null,
        all.Count);

    private async Task<RichText> NameAsync(Board board, Guid subject, CancellationToken ct) =>
        board == Board.People ? RichText.Of($"{new PersonId(subject):name}") : RichText.Of($"{await squads.NameAsync(subject, ct)}");

    // Own is the asker's place, or their squad's, whether it is among the rows or not; Total counts those who are shown.
    private sealed record View(IReadOnlyList<Ranked> Rows, Ranked? Own, int Total);
}
