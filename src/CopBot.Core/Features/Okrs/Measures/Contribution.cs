using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>Something that counts, with those whom the ledger booked it for and the squads that they were in at that time.</summary>
public sealed record Contribution(Claim Claim, IReadOnlySet<PersonId> People, IReadOnlySet<string> Squads);
