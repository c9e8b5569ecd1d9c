using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
namespace CopBot.Core.Features.Boards;

public sealed class MeCommands(Work work, Standings standings, Calendar calendar, PointsPolicy policy) : ICommands
{
    [Command("me", "See your points, your neighbours and your pace", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var week = Period.Week(caller.Today);
        var ofWeek = await PointsAsync(week, caller, ct);
        var waiting = await work.Sql.ScalarAsync<int>(
            $"select count(*) from claims where community_id = {work.CommunityId} and author_id = {caller.Person} and state = {ClaimState.Waiting}", ct);
        var ofSeason = await PointsAsync(await calendar.AtAsync(Scope.Season, caller.Today, ct), caller, ct);
        var facts = new Facts([
            new("This week", Points.Said(ofWeek)),
            new("This season", Points.Said(ofSeason)),
            new("All time", Points.Said(await PointsAsync(Period.AllTime, caller, ct))),
            new("Waiting", waiting == 0 ? RichText.Of($"nothing of yours") : RichText.Of($"{waiting} of yours, see {"pending":code}")),
        ]);
        if (TitleOf(ofSeason) is { } title)
            facts = facts with { Items = [.. facts.Items, new("Title", title)] };

        var (above, below) = await standings.NeighboursAsync(week, caller.Person, ofWeek, ct);
        var rank = await standings.RankAsync(Board.People, week, ofWeek, ct);
        var rows = above.Select(RowOf)
            .Append(new RankedRow(rank, RichText.Of($"{caller.Person:name}"), ofWeek, RichText.Of($"you"), Own: true))
            .Concat(below.Select(RowOf)).ToList();
        return new Message($"You have {Points.Said(ofWeek)} this week. {await PaceAsync(week, ofWeek, ct)}", Card.Of(
            facts,
            rows.Count > 1 ? new Ranking(rows) : null,
            new Buttons([new("Why?", "why"), new("Board", "board")])));
    }

    // What the season's points have earned, and what the next title takes; null where the pack has no titles.
    private RichText? TitleOf(int points) => (policy.Titles.At(points), policy.Titles.After(points)) switch
    {
        (null, null) => null,
        (null, { } next) => RichText.Of($"none yet; {Points.Said(next.From - points)} more and you are {next.Name}"),
        ({ } now, null) => RichText.Of($"{now.Name}, the highest there is"),
        ({ } now, { } next) => RichText.Of($"{now.Name}; {Points.Said(next.From - points)} more and you are {next.Name}"),
    };

    private Task<int> PointsAsync(Period period, Caller caller, CancellationToken ct) => standings.PointsAsync(Board.People, period, caller.Person.Value, ct);

    private async Task<RichText> PaceAsync(Period week, int points, CancellationToken ct)
    {
        if (await standings.TypicalAsync(week, ct) is not { } typical)
            return RichText.Of($"Nobody has points this week yet.");

        var gap = typical.Median - points;
        return gap > 0
            ? RichText.Of($"{gap:0.#} more {(gap == 1 ? "point" : "points")} to this week's typical member, who has {typical.Median:0.#}.")
            : RichText.Of($"That is {(gap == 0 ? "just" : "more than")} what this week's typical member has ({typical.Median:0.#}).");
    }

    private static RankedRow RowOf(Ranked place) => new(place.Rank, RichText.Of($"{new PersonId(place.Subject):name}"), place.Points);
}
