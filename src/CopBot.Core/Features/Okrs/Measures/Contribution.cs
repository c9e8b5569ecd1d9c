using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using NodaTime;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>Something that counts, with those whom the ledger booked it for and the squads that they were in at that time.</summary>
public sealed record Contribution(Claim Claim, IReadOnlySet<PersonId> People, IReadOnlySet<string> Squads)
{
    /// <summary>An experiment as it counted before its result did.</summary>
    public static Claim Begun(Claim experiment) => experiment with { Result = null, ReportedAt = null, ConfirmedBy = null, ConfirmedAt = null };

    /// <summary>As it counted at a time; null where it did not yet.</summary>
    public Contribution? AsOf(Instant at) =>
        Claim.At > at ? null
        : (Claim.ConfirmedAt ?? Claim.ReportedAt) is not { } since || since <= at ? this
        : Claim.Result is not null ? this with { Claim = Begun(Claim) }
        : null;
}
