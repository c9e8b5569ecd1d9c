using System.Data.Common;
using CopBot.Core.Storage;

namespace CopBot.Platforms;

/// <summary>The main channels of the communities, by the workspaces that belong to them; the usual one while there is no community yet.</summary>
public sealed class MainChannels(Store store, Communities communities, IDatabase database)
{
    private const string Usual = "#general";

    public async Task<string> OfAsync(string platform, string workspace, CancellationToken ct)
    {
        try
        {
            if (!(await database.TablesAsync(ct)).Contains("communities"))
                return Usual;
            return await store.ReadAsync(communities.Of(platform, workspace), (work, token) => work.Sql.FirstAsync($"select main_channel from communities where id = {work.CommunityId}", row => row.Text(0), token), ct) ?? Usual;
        }
        catch (Exception problem) when (problem is DbException or DatabaseProblem)
        {
            // What is wrong with the database is said elsewhere.
            return Usual;
        }
    }
}
