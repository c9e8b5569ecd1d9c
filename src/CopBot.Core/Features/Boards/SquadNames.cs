using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Boards;

/// <summary>The names of squads, for outputs, and whose squad is which.</summary>
public sealed class SquadNames(Work work)
{
    public async Task<string> NameAsync(Guid squad, CancellationToken ct) =>
        await work.Sql.ScalarAsync<string>($"select name from squads where id = {squad}", ct) ?? "a squad that is gone";

    /// <summary>The squad that a person is in; null when they are in none.</summary>
    public async Task<Guid?> OfAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.FirstAsync($"select squad_id from people where id = {person}", row => row.IdOrNull(0), ct);
}
