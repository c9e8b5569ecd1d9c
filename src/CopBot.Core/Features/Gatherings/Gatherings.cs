using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>The book of gatherings: plans them, finds them, and knows who joins.</summary>
public sealed class Gatherings(Work work, Reminders reminders, Outbox outbox, Events events, OrderedIds ids)
{
    private const int ShortestMinutes = 5;
    private const int LongestMinutes = 1440;

    /// <summary>Stores a gathering under the next number; whoever plans it joins.</summary>
    /// <param name="gapId">The gap of the backlog that it is to close.</param>
    public async Task<Gathering> PlanAsync(Caller caller, string kind, string title, Instant begins, int minutes, string? topic, Guid? gapId, CancellationToken ct)
    {
        if (minutes is < ShortestMinutes or > LongestMinutes)
            throw new Refusal($"{"minutes":code} is between {ShortestMinutes} and {LongestMinutes}. Nothing was stored.");

        var one = new Gathering
        {
            Id = ids.Next(),
            CommunityId = work.CommunityId,
            Number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from gatherings where community_id = {work.CommunityId}", ct),
            Kind = kind,
            Title = title,
            Topic = topic,
            PlannerId = caller.Person,
            BeginsAt = begins,
            Minutes = minutes,
            State = GatheringState.Planned,
            Sequence = 0,
            CreatedAt = caller.At,
            GapId = gapId,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into gatherings (id, community_id, number, kind, title, topic, planner_id, begins_at, minutes, state, sequence, created_at, gap_id)
            values ({one.Id}, {one.CommunityId}, {one.Number}, {kind}, {title}, {topic}, {caller.Person}, {begins}, {minutes}, {one.State}, {one.Sequence}, {caller.At}, {gapId})
            """, ct);
        await AddAsync(one, caller, Attendance.Joined, ct);
        await events.WantAsync(one, ct);
        return one;
    }

    /// <summary>The gathering of a number, or a refusal that says there is none.</summary>
    public async Task<Gathering> FindAsync(int number, CancellationToken ct, bool onlyLooks = false) =>
        await work.Db.Set<Gathering>().FirstOrDefaultAsync(one => one.Number == number, ct)
        ?? throw new Refusal($"There is no gathering {number}. {"gather list":code} shows what is planned.{(onlyLooks ? "" : " Nothing was changed.")}");

    /// <summary>As <see cref="FindAsync"/>, and a refusal where it does not take place.</summary>
    public async Task<Gathering> StandingAsync(int number, CancellationToken ct) =>
        await FindAsync(number, ct) is { IsCancelled: false } one ? one : throw new Refusal($"Gathering {number} is cancelled. Nothing was changed.");

    /// <summary>What is planned and not over yet, the next one first.</summary>
    public async Task<IReadOnlyList<Gathering>> AheadAsync(Instant now, int most, CancellationToken ct)
    {
        var planned = await work.Db.Set<Gathering>().Where(one => one.State == GatheringState.Planned && one.BeginsAt > now - Duration.FromMinutes(LongestMinutes))
            .OrderBy(one => one.BeginsAt).ThenBy(one => one.Number).ToListAsync(ct);
        return [.. planned.Where(one => one.EndsAt > now).Take(most)];
    }

    /// <summary>What begins at a time.</summary>
    public Task<List<Gathering>> PlannedAsync(Instant begins, CancellationToken ct) =>
        work.Db.Set<Gathering>().Where(one => one.State == GatheringState.Planned && one.BeginsAt == begins).OrderBy(one => one.Number).ToListAsync(ct);

    /// <summary>Those who join or were there, in the order in which they joined.</summary>
    public Task<List<Attendee>> PeopleAsync(Gathering one, CancellationToken ct) =>
        work.Db.Set<Attendee>().Where(person => person.GatheringId == one.Id && person.Attendance != Attendance.Missed).OrderBy(person => person.JoinedAt).ThenBy(person => person.PersonId).ToListAsync(ct);

    /// <summary>Somebody's own row; null where they did not join.</summary>
    public Task<Attendee?> OfAsync(Gathering one, PersonId person, CancellationToken ct) =>
        work.Db.Set<Attendee>().FirstOrDefaultAsync(row => row.GatheringId == one.Id && row.PersonId == person, ct);

    /// <summary>Enters the caller.</summary>
    public async Task AddAsync(Gathering one, Caller caller, Attendance attendance, CancellationToken ct)
    {
        var shownAs = await work.Sql.ScalarAsync<int>($"select privacy from people where id = {caller.Person}", ct);
        var (step, due) = attendance == Attendance.Joined ? await reminders.FirstAsync(one, caller.Person, caller.At, ct) : (Step.Done, null);
        await work.Sql.ExecuteAsync(
            $"""
            insert into gathering_people (gathering_id, person_id, community_id, attendance, joined_as, joined_at, step, due_at)
            values ({one.Id}, {caller.Person}, {work.CommunityId}, {attendance}, {shownAs}, {caller.At}, {step}, {due})
            """, ct);
        await events.PeopleAsync(one, ct);
        await ReviseAsync(one, caller.Community, ct);
    }

    /// <summary>A row of names as everybody may read them; those who are not shown are only counted.</summary>
    public async Task<RichText> NamesAsync(IReadOnlyList<Attendee> people, CancellationToken ct)
    {
        var named = new List<RichText>();
        foreach (var person in people)
        {
            if (await IsShownAsync(person, ct))
                named.Add($"{person.PersonId:name}");
        }

        return people.Count == 0 ? "nobody" : Naming.Together(named, people.Count - named.Count);
    }

    /// <summary>The card that everybody is shown, brought up to date where the chat can do that.</summary>
    public async Task ReviseAsync(Gathering one, Community community, CancellationToken ct) =>
        await outbox.ReviseAsync(GatheringText.ShownAs(one), Card(one, community, (await PeopleAsync(one, ct)).Count), ct);

    /// <summary>What it is, and the way in. It names nobody: it is shown for as long as the chat keeps it.</summary>
    public static Message Card(Gathering one, Community community, int joined)
    {
        if (one.IsCancelled)
            return new($"Gathering {one.Number} is cancelled: {GatheringText.Whole(one, community)}.");
        RichText who = joined == 1 ? "one joins" : $"{joined} join";
        return new(
            $"Gathering {one.Number}: {GatheringText.Whole(one, community)}; {who} so far. Who else?",
            Chat.Card.Of(
                one.Topic is null ? null : new Facts([new("Topic", $"{new UserText(one.Topic, one.PlannerId)}")]),
                new Buttons([GatheringText.Join(one), GatheringText.CalendarFile(one)])));
    }

    // Whoever was read by one name then and goes by another now is not named here.
    private async Task<bool> IsShownAsync(Attendee person, CancellationToken ct)
    {
        var now = (Privacy?)await work.Sql.ScalarAsync<int?>($"select privacy from people where id = {person.PersonId} and joined_at is not null and erased_at is null", ct);
        return now is Privacy.Public or Privacy.Alias && (person.JoinedAs == now || person.JoinedAs is Privacy.Hidden or Privacy.Observer);
    }
}
