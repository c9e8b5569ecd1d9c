using CopBot.Core.Storage;

namespace CopBot.Core.Chat;

/// <summary>Those who are CoP leads now.</summary>
public sealed class Leads(Work work)
{
    /// <summary>All of them but one person.</summary>
    public async Task<IReadOnlyList<PersonId>> ButAsync(PersonId person, CancellationToken ct) =>
        [.. (await ListAsync(ct)).Where(lead => lead != person)];

    public Task<List<PersonId>> ListAsync(CancellationToken ct) =>
        work.Sql.ListAsync($"select id from people where community_id = {work.CommunityId} and role = {Role.Lead} and erased_at is null and merged_into is null order by id", row => row.Person(0), ct);
}
