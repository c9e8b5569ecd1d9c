using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Squads;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Calendar = CopBot.Core.Features.League.Calendar;
using Period = CopBot.Core.Features.League.Period;

namespace CopBot.Core.Features.Closings;

public sealed class SeasonCommands(Work work, Calendar calendar, ClosedBoard closed, SquadNames squads, DueSignal due, Audit audit) : ICommands
{
    private const int MostYears = 2;
    private const int MostShown = 12;
    private const int SealShown = 12;

    [Command("season show", "See which season runs and how long", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var season = await calendar.AtAsync(Scope.Season, caller.Today, ct);
        var left = NodaTime.Period.DaysBetween(caller.Today, season.Until);
        return new Message(
            $"{new UserText(season.Title)} runs from {Day(season.From)} to {Day(season.Until.PlusDays(-1))}; {(left == 1 ? "this is its last day" : $"{left} days are left, today among them")}.",
            Card.Of(new Buttons([new("Its board", "board season"), new("Hall of fame", "season hall")])));
    }

    [Command("season start", "Begin a season with a name of its own; the one that runs closes", Role = Role.Lead, Example = "season start \"Winter of the quiet pagers\" until=2026-03-31")]
    public async Task<Reply> StartAsync(
        Caller caller,
        [Description("What it is called"), MaxLength(60)] string name,
        [Description("Its last day, such as 2026-03-31"), MaxLength(60)] string until,
        CancellationToken ct)
    {
        var last = LastDayOf(until, caller);
        if (await calendar.SeasonOfAsync(name, ct) is { } taken && taken.From != caller.Today)
            throw new Refusal($"There was a season “{new UserText(taken.Title)}” from {Day(taken.From)}; the hall of fame wants another name. Nothing was changed.");

        var running = await calendar.AtAsync(Scope.Season, caller.Today, ct);
        var season = await calendar.BeginAsync(name.Trim(), caller.Today, last.PlusDays(1), ct);
        work.AfterCommit(due.Set);
        await audit.NoteAsync(caller, "season start", ct, detail: name);
        var before = running.From < season.From ? RichText.Of($" {new UserText(running.Title)} closes now; what was booked today until now stays with it.") : RichText.Empty;
        return Reply.ToAll(new Message($"The season “{new UserText(name, caller.Person)}” begins today and runs until {Day(last)}.{before}"));
    }

    [Command("season hall", "See the hall of fame: the seasons that are over and who won them", ReadsOnly = true)]
    public async Task<Reply> HallAsync(Caller caller, CancellationToken ct)
    {
        var seasons = await work.Db.Set<Closing>().Where(closing => closing.Scope == Scope.Season).OrderByDescending(closing => closing.UntilDay).Take(MostShown).ToListAsync(ct);
        var facts = new List<Fact>();
        foreach (var season in seasons)
        {
            if (await WinnersAsync(season.Closed, ct) is { } winners)
                facts.Add(new(PlainText.Visible(season.Title), RichText.Of($"{Day(season.FromDay)} to {Day(season.UntilDay.PlusDays(-1))}: {winners}; sealed {season.Seal![..SealShown]:code}")));
        }

        return facts.Count == 0
            ? new Message($"The hall of fame is empty: no season is over yet. {"season show":code} shows the one that runs.")
            : new Message($"The hall of fame.", Card.Of(new Facts(facts), new Note($"{"board season=\"…\"":code} shows a season's whole board.")));
    }

    private async Task<RichText?> WinnersAsync(Period season, CancellationToken ct)
    {
        var people = (await closed.PlacesAsync(Board.People, season, ct)).TakeWhile(place => place.Rank == 1).ToList();
        var teams = (await closed.PlacesAsync(Board.Squads, season, ct)).TakeWhile(place => place.Rank == 1).ToList();
        var parts = new List<RichText>();
        if (people.Count > 0)
            parts.Add(RichText.Of($"{Naming.Together(people.Select(place => RichText.Of($"{new PersonId(place.Subject):name}")), 0)} with {Points.Said(people[0].Points)}"));
        foreach (var team in teams)
            parts.Add(RichText.Of($"squad {await squads.NameAsync(team.Subject, ct)} with {Points.Said(team.Points)}"));
        return parts.Count == 0 ? null : RichText.Join(", ", parts);
    }

    private static LocalDate LastDayOf(string until, Caller caller)
    {
        var today = caller.Today;
        return WhenText.Read(until, caller.At.InZone(caller.Community.Zone), caller.Community.Language).Select(time => time.Date).Distinct().ToList() switch
        {
            [var day] when day <= today => throw new Refusal($"{Day(day)} is over or today; a season ends later. Nothing was changed."),
            [var day] when day > today.PlusYears(MostYears) => throw new Refusal($"{Day(day)} is more than {MostYears} years ahead; that is no season. Nothing was changed."),
            [var day] => day,
            var several => throw new Refusal($"“{new UserText(until)}” can mean {RichText.Join(" or ", several.Select(day => RichText.Of($"{Day(day)}")))}. Write it like {today.PlusMonths(3).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture):code}. Nothing was changed."),
        };
    }

    private static string Day(LocalDate day) => day.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
}
