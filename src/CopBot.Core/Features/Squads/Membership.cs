using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Squads;

/// <summary>Who is in which squad, and who was until a moment ago.</summary>
public sealed class Membership(Work work, Audit audit, PointsPolicy policy)
{
    private const string Left = "left squad";

    /// <summary>The squad that a person is in; null when in none.</summary>
    public Task<Guid?> OfAsync(PersonId person, CancellationToken ct) =>
        work.Sql.FirstAsync($"select squad_id from people where id = {person}", row => row.IdOrNull(0), ct);

    /// <summary>Puts the caller into a squad or into none, and remembers which one they left.</summary>
    public async Task MoveAsync(Caller caller, Guid? to, CancellationToken ct)
    {
        if (await OfAsync(caller.Person, ct) is { } before)
            await audit.NoteAsync(caller, Left, ct, detail: before.ToString());
        await work.Sql.ExecuteAsync($"update people set squad_id = {to} where id = {caller.Person}", ct);
    }

    /// <summary>Whether two people share a squad, or did within the days of the policy: leaving for a moment changes nothing.</summary>
    public async Task<bool> TogetherAsync(PersonId one, PersonId other, Instant at, CancellationToken ct) =>
        (await LatelyAsync(one, at, ct)).Intersect(await LatelyAsync(other, at, ct)).Any();

    private async Task<List<Guid>> LatelyAsync(PersonId person, Instant at, CancellationToken ct)
    {
        var since = at - Duration.FromDays(policy.SameSquadDays);
        var squads = await work.Sql.ListAsync(
            $"""
            select detail from audit where act = {Left} and at > {since} and detail is not null
                and (actor_id = {person} or actor_id in (select id from people where merged_into = {person}))
            """, row => Guid.Parse(row.Text(0)), ct);
        if (await OfAsync(person, ct) is { } now)
            squads.Add(now);
        return squads;
    }
}
