using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
namespace CopBot.Core.Features.Boards;

public sealed class BoardCommands(Standings standings, SquadNames squads) : ICommands
{
    private const int MostRows = 10;

    [Command("board", "See the leaderboard, and your own place on it", ReadsOnly = true, Example = "board month squads")]
    public async Task<Reply> ShowAsync(
        Caller caller,
        [Description("Which time"), OneOf("week", "month", "season", "all")] string period = "week",
        [Description("Who competes"), OneOf("people", "squads"), Also("of", "who")] string board = "people",
        [Description("Only one kind of contribution"), OneOfPack("kinds")] string? kind = null,
        [Description("The week, month or season before")] bool last = false,
        CancellationToken ct = default)
    {
        var scope = Enum.Parse<Scope>(period, ignoreCase: true);
        if (last && scope == Scope.All)
            throw new Refusal($"There is nothing before all time. Try {"board season last":code}.");

        var shown = last ? Period.Before(scope, caller.Today) : Period.At(scope, caller.Today);
        var competing = Enum.Parse<Board>(board, ignoreCase: true);
        var title = kind is null ? shown.Title : $"{shown.Title}, {kind} only";
        var view = kind is null ? await WholeAsync(competing, shown, caller, ct) : await OfKindAsync(competing, shown, kind, caller, ct);
        if (view.Rows.Count == 0 && view.Own is null)
            return new Message($"{title}: nobody has points {(last ? "there" : "yet")}. {(last ? "" : "Be the first: ")}{(last ? RichText.Empty : RichText.Of($"{"share \"What you learned\"":code}"))}");

        var rows = new List<RankedRow>();
        foreach (var place in view.Rows)
            rows.Add(new(place.Rank, await NameAsync(competing, place.Subject, ct), place.Points, Own: competing == Board.People && place.Subject == caller.Person.Value));
        if (view.Own is { } own && !rows.Any(row => row.Own))
        {
            var before = rows.FindIndex(row => row.Points < own.Points);
            rows.Insert(before < 0 ? rows.Count : before, new(own.Rank, RichText.Of($"{caller.Person:name}"), own.Points, RichText.Of($"you"), Own: true));
        }

        var leaders = view.Rows.Count(place => place.Rank == 1);
        var summary = leaders switch
        {
            0 => RichText.Of($"{title}: nobody who is shown has points."),
            1 => RichText.Of($"{title}: {rows.First(row => row.Rank == 1 && (!row.Own || caller.Shown)).Who} leads with {view.Rows[0].Points} points."),
            _ => RichText.Of($"{title}: {leaders} share the lead with {view.Rows[0].Points} points."),
        };
        var more = Math.Max(0, view.Total - view.Rows.Count);
        return new Message(summary, Card.Of(
            new Ranking(rows, more),
            view.OwnHidden ? new Note($"Your own line is for you alone: you are not shown to others.") : null,
            new Note($"{"why":code} expands any number into the entries that sum to it.")));
    }

    private async Task<View> WholeAsync(Board board, Period period, Caller caller, CancellationToken ct)
    {
        var top = await standings.TopAsync(board, period, MostRows, ct);
        var total = await standings.CountAsync(board, period, ct);
        if (board == Board.Squads)
            return new(top, null, false, total);

        var points = await standings.PointsAsync(board, period, caller.Person.Value, ct);
        var own = points > 0 ? new Ranked(await standings.RankAsync(board, period, points, ct), caller.Person.Value, points) : null;
        return new(top, own, own is not null && !caller.Shown, total);
    }

    private async Task<View> OfKindAsync(Board board, Period period, string kind, Caller caller, CancellationToken ct)
    {
        var all = await standings.OfKindAsync(board, period, kind, ct);
        return new([.. all.Take(MostRows)], board == Board.People ? all.FirstOrDefault(place => place.Subject == caller.Person.Value) : null, false, all.Count);
    }

    private async Task<RichText> NameAsync(Board board, Guid subject, CancellationToken ct) =>
        board == Board.People ? RichText.Of($"{new PersonId(subject):name}") : RichText.Of($"{await squads.NameAsync(subject, ct)}");

    private sealed record View(IReadOnlyList<Ranked> Rows, Ranked? Own, bool OwnHidden, int Total);
}
