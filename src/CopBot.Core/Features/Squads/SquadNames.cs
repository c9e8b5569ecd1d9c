using CopBot.Core.Storage;

namespace CopBot.Core.Features.Squads;

/// <summary>The names of squads, for outputs.</summary>
public sealed class SquadNames(Work work)
{
    public async Task<string> NameAsync(Guid squad, CancellationToken ct) =>
        await work.Sql.ScalarAsync<string>($"select name from squads where id = {squad}", ct) ?? "a squad that is gone";
}
