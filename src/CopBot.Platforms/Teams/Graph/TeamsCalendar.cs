using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Platforms.Wording;
using Microsoft.Graph.Models;
using NodaTime;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>
/// A calendar event per gathering, in the calendar of whoever planned it, to which those who join are invited (graph/api/user-post-events). Each is made under the
/// gathering's id as its transaction, so a lost answer makes no second one; and what has not changed is not written again, for each change is mailed to everybody.
/// </summary>
public sealed class TeamsCalendar(TeamsGraph graph, TeamRoster roster, TeamsConversations conversations, Store store) : IEventSync
{
    private const int LongestSubject = 255;

    // Stands for the id of an event that Graph has been asked to make.
    private const string Making = "making";

    public string Platform => TeamsPlatform.PlatformName;

    public bool TakesPeople => true;

    public async Task<SyncOutcome> SetAsync(GatheringEvent gathering, CancellationToken ct)
    {
        var known = await KnownAsync(gathering, ct);
        if (gathering.IsCancelled)
            return known is null ? SyncOutcome.Done : await CancelAsync(gathering, known, ct);

        // Whoever planned it elsewhere, or is not to be seen, has no calendar for it here; a calendar file is there for everybody.
        if ((known?.Organizer ?? Accounts(gathering.Planner).FirstOrDefault()) is not { } organizer)
            return SyncOutcome.Done;
        if (await InvitedAsync(gathering, organizer, ct) is not { } invited)
            return new(SyncOutcomeKind.Later, Problem: "Teams does not say how those who join are invited");

        var shows = Digest(gathering, invited);
        if (known is { Id: not Making })
            return known.Shows == shows ? SyncOutcome.Done : await ChangeAsync(gathering, known, invited, shows, ct);

        await NoteAsync(gathering, new(organizer, Making, ""), ct);
        var made = await graph.AskAsync("a calendar event", (client, token) => client.Users[organizer].Events.PostAsync(EventOf(gathering, invited, isNew: true), cancellationToken: token), ct);
        var id = made.IsThere ? await FindAsync(gathering, organizer, ct) : made.Value?.Id;
        if (id is null)
        {
            if (made.Kind != SyncOutcomeKind.Refused)
                return made.Outcome(TeamsPermissions.Calendars);
            await ForgetAsync(gathering, ct);

            // An account without a mailbox has no calendar, which is nobody's fault.
            return made.IsMissing ? SyncOutcome.Done : made.Outcome(TeamsPermissions.Calendars);
        }

        // What an earlier attempt made may show what was so then.
        var now = new Entry(organizer, id, known is null && !made.IsThere ? shows : "");
        await NoteAsync(gathering, now, ct);
        return now.Shows == shows ? SyncOutcome.Done : await ChangeAsync(gathering, now, invited, shows, ct);
    }

    private async Task<SyncOutcome> ChangeAsync(GatheringEvent gathering, Entry known, IReadOnlyList<string> invited, string shows, CancellationToken ct)
    {
        var changed = await graph.AskAsync("a calendar event", (client, token) => client.Users[known.Organizer].Events[known.Id].PatchAsync(EventOf(gathering, invited, isNew: false), cancellationToken: token), ct);

        // Somebody took it out of their calendar: it is theirs, and is not put back.
        if (changed.IsDone || changed.IsMissing)
            await NoteAsync(gathering, known with { Shows = shows }, ct);
        return changed.IsMissing ? SyncOutcome.Done : changed.Outcome(TeamsPermissions.Calendars);
    }

    private async Task<SyncOutcome> CancelAsync(GatheringEvent gathering, Entry known, CancellationToken ct)
    {
        if ((known.Id == Making ? await FindAsync(gathering, known.Organizer, ct) : known.Id) is { } id)
        {
            // To be deleted by whoever planned it is to be called off: those who were invited are told.
            var gone = await graph.AskAsync("the end of a calendar event", (client, token) => client.Users[known.Organizer].Events[id].DeleteAsync(cancellationToken: token), ct);
            if (!gone.IsDone && !gone.IsMissing)
                return gone.Outcome(TeamsPermissions.Calendars);
        }

        await ForgetAsync(gathering, ct);
        return SyncOutcome.Done;
    }

