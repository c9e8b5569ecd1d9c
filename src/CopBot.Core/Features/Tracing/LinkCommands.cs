using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Tracing;

public sealed class LinkCommands(Work work, OkrBook book, Gaps gaps) : ICommands
{
    [Command("kr link", "Say which gap of the backlog a key result is to close", Role = Role.Core, Example = "kr link 1 gap=1")]
    public async Task<Reply> LinkAsync(
        Caller caller,
        [Description("The key result's number"), Also("kr")] int number,
        [Description("The gap's number")] int gap,
        [Description("Whether the two have nothing to do with one another after all")] bool drop = false,
        CancellationToken ct = default)
    {
        var (one, objective) = await book.FindKeyResultAsync(number, ct);
        var linked = await gaps.FindAsync(gap, ct);
        var both = RichText.Of($"key result {number} “{new UserText(one.Title, objective.OwnerId)}” and gap {gap} “{linked.Titled}”");
        if (drop)
        {
            return await work.Sql.ExecuteAsync($"delete from key_result_gaps where key_result_id = {one.Id} and gap_id = {linked.Id}", ct) == 1
                ? Reply.ToAll(new Message($"No longer linked: {both}."))
                : throw new Refusal($"They are not linked: {both}. Nothing was changed.");
        }

        await gaps.FindOpenAsync(gap, ct);
        return await work.Sql.ExecuteAsync($"insert into key_result_gaps (key_result_id, gap_id, community_id, linked_at) values ({one.Id}, {linked.Id}, {work.CommunityId}, {caller.At}) on conflict (key_result_id, gap_id) do nothing", ct) == 1
            ? Reply.ToAll(new Message($"Linked: {both}. {$"okr trace {objective.Number}":code} shows the chain."))
            : throw new Refusal($"They are linked already: {both}. Nothing was changed.");
    }
}
