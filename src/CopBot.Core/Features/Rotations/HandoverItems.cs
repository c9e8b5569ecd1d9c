using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Claims that wait for somebody to confirm them.</summary>
public sealed class OpenClaims(Work work) : IHandoverItem
{
    private const int Named = 5;

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var waiting = await work.Db.Set<Claim>().Where(claim => claim.State == ClaimState.Waiting).OrderBy(claim => claim.Number).Select(claim => claim.Number).ToListAsync(ct);
        if (waiting.Count == 0)
            return null;
        var numbers = RichText.Join(", ", waiting.Take(Named).Select(number => RichText.Of($"#{number}")));
        RichText more = waiting.Count > Named ? $" and {waiting.Count - Named} more" : "";
        return new("Waiting", $"{numbers}{more}: {"pending":code} shows what can be confirmed");
    }
}

/// <summary>Those whom others thanked most since the last change-over: say it once more.</summary>
public sealed class PeopleToThank(Work work) : IHandoverItem
{
    private const int Named = 3;

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var thanked = await work.Sql.ListAsync(
            $"""
            select p.person_id, count(*) from claims c join claim_people p on p.claim_id = c.id join people w on w.id = p.person_id
            where w.privacy in (0, 1) and w.erased_at is null and c.community_id = {work.CommunityId} and c.kind = {"kudos"} and c.at >= {since} and c.state = {ClaimState.Counted} and p.person_id <> c.author_id
            group by p.person_id order by count(*) desc, p.person_id limit {Named}
            """, row => (Person: row.Person(0), Count: row.Int(1)), ct);
        return thanked.Count == 0 ? null : new("People to thank", RichText.Join(", ", thanked.Select(one => RichText.Of($"{one.Person:name} ({one.Count} kudos)"))));
    }
}

/// <summary>What those who serve wrote down for the next ones.</summary>
public sealed class NotesLeft(Work work) : IHandoverItem
{
    private const int Shown = 10;

    public async Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct)
    {
        var notes = await work.Db.Set<RotationNote>().Where(note => note.RotationId == rotation.Id && note.Turn == rotation.Turn).OrderByDescending(note => note.MadeAt).Take(Shown).ToListAsync(ct);
        return notes.Count == 0 ? null : new("Notes", RichText.Join("; ", notes.OrderBy(note => note.MadeAt).Select(note => RichText.Of($"“{new UserText(note.Text, note.PersonId)}” ({note.PersonId:name})"))));
    }
}
