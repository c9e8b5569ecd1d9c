using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>
/// A rotation's turns as a calendar: those that began and those to come. A turn that will not be after all is left out rather than called
/// off: whoever subscribes takes the calendar as a whole each time. Names are the ones that everybody may see.
/// </summary>
public sealed class TurnCalendar(Work work, RotationBook book, IDirectory directory)
{
    private const int MostBegun = 26;

    // Nobody in particular reads it, so names are as in a channel.
    private static readonly Place Anywhere = new("calendar", "calendar", "calendar");

    /// <summary>Where a calendar lies, from the root of the web address.</summary>
    public static string PathOf(string token) => $"/calendar/{token}.ics";

    /// <summary>The calendar behind an address; null where the address opens nothing, or nothing any more.</summary>
    public async Task<string?> ReadAsync(byte[] hash, Instant now, CancellationToken ct)
    {
        var feed = await work.Db.Set<CalendarFeed>().FirstOrDefaultAsync(one => one.Hash == hash && one.RevokedAt == null, ct);
        return await book.OfAsync(feed?.RotationId, ct) is { } rotation ? IcsText.Of(await OfAsync(rotation, now, ct), now) : null;
    }

    private async Task<IcsCalendar> OfAsync(Rotation rotation, Instant now, CancellationToken ct)
    {
        var begun = await work.Db.Set<RotationTurn>().Where(turn => turn.RotationId == rotation.Id).OrderByDescending(turn => turn.Number).Take(MostBegun).ToListAsync(ct);
        var from = begun.Count == 0 ? 0 : begun[^1].Number;
        var choices = await work.Db.Set<RotationChoice>().Where(choice => choice.RotationId == rotation.Id && choice.Turn >= from && choice.Seat != null).ToListAsync(ct);
        var seated = choices.GroupBy(choice => choice.Turn).ToDictionary(turn => turn.Key, turn => turn.Select(choice => (Person: choice.PersonId, Seat: choice.Seat!.Value)).ToList());

        var ahead = await book.ForecastAsync(rotation, Forecast.Length, ct);
        foreach (var (decision, _) in ahead)
            seated[decision.Turn.Number] = [.. decision.Seated.Select(choice => (choice.Person, choice.Seat!.Value))];
        var begins = begun.OrderBy(turn => turn.Number).Select(turn => (turn.Number, turn.BeginsAt)).Concat(ahead.Select(one => (one.Decision.Turn.Number, one.At))).ToList();

        var names = await directory.NamesAsync([.. seated.Values.SelectMany(turn => turn).Select(one => one.Person).Distinct()], Anywhere, null, ct);
        var revision = await work.Db.Set<RotationCalendar>().Where(calendar => calendar.RotationId == rotation.Id).Select(calendar => calendar.Revision).FirstOrDefaultAsync(ct);
        var end = begins.Count == 0 ? now : await EndAsync(rotation, Instant.Max(begins[^1].Item2, ahead.Count == 0 ? now : Instant.MinValue), ct);
        var title = PlainText.Visible(rotation.Name);
        return new(title, [.. TurnSpans.Of(begins, end).Select(span => new IcsEvent(
            UidOf(rotation, span.Number),
            revision,
            span.Begin,
            span.End,
            $"{title}: {Names(rotation, seated.GetValueOrDefault(span.Number) ?? [], names)}",
            Settled: span.Number <= rotation.Turn))]);
    }

    private static string UidOf(Rotation rotation, int turn) => string.Create(CultureInfo.InvariantCulture, $"{rotation.Id}-{turn}@copbot");

    private static string Names(Rotation rotation, List<(PersonId Person, int Seat)> seated, Func<PersonId, string> names) =>
        seated.Count == 0 ? "nobody" : string.Join(", ", seated.OrderBy(one => one.Seat).Select(one => PlainText.Visible($"{names(one.Person)} ({ReasonText.Role(rotation, one.Seat)})")));

    // The last turn to be seen ends with the next one. Where none comes because the schedule does not run, whoever serves goes on:
    // the turn is shown until the next time at which it would have changed.
    private async Task<Instant> EndAsync(Rotation rotation, Instant last, CancellationToken ct)
    {
        var schedule = await book.ScheduleOfAsync(rotation, ct);
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        return RecurrenceText.TryRead(schedule.Rule) is { } rule && Occurrences.After(rule, zone, last).FirstOrNull() is { } next ? next.At : last + Duration.FromDays(1);
    }
}
