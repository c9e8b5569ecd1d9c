using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Conversations;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>What Microsoft does not let the bot do: whoever leads is told once for each reason.</summary>
public sealed class TeamsGaps(TeamsConversations conversations, Store store, Communities communities)
{
    /// <summary>Tells it, where it is new.</summary>
    public Task TellAsync(string what, string problem, RichText says, CancellationToken ct) => WriteAsync(async (work, token) =>
    {
        if (await work.Sql.ExecuteAsync(
            $"""
            insert into teams_gaps (community_id, what, problem) values ({work.CommunityId}, {what}, {problem})
            on conflict (community_id, what) do update set problem = excluded.problem where teams_gaps.problem <> excluded.problem
            """, token) == 0)
            return;
        foreach (var lead in await work.Get<Leads>().ListAsync(token))
            await work.Get<Outbox>().TellAsync(lead, new Message(says), token);
    }, ct);

    /// <summary>It works; a later failure is news again.</summary>
    public Task CloseAsync(string what, CancellationToken ct) =>
        WriteAsync((work, token) => work.Sql.ExecuteAsync($"delete from teams_gaps where community_id = {work.CommunityId} and what = {what}", token), ct);

    private Task WriteAsync(Func<Work, CancellationToken, Task> write, CancellationToken ct) => store.WriteAsync(communities.Of(TeamsPlatform.PlatformName, conversations.Tenant), write, ct);
}
