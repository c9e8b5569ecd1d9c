using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>What is kept to reach people in Teams, and what stands in their calendars: it is theirs, and goes with them.</summary>
public sealed class TeamsReach(Work work, TeamsConversations conversations) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct)
    {
        var rows = await work.Sql.ListAsync(
            $"""
            select t.mri, t.conversation from teams_people t join handles h on h.platform = {TeamsPlatform.PlatformName} and h.user_id = t.user_id
            where t.community_id = {work.CommunityId} and h.person_id = {person} order by t.user_id
            """, row => (object)new Reached(row.Text(0), row.TextOrNull(1)), ct);
        var events = await work.Sql.ListAsync(
            $"""
            select e.gathering_id, e.event_id from teams_events e join handles h on h.platform = {TeamsPlatform.PlatformName} and h.user_id = e.organizer
            where e.community_id = {work.CommunityId} and h.person_id = {person} order by e.gathering_id
            """, row => (object)new InCalendar(row.Id(0), row.Text(1)), ct);
        return [.. rows.Count > 0 ? (Holding[])[new("teamsConversations", rows)] : [], .. events.Count > 0 ? (Holding[])[new("teamsCalendarEvents", events)] : []];
    }

    // The process goes on knowing the way until it ends, so that the last answer arrives. What is still to come is called off first, and forgotten then.
    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync(
            $"""
            delete from teams_events where community_id = {work.CommunityId} and gathering_id in (select id from gatherings where begins_at <= {at})
                and organizer in (select user_id from handles where platform = {TeamsPlatform.PlatformName} and person_id = {person})
            """, ct);
        var users = await work.Sql.ListAsync($"select user_id from handles where platform = {TeamsPlatform.PlatformName} and person_id = {person}", row => row.Text(0), ct);
        work.AfterCommit(() => users.ForEach(conversations.Erased));
        await work.Sql.ExecuteAsync(
            $"delete from teams_people where community_id = {work.CommunityId} and user_id in (select user_id from handles where platform = {TeamsPlatform.PlatformName} and person_id = {person})", ct);
    }

    // Each account goes on being reached by itself.
    public Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct) => Task.CompletedTask;

    private sealed record Reached(string BotsId, string? Conversation);

    private sealed record InCalendar(Guid Gathering, string EventId);
}