    // The event that an attempt without an answer made; null where it made none.
    private async Task<string?> FindAsync(GatheringEvent gathering, string organizer, CancellationToken ct)
    {
        var transaction = gathering.Gathering.ToString("D");
        var listed = await graph.AskAsync("calendar events", (client, token) => client.Users[organizer].Events.GetAsync(request =>
        {
            request.QueryParameters.Filter = $"subject eq '{Subject(gathering).Replace("'", "''", StringComparison.Ordinal)}'";
            request.QueryParameters.Select = ["id", "transactionId"];
        }, token), ct);
        return listed.Value?.Value?.Find(one => one.TransactionId == transaction)?.Id;
    }

    // The addresses of those who join but the organizer; null where nobody says now. Whoever is in none of the teams is not invited.
    private async Task<IReadOnlyList<string>?> InvitedAsync(GatheringEvent gathering, string organizer, CancellationToken ct)
    {
        var missing = Accounts(gathering.People).Where(user => user != organizer).ToHashSet(StringComparer.Ordinal);
        var addresses = new List<string>();
        foreach (var team in conversations.Teams)
        {
            if (missing.Count == 0)
                break;
            if (await roster.OfAsync(team, ct) is not { } mates)
                return null;
            addresses.AddRange(mates.Where(mate => mate.Address is { Length: > 0 } && missing.Remove(mate.User)).Select(mate => mate.Address!));
        }

        return [.. addresses.Order(StringComparer.OrdinalIgnoreCase)];
    }

    private IEnumerable<string> Accounts(IEnumerable<Handle> people) => people.Where(one => one.Workspace == conversations.Tenant).Select(one => one.UserId).Distinct();

    private static Event EventOf(GatheringEvent gathering, IReadOnlyList<string> invited, bool isNew) => new()
    {
        Subject = Subject(gathering),
        Body = new ItemBody { ContentType = BodyType.Text, Content = Body(gathering) },
        Start = At(gathering.Begins),
        End = At(gathering.Ends),
        Attendees = [.. invited.Select(address => new Attendee { EmailAddress = new EmailAddress { Address = address }, Type = AttendeeType.Required })],
        IsOnlineMeeting = isNew ? true : null,
        OnlineMeetingProvider = isNew ? OnlineMeetingProviderType.TeamsForBusiness : null,
        TransactionId = isNew ? gathering.Gathering.ToString("D") : null,
    };

    private static string Body(GatheringEvent gathering)
    {
        var about = gathering.Topic is { } topic ? $" It is about {CodePoints.Line(topic)}." : "";
        return string.Create(CultureInfo.InvariantCulture, $"Gathering {gathering.Number} of the Reliability League.{about} Whoever joins it with CopBot is invited; “gather leave {gathering.Number}” takes you out again.");
    }

    private static string Subject(GatheringEvent gathering) => CodePoints.Fit(CodePoints.Line(gathering.Title), LongestSubject);

    private static DateTimeTimeZone At(Instant time) => new() { DateTime = time.ToDateTimeUtc().ToString("s", CultureInfo.InvariantCulture), TimeZone = "UTC" };

    private static string Digest(GatheringEvent gathering, IReadOnlyList<string> invited) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Subject(gathering)}\n{Body(gathering)}\n{gathering.Begins}\n{gathering.Ends}\n{string.Join('\n', invited)}")));

    private Task<Entry?> KnownAsync(GatheringEvent gathering, CancellationToken ct) =>
        store.ReadAsync(gathering.Community, (work, token) => work.Sql.FirstAsync($"select organizer, event_id, shows from teams_events where gathering_id = {gathering.Gathering}", row => new Entry(row.Text(0), row.Text(1), row.Text(2)), token), ct);

    private Task NoteAsync(GatheringEvent gathering, Entry entry, CancellationToken ct) =>
        store.WriteAsync(gathering.Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into teams_events (community_id, gathering_id, organizer, event_id, shows) values ({gathering.Community}, {gathering.Gathering}, {entry.Organizer}, {entry.Id}, {entry.Shows})
            on conflict (gathering_id) do update set organizer = excluded.organizer, event_id = excluded.event_id, shows = excluded.shows
            """, token), ct);

    private Task ForgetAsync(GatheringEvent gathering, CancellationToken ct) =>
        store.WriteAsync(gathering.Community, (work, token) => work.Sql.ExecuteAsync($"delete from teams_events where gathering_id = {gathering.Gathering}", token), ct);

    private sealed record Entry(string Organizer, string Id, string Shows);
}
