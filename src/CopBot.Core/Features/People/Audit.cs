using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>Who did what by virtue of a role, to whom, when and why.</summary>
public sealed class Audit(Work work)
{
    public Task NoteAsync(Caller caller, string act, CancellationToken ct, PersonId? subject = null, Guid? claim = null, string? detail = null) =>
        work.Sql.ExecuteAsync(
            $"""
            insert into audit (community_id, at, actor_id, act, subject_id, claim_id, detail)
            values ({work.CommunityId}, {caller.At}, {caller.Person}, {act}, {subject}, {claim}, {detail})
            """, ct);
}

/// <summary>One line of the audit log.</summary>
[Table("audit"), PrimaryKey(nameof(Id))]
public sealed class AuditEntry : IBelong
{
    public long Id { get; init; }

    public required int CommunityId { get; init; }

    public required Instant At { get; init; }

    public required PersonId ActorId { get; init; }

    public required string Act { get; init; }

    public PersonId? SubjectId { get; init; }

    public Guid? ClaimId { get; init; }

    public string? Detail { get; init; }
}
