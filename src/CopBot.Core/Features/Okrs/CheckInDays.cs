using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>
/// Asks the owner of an objective on check-in day how its key results stand, and nothing when that is known. What three reminders did not
/// bring to life is closed with a notice.
/// </summary>
public sealed class CheckInDays(Work work, OkrBook book, ScheduleBook schedules, Availability availability, Leads leads, Outbox outbox, DueSignal signal) : IDueWork
{
    public const IsoDayOfWeek Day = IsoDayOfWeek.Monday;

    /// <summary>How often in a row somebody is reminded before the objective is closed.</summary>
    public const int MostReminders = 3;

    private static readonly LocalTime Hour = new(9, 0);

    // A check-in of the last days before is as good as one today.
    private static readonly Duration Fresh = Duration.FromDays(6);
    private static readonly Duration DigestWithin = Duration.FromHours(8);

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"""
            select look_at, number from objectives where look_at is not null and community_id = {work.CommunityId}
            and not exists (select 1 from pauses where community_id = {work.CommunityId} and ended_at is null) order by look_at, number limit {limit}
            """,
            row => new Due(row.Instant(0), row.Int(1).ToString(CultureInfo.InvariantCulture)), ct);

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var number = int.Parse(due.Key, CultureInfo.InvariantCulture);
        var objective = await work.Db.Set<Objective>().FirstOrDefaultAsync(objective => objective.Number == number, ct);
        if (objective?.LookAt != due.At)
            return;

        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var over = IsOver(objective, now, zone);
        var asked = await AskedAsync(objective, now, zone, ct);
        if (!over && asked.Count == 0)
            await LookAgainAsync(objective, now, reminders: 0, ct);
        else if (objective.OwnerId is { } owner && await availability.NextAsync(owner, now, ct, usual: true) is var suits && suits > now)
            await work.Sql.ExecuteAsync($"update objectives set look_at = {suits} where id = {objective.Id} and look_at = {objective.LookAt}", ct);
        else if (objective.Reminders >= MostReminders)
            await LapseAsync(objective, over, now, zone, ct);
        else if (over)
            await RemindAsync([objective], CheckInReminder.OfOver(objective, objective.Reminders + 1 == MostReminders), now, ct);
        else
            await RemindTogetherAsync(objective, now, zone, ct);
    }

    /// <summary>Lets an objective run from now on: its check-in days begin, and the community's digest with the first one.</summary>
    public async Task BeginAsync(Objective objective, Instant now, CancellationToken ct)
    {
        var next = await NextAsync(objective, now, ct);
        await work.Sql.ExecuteAsync($"update objectives set state = {ObjectiveState.Active}, ended_at = null, look_at = {next}, reminders = 0 where id = {objective.Id}", ct);
        work.AfterCommit(signal.Set);
        if (await work.Sql.ScalarAsync<int>($"select 1 from schedules where community_id = {work.CommunityId} and effect = {OkrDigest.Effect}", ct) == 1)
            return;
        var today = now.InZone((await Communities.LoadAsync(work, ct)).Zone).Date;
        await schedules.AddAsync(OkrDigest.Effect, "How the objectives stand", new Recurrence.Weekly([Day + 1], 1, today, Hour), Lateness.RunOnce, DigestWithin, null, null, ct);
    }

    /// <summary>Somebody has checked in: nobody has to be reminded before the next check-in day.</summary>
    public Task CheckedInAsync(Objective objective, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update objectives set reminders = 0 where id = {objective.Id}", ct);

    private async Task LookAgainAsync(Objective objective, Instant now, int reminders, CancellationToken ct)
    {
        var next = await NextAsync(objective, now, ct);
        await work.Sql.ExecuteAsync($"update objectives set look_at = {next}, reminders = {reminders} where id = {objective.Id} and look_at = {objective.LookAt}", ct);
    }

    private async Task<Instant> NextAsync(Objective objective, Instant now, CancellationToken ct)
    {
        var zone = objective.OwnerId is { } owner ? (await availability.OfAsync(owner, ct)).Zone : (await Communities.LoadAsync(work, ct)).Zone;
        return zone.AtLeniently(now.InZone(zone).Date.Next(Day) + Hour).ToInstant();
    }

    // Whoever looks after several objectives is asked once a week, not once for each.
    private async Task RemindTogetherAsync(Objective first, Instant now, DateTimeZone zone, CancellationToken ct)
    {
        var due = await work.Db.Set<Objective>().Where(one => one.OwnerId == first.OwnerId && one.LookAt == first.LookAt && one.Reminders < MostReminders).OrderBy(one => one.Number).ToListAsync(ct);
        var about = new List<CheckInReminder.About>();
        foreach (var one in due.Where(one => !IsOver(one, now, zone)))
        {
            if (await AskedAsync(one, now, zone, ct) is { Count: > 0 } asked)
                about.Add(new(one, asked, one.Reminders + 1 == MostReminders));
        }

        await RemindAsync(about.Select(one => one.Objective), CheckInReminder.Of(about), now, ct);
    }

    private async Task RemindAsync(IEnumerable<Objective> about, Message message, Instant now, CancellationToken ct)
    {
        var concerned = new HashSet<PersonId>();
        foreach (var objective in about)
        {
            await LookAgainAsync(objective, now, objective.Reminders + 1, ct);
            concerned.UnionWith(await ConcernedAsync(objective, withLeads: false, ct));
        }

        foreach (var person in concerned)
            await outbox.TellAsync(person, message, ct);
    }

    private async Task<List<Progressing>> AskedAsync(Objective objective, Instant now, DateTimeZone zone, CancellationToken ct) =>
        [.. (await book.ProgressAsync(objective, now.InZone(zone).Date, ct)).Where(one => one is { IsReached: false, KeyResult.Measure: null } && !(now - one.KeyResult.CheckedAt < Fresh))];

    private static bool IsOver(Objective objective, Instant now, DateTimeZone zone) => now.InZone(zone).Date > objective.UntilDay;

    // What is reached needs nobody's word for it.
    private async Task LapseAsync(Objective objective, bool over, Instant now, DateTimeZone zone, CancellationToken ct)
    {
        var reached = over && (await book.ProgressAsync(objective, now.InZone(zone).Date, ct)).All(one => one.IsReached);
        var state = reached ? ObjectiveState.Achieved : ObjectiveState.Lapsed;
        await work.Sql.ExecuteAsync($"update objectives set state = {state}, ended_at = {now}, look_at = null where id = {objective.Id} and look_at = {objective.LookAt}", ct);
        var named = RichText.Of($"Objective {objective.Number} “{objective.Titled}” is closed");
        var again = $"okr reopen {objective.Number}{(over ? $" until={now.InZone(zone).Date.PlusMonths(1).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}" : "")}";
        var notice = (reached, over) switch
        {
            (true, _) => new Message($"{named} as achieved: its time is over, and all its key results are reached."),
            (_, true) => new Message(
                $"{named}, because its time is over and nobody said how it ended after {MostReminders} reminders. It can still be said.",
                Card.Of(new Buttons([new("Achieved", $"okr close {objective.Number} achieved"), new("Missed", $"okr close {objective.Number} missed"), new("Open it for another month", again)]))),
            _ => new Message(
                $"{named}, because nobody said how it stands after {MostReminders} reminders. Nothing is lost: {again:code} opens it as it was.",
                Card.Of(new Buttons([new("Open it again", again)]))),
        };
        foreach (var person in await ConcernedAsync(objective, withLeads: true, ct))
            await outbox.TellAsync(person, notice, ct);
    }

    // Where the owner has left, the leads look after it.
    private async Task<IEnumerable<PersonId>> ConcernedAsync(Objective objective, bool withLeads, CancellationToken ct)
    {
        IEnumerable<PersonId> owner = objective.OwnerId is { } person ? [person] : [];
        return withLeads || objective.OwnerId is null ? owner.Concat(await leads.ListAsync(ct)).Distinct() : owner;
    }
}
