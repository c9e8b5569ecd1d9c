using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>
/// Tells those who join, each alone and each thing once: the day before, a quarter of an hour before, and afterwards the question whether they
/// were there. The day before is a working day of theirs; the quarter of an hour is what joining asks for, so it waits for nothing.
/// </summary>
public sealed class Reminders(Work work, Outbox outbox, Availability availability, AfterThoughts after, DueSignal signal) : IDueWork
{
    private const int MostDaysBefore = 7;
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    // What is told nearer to the beginning is told by the quarter of an hour.
    private static readonly Duration NotTooNear = Duration.FromHours(12);

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"select due_at, gathering_id, person_id from gathering_people where community_id = {work.CommunityId} and due_at is not null order by due_at limit {limit}",
            row => new Due(row.Instant(0), $"{row.Id(1)}/{row.Id(2)}"), ct);

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var parts = due.Key.Split('/');
        var (id, person) = (Guid.Parse(parts[0]), new PersonId(Guid.Parse(parts[1])));
        var one = await work.Db.Set<Gathering>().FirstOrDefaultAsync(gathering => gathering.Id == id, ct);
        var row = await work.Db.Set<Attendee>().FirstOrDefaultAsync(attendee => attendee.GatheringId == id && attendee.PersonId == person, ct);
        if (one is null || row?.DueAt != due.At)
            return;

        var (step, next) = await AfterAsync(row.Step, one, person, now, ct);
        if (await work.Sql.ExecuteAsync($"update gathering_people set step = {step}, due_at = {next} where gathering_id = {id} and person_id = {person} and due_at = {row.DueAt}", ct) == 1
            && !one.IsCancelled && await SaysAsync(one, row, now, ct) is { } says)
        {
            await outbox.TellAsync(person, says, ct);
        }
    }

    /// <summary>What somebody who joins now is told first, and when.</summary>
    public async Task<(Step Step, Instant? Due)> FirstAsync(Gathering one, PersonId person, Instant now, CancellationToken ct)
    {
        work.AfterCommit(signal.Set);
        return await DayBeforeAsync(one, person, ct) is { } due && due > now
            ? (Step.DayBefore, due)
            : await AfterAsync(Step.DayBefore, one, person, now, ct);
    }

    /// <summary>Begins anew for all who join, because it moved.</summary>
    public async Task AgainAsync(Gathering one, Instant now, CancellationToken ct)
    {
        foreach (var person in await work.Sql.ListAsync($"select person_id from gathering_people where gathering_id = {one.Id}", row => row.Person(0), ct))
        {
            var (step, due) = await FirstAsync(one, person, now, ct);
            await work.Sql.ExecuteAsync($"update gathering_people set step = {step}, due_at = {due} where gathering_id = {one.Id} and person_id = {person}", ct);
        }
    }

    /// <summary>Tells nobody anything any more.</summary>
    public Task WithdrawAsync(Gathering one, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update gathering_people set step = {Step.Done}, due_at = null where gathering_id = {one.Id}", ct);

    private async Task<(Step Step, Instant? Due)> AfterAsync(Step done, Gathering one, PersonId person, Instant now, CancellationToken ct) => done switch
    {
        Step.DayBefore when one.BeginsAt - Quarter > now => (Step.QuarterBefore, one.BeginsAt - Quarter),
        Step.DayBefore or Step.QuarterBefore => (Step.After, await availability.NextAsync(person, one.EndsAt, ct)),
        _ => (Step.Done, null),
    };

    // So that a gathering on a Monday morning is not told on a Sunday, nor only an hour before.
    private async Task<Instant?> DayBeforeAsync(Gathering one, PersonId person, CancellationToken ct)
    {
        for (var days = 1; days <= MostDaysBefore; days++)
        {
            var due = await availability.NextAsync(person, one.BeginsAt - Duration.FromDays(days), ct, usual: true);
            if (due <= one.BeginsAt - NotTooNear)
                return due;
        }

        return null;
    }

    // What comes so late that the next one is there already says nothing.
    private async Task<Message?> SaysAsync(Gathering one, Attendee row, Instant now, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        return row.Step switch
        {
            Step.DayBefore when now < one.BeginsAt - Quarter => new(
                $"{GatheringText.Of(one)} begins on {GatheringText.When(one, community)}, {community.Zone.Id} time. You joined.",
                Card.Of(new Buttons([GatheringText.CalendarFile(one), GatheringText.Leave(one)]))),
            Step.QuarterBefore when now < one.BeginsAt => new($"{GatheringText.Of(one)} begins in {Math.Ceiling((one.BeginsAt - now).TotalMinutes).ToString(CultureInfo.InvariantCulture)} minutes."),
            Step.After => await OverAsync(one, row, now, ct),
            _ => null,
        };
    }

    private async Task<Message?> OverAsync(Gathering one, Attendee row, Instant now, CancellationToken ct)
    {
        var asked = row.Attendance == Attendance.Joined;
        var writes = row.PersonId == one.PlannerId && GatheringText.IsLogged(one) && one.ClaimNumber is null;
        RichText were = asked ? " Were you there?" : "";
        RichText log = writes ? " Once those who were there have said so, its entry in the league can be written." : "";
        Button[] buttons = [.. asked ? (Button[])[GatheringText.Here(one), GatheringText.Missed(one)] : [], .. writes ? (Button[])[GatheringText.Log(one)] : []];
        Block[] blocks = [.. buttons.Length > 0 ? (Block[])[new Buttons(buttons)] : [], .. row.Attendance == Attendance.Here ? await after.OfAsync(one, now, ct) : []];
        return blocks.Length == 0 ? null : new($"{GatheringText.Of(one)} is over.{were}{log}", new Card(blocks));
    }
}
