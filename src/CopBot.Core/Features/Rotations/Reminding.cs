using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>
/// Reminds those who will serve, three days and one day before, in their working hours. Who that is, is decided anew each time; whoever
/// was reminded and does not serve after all is told so.
/// </summary>
public sealed class Reminding(Work work, RotationBook book, Outbox outbox, Availability availability) : IDueWork
{
    private static readonly int[] DaysBefore = [3, 1];

    // A rotation's next look comes under this key, a person's reminder under its own.
    private const string Look = "look/";

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct)
    {
        var looks = await work.Sql.ListAsync(
            $"""
            select s.next_at, r.id, r.reminded_for, r.reminded_days from rotations r join schedules s on s.subject_id = r.id
            where r.community_id = {work.CommunityId} and s.effect = {ChangeOver.Effect} and s.state = {ScheduleState.Active} and s.next_at is not null
            """,
            row => (Next: row.Instant(0), Id: row.Id(1), Done: row.LongOrNull(2) == row.Long(0) ? row.Int(3) : int.MaxValue), ct);
        var community = looks.Count == 0 ? null : await Communities.LoadAsync(work, ct);
        var due = looks.SelectMany(one => DaysBefore.Where(days => days < one.Done).Take(1).Select(days => new Due(LookAt(one.Next, days, community!), $"{Look}{one.Id}/{days.ToString(CultureInfo.InvariantCulture)}"))).ToList();
        due.AddRange(await work.Sql.ListAsync(
            $"select due_at, rotation_id, turn, person_id, days from rotation_reminders where community_id = {work.CommunityId} and state = {ReminderState.Waiting} order by due_at limit {limit}",
            row => new Due(row.Instant(0), string.Create(CultureInfo.InvariantCulture, $"{row.Id(1)}/{row.Int(2)}/{row.Id(3)}/{row.Int(4)}")), ct));
        return [.. due.OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).Take(limit)];
    }

    public Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var parts = due.Key.Split('/');
        return due.Key.StartsWith(Look, StringComparison.Ordinal)
            ? LookAsync(Guid.Parse(parts[1]), Number(parts[2]), now, ct)
            : SayAsync(Guid.Parse(parts[0]), Number(parts[1]), new PersonId(Guid.Parse(parts[2])), Number(parts[3]), ct);
    }

    /// <summary>A turn has begun: nobody is reminded of it any more, and whoever was and does not serve is told.</summary>
    public async Task SettleAsync(Rotation rotation, Decision decision, CancellationToken ct)
    {
        await DisappointAsync(rotation, decision, ct);
        await work.Sql.ExecuteAsync($"update rotation_reminders set state = {ReminderState.Dropped} where rotation_id = {rotation.Id} and turn <= {decision.Turn.Number} and state = {ReminderState.Waiting}", ct);
    }

    private async Task LookAsync(Guid id, int days, Instant now, CancellationToken ct)
    {
        if (await book.OfAsync(id, ct) is not { } rotation || (await book.ScheduleOfAsync(rotation, ct)).NextAt is not { } next || LookAt(next, days, await Communities.LoadAsync(work, ct)) > now)
            return;
        await work.Sql.ExecuteAsync($"update rotations set reminded_for = {next}, reminded_days = {days} where id = {id}", ct);

        // What comes so late that the next reminder or the turn itself is there says nothing.
        if (next - now <= Duration.FromDays(days - 1) || (await book.ForecastAsync(rotation, 1, ct)) is not [var (decision, _), ..])
            return;
        await DisappointAsync(rotation, decision, ct);
        foreach (var choice in decision.Seated)
        {
            var due = await availability.NextAsync(choice.Person, now, ct, usual: true);
            if (due >= next)
                continue;
            await work.Sql.ExecuteAsync(
                $"""
                insert into rotation_reminders (rotation_id, turn, person_id, days, community_id, due_at, state)
                values ({id}, {decision.Turn.Number}, {choice.Person}, {days}, {work.CommunityId}, {due}, {ReminderState.Waiting})
                on conflict (rotation_id, turn, person_id, days) do nothing
                """, ct);
        }
    }

    private async Task SayAsync(Guid id, int turn, PersonId person, int days, CancellationToken ct)
    {
        var rotation = await book.OfAsync(id, ct);
        var seat = rotation is not null && rotation.Turn + 1 == turn && await book.ForecastAsync(rotation, 1, ct) is [var (decision, at), ..] && decision.SeatOf(person) is { } found
            ? (Seat: found, decision.Turn, At: at) : ((int Seat, Turn Turn, Instant At)?)null;
        var said = await work.Sql.ExecuteAsync(
            $"update rotation_reminders set state = {(seat is null ? ReminderState.Dropped : ReminderState.Said)} where rotation_id = {id} and turn = {turn} and person_id = {person} and days = {days} and state = {ReminderState.Waiting}", ct);
        if (said == 0 || seat is not { } one)
            return;

        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        RichText when = one.At.InZone(zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
        RichText opening = days == DaysBefore[0] ? "You are" : "A last reminder: you are";
        await outbox.TellAsync(person, new Message(
            $"{opening} {ReasonText.Role(rotation!, one.Seat)} of {new UserText(rotation!.Name)} from {when} on, until {ReasonText.Day(one.Turn.Until)}. If that does not suit you, offer your seat to somebody else.",
            Card.Of(new Buttons([new("Offer my seat", CommandLine.Write("rotation swap", [new("rotation", rotation.Name), new("turn", turn.ToString(CultureInfo.InvariantCulture))]))]))), ct);
    }

    private async Task DisappointAsync(Rotation rotation, Decision decision, CancellationToken ct)
    {
        var number = decision.Turn.Number;
        var reminded = await work.Sql.ListAsync($"select distinct person_id from rotation_reminders where rotation_id = {rotation.Id} and turn = {number} and state = {ReminderState.Said}", row => row.Person(0), ct);
        foreach (var choice in decision.Choices.Where(choice => choice.Seat is null && reminded.Contains(choice.Person)))
        {
            await work.Sql.ExecuteAsync($"update rotation_reminders set state = {ReminderState.Dropped} where rotation_id = {rotation.Id} and turn = {number} and person_id = {choice.Person} and state = {ReminderState.Said}", ct);
            await outbox.TellAsync(choice.Person, new Message($"I reminded you of a turn in {new UserText(rotation.Name)}: you do not serve in it after all ({ReasonText.Of(choice, decision.Turn.From)})."), ct);
        }
    }

    // So many days before; where that is no working time, the last one before it: a turn that begins on a Monday is not told on a Sunday.
    private static Instant LookAt(Instant next, int days, Community community)
    {
        var at = next - Duration.FromDays(days);
        var hours = community.Hours ?? WorkingHours.Usual;
        for (var date = at.InZone(community.Zone).Date; ; date = date.PlusDays(-1))
        {
            var (begin, end) = (community.Zone.AtLeniently(date + hours.From).ToInstant(), community.Zone.AtLeniently(date + hours.Until).ToInstant());
            if (hours.Days.Contains(date.DayOfWeek) && begin <= at)
                return at < end ? at : Instant.Max(begin, end - Duration.FromHours(1));
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
