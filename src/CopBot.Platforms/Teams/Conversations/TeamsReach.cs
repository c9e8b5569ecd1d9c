using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>What is kept to reach people in Teams: it is theirs, and goes with them.</summary>
public sealed class TeamsReach(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct)
    {
        var rows = await work.Sql.ListAsync(
            $"""
            select t.mri, t.conversation from teams_people t join handles h on h.platform = {TeamsPlatform.PlatformName} and h.user_id = t.user_id
            where t.community_id = {work.CommunityId} and h.person_id = {person} order by t.user_id
            """, row => (object)new Reached(row.Text(0), row.TextOrNull(1)), ct);
        return rows.Count > 0 ? [new("teamsConversations", rows)] : [];
    }

    // The process goes on knowing the way until it ends, so that the last answer arrives.
    public Task EraseAsync(PersonId person, Instant at, CancellationToken ct) => work.Sql.ExecuteAsync(
        $"delete from teams_people where community_id = {work.CommunityId} and user_id in (select user_id from handles where platform = {TeamsPlatform.PlatformName} and person_id = {person})", ct);

    // Each account goes on being reached by itself.
    public Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct) => Task.CompletedTask;

    private sealed record Reached(string BotsId, string? Conversation);
}
